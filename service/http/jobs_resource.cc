// Jobs: where they stand, what they made, and their end.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

#include "app/jobs.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "http/job_access.h"
#include "http/media_type.h"
#include "http/path_text.h"
#include "http/resources.h"
#include "io/descriptor.h"
#include "io/file_error.h"
#include "json/job_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

namespace fs = std::filesystem;
using json::JobState;
using json::JobView;

Response AnswerJob(const Exchange& exchange, const JobView& job) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(json::WriteJob(job, exchange.language, true));
  return response;
}

// A file as it is now; nobody changes it any more, but the job may be forgotten at any time.
Response SendFile(const Exchange& exchange, const fs::path& file, std::string_view type) {
  const auto opened = std::make_shared<io::Descriptor>(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!*opened) {
    if (errno == ENOENT) throw Refused(404, Code::kJobUnknown, {exchange.argument});
    io::ThrowNotRead(file, errno);
  }
  const off_t size = ::lseek(opened->get(), 0, SEEK_END);
  Response response;
  response.content_type = type;
  response.headers.emplace_back("Cache-Control", "no-store");
  response.length = static_cast<std::uint64_t>(size);
  response.make = [opened, size](Sink& sink) {
    constexpr std::size_t kPiece = 256 * 1024;
    std::string piece(kPiece, '\0');
    for (off_t at = 0; at < size;) {
      const ssize_t count = ::pread(opened->get(), piece.data(), kPiece, at);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) throw std::system_error(errno, std::generic_category(), "file of a job");
      sink.Write(std::string_view(piece).substr(0, static_cast<std::size_t>(count)));
      at += count;
    }
  };
  return response;
}

struct Type {
  std::string_view ending, media_type;
};
constexpr Type kTypes[] = {
    {".json", kJson},
    {".ndjson", kNdjson},
    {".csv", "text/csv; charset=utf-8"},
    {".html", "text/html; charset=utf-8"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
};

std::string_view TypeOf(std::string_view name) {
  for (const Type& type : kTypes) {
    if (name.ends_with(type.ending)) return type.media_type;
  }
  return "application/octet-stream";
}

[[noreturn]] void RefuseFile(const Exchange& exchange, const json::JobRecord& job) {
  std::vector<std::string_view> names;
  for (const json::JobFile& file : job.files) names.push_back(file.name);
  throw Refused(404, Code::kJobFileUnknown, {job.id, exchange.rest, JoinNames(names)});
}

// What a page of ours may do beside the console: nothing.
void AddPolicy(std::string_view name, Response& response) {
  const std::string last(name.substr(name.rfind('/') + 1));
  response.headers.emplace_back("Content-Disposition",
                                std::string(name.ends_with(".html") ? "inline" : "attachment") +
                                    "; filename*=UTF-8''" + EscapedSegment(last));
  response.headers.emplace_back("Content-Security-Policy", "sandbox");
}

}  // namespace

Response ListJobs(Exchange& exchange) {
  return WithJobs(exchange, [&](app::Jobs& jobs) {
    json::Value list{json::Value::Array()}, document{json::Value::Object()};
    for (const JobView& job : jobs.List()) {
      if (!MaySee(exchange, job.record)) continue;
      list.array()->push_back(json::WriteJob(job, exchange.language, false));
    }
    document.Add("jobs", std::move(list));
    Response response;
    response.headers.emplace_back("Cache-Control", "no-store");
    response.text = json::ToLine(document);
    return response;
  });
}

Response ShowJob(Exchange& exchange) {
  return WithJobs(exchange,
                  [&](app::Jobs& jobs) { return AnswerJob(exchange, JobMeant(exchange, jobs)); });
}

Response CancelJob(Exchange& exchange) {
  return WithJobs(exchange, [&](app::Jobs& jobs) {
    const json::JobRecord before = JobMeant(exchange, jobs).record;
    if (HasEnded(before.state) && before.state != JobState::kCancelled) {
      throw Refused(409, Code::kJobEnded, {before.id, std::string(CodeOf(before.state))});
    }
    const auto job = jobs.Cancel(before.id, exchange.caller ? exchange.caller->name : "");
    if (!job) throw Refused(404, Code::kJobUnknown, {before.id});
    Response response = AnswerJob(exchange, *job);
    response.status = HasEnded(job->record.state) ? 200 : 202;
    return response;
  });
}

Response ShowJobResult(Exchange& exchange) {
  return WithJobs(exchange, [&](app::Jobs& jobs) {
    const json::JobRecord job = JobMeant(exchange, jobs).record;
    if (!job.has_result) {
      throw Refused(409, Code::kResultNotReady, {job.id, std::string(CodeOf(job.state))});
    }
    if (!json::IsBatch(job.kind)) return SendFile(exchange, jobs.ResultOf(job.id), kJson);
    const std::string& answers = job.files.front().name;
    return SendFile(exchange, jobs.FilesOf(job.id) / answers, TypeOf(answers));
  });
}

Response ShowJobFile(Exchange& exchange) {
  return WithJobs(exchange, [&](app::Jobs& jobs) {
    const json::JobRecord job = JobMeant(exchange, jobs).record;
    // Only names that stand in the record ever become paths.
    const auto file = std::ranges::find(job.files, exchange.rest, &json::JobFile::name);
    if (file == job.files.end()) RefuseFile(exchange, job);
    Response response = SendFile(exchange, jobs.FilesOf(job.id) / file->name, TypeOf(file->name));
    AddPolicy(file->name, response);
    return response;
  });
}

}  // namespace dijia::http
