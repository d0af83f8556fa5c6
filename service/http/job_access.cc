#include "http/job_access.h"

#include <algorithm>
#include <string>
#include <thread>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "json/text.h"

namespace dijia::http {

Response WithJobs(Exchange& exchange, const std::function<Response(app::Jobs& jobs)>& work) {
  try {
    return work(exchange.service.jobs);
  } catch (const io::FileError& error) {
    const Diagnostic& reason = error.diagnostic();
    const bool is_known =
        reason.code == Code::kNoJobsFolder || reason.code == Code::kJobsFolderTaken;
    if (!is_known) throw;
    throw Refused(503, reason.code, reason.arguments);
  }
}

app::JobDraft BeginJob(const Exchange& exchange, app::Jobs& jobs) {
  auto draft = jobs.Begin();
  if (draft) return *std::move(draft);
  if (exchange.service.stopping) throw Refused(503, Code::kServiceStopping);
  throw Refused(Problem{
      503, {Code::kJobQueueFull, {}, {std::to_string(jobs.limit())}}, {}, {{"Retry-After", "5"}}});
}

json::JobRecord JobOf(const Exchange& exchange) {
  json::JobRecord job;
  if (exchange.caller) {
    job.key = exchange.caller->key;
    job.actor = exchange.caller->name;
  }
  return job;
}

Response AcceptedJob(const Exchange& exchange, const json::JobView& job) {
  Response response;
  response.status = 202;
  response.headers.emplace_back("Location", "/v1/jobs/" + job.record.id);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(json::WriteJob(job, exchange.language, true));
  return response;
}

void ReceiveUpload(Exchange& exchange, const std::function<void(std::string_view)>& take) {
  constexpr std::size_t kPiece = 64 * 1024;
  const std::uint64_t most = exchange.service.limits.upload_bytes;
  exchange.body.Require(most);
  std::string piece(kPiece, '\0');
  while (const std::size_t count = exchange.body.Read(piece.data(), kPiece)) {
    if (exchange.body.received() > most) {
      throw Refused(413, Code::kBodyTooLarge, {std::to_string(most)});
    }
    take(std::string_view(piece).substr(0, count));
  }
}

unsigned ThreadsOfJobs() { return std::max(1U, std::thread::hardware_concurrency() / 2); }

bool MaySee(const Exchange& exchange, const json::JobRecord& job) {
  if (!exchange.caller) return true;
  const Caller& caller = *exchange.caller;
  if (job.key == caller.key) return true;
  return caller.role >= app::Role::kClerk && (caller.county.empty() || caller.county == job.county);
}

json::JobView JobMeant(const Exchange& exchange, app::Jobs& jobs) {
  auto job = jobs.Find(exchange.argument);
  if (!job || !MaySee(exchange, job->record)) {
    throw Refused(404, Code::kJobUnknown, {exchange.argument});
  }
  return *std::move(job);
}

}  // namespace dijia::http
