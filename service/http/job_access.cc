#include "http/job_access.h"

#include <algorithm>
#include <string>
#include <thread>

#include "dijia/base/codes.h"
#include "http/changes.h"
#include "io/file_error.h"
#include "json/text.h"

namespace dijia::http {
namespace {

// A seat in the queue.
app::JobDraft BeginJob(const Exchange& exchange, app::Jobs& jobs) {
  auto draft = jobs.Begin();
  if (draft) return *std::move(draft);
  if (exchange.service.stopping) throw Refused(503, Code::kServiceStopping);
  throw Refused(Problem{
      503, {Code::kJobQueueFull, {}, {std::to_string(jobs.limit())}}, {}, {{"Retry-After", "5"}}});
}

// The answer to a request, or to one that was made before, unless that asked for something else.
Response Accepted(const Exchange& exchange, const json::JobView& job, const std::string& request) {
  if (job.record.request != request) {
    throw Refused(422, Code::kIdempotencyKeyReused, {job.record.repeat_key});
  }
  Response response;
  response.status = 202;
  response.headers.emplace_back("Location", "/v1/jobs/" + job.record.id);
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(json::WriteJob(job, exchange.language, true));
  return response;
}

}  // namespace

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

Response MakeJob(Exchange& exchange, const ReceiveBody& receive, const PrepareJob& prepare) {
  json::JobRecord about;
  about.repeat_key = IdempotencyKeyOf(exchange.request);
  if (exchange.caller) {
    about.key = exchange.caller->key;
    about.actor = exchange.caller->name;
  }
  return WithJobs(exchange, [&](app::Jobs& jobs) {
    const auto earlier = jobs.Repeated(about.key, about.repeat_key);
    if (earlier) return Accepted(exchange, *earlier, receive(std::nullopt));
    app::JobDraft draft = BeginJob(exchange, jobs);
    const std::string request = about.request = receive(draft.inputs());
    app::JobWork work = prepare(draft.inputs(), about);
    const json::JobView job = jobs.Submit(std::move(draft), std::move(about), std::move(work));
    return Accepted(exchange, job, request);
  });
}

void ReceiveUpload(Exchange& exchange, std::uint64_t most,
                   const std::function<void(std::string_view)>& take) {
  constexpr std::size_t kPiece = 64 * 1024;
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
