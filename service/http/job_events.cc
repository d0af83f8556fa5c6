// A job as a stream of server-sent events: each is the job as it then stands, so that a client that
// reads slowly or comes back misses nothing that still counts.
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "app/jobs.h"
#include "dijia/base/codes.h"
#include "http/job_access.h"
#include "http/resources.h"
#include "json/job_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using Clock = std::chrono::steady_clock;
using json::JobView;

constexpr std::string_view kEnd = "end";  // id of the last event, also after a restart
// How soon a client that went away, or the end of the service, is noticed.
constexpr std::chrono::milliseconds kLook{250};
constexpr std::uint64_t kNothingSeen = UINT64_MAX;

// A place among the streams that are open.
class Seat {
 public:
  explicit Seat(const Exchange& exchange) : service_(exchange.service) {
    const int most = service_.limits.event_streams;
    if (service_.event_streams.fetch_add(1) < most) return;
    service_.event_streams.fetch_sub(1);
    throw Refused(Problem{
        503,
        {Code::kTooManyStreams, {}, {std::to_string(most), "/v1/jobs/" + exchange.argument}},
        {},
        {{"Retry-After", "5"}}});
  }
  ~Seat() { service_.event_streams.fetch_sub(1); }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

 private:
  Service& service_;
};

std::uint64_t VersionSeen(std::string_view last_event) {
  std::uint64_t version = kNothingSeen;
  const char* const end = last_event.data() + last_event.size();
  const auto [stop, wrong] = std::from_chars(last_event.data(), end, version);
  return wrong == std::errc() && stop == end && !last_event.empty() ? version : kNothingSeen;
}

std::string EventOf(const JobView& job, Language language) {
  const bool has_ended = HasEnded(job.record.state);
  const std::string id = has_ended ? std::string(kEnd) : std::to_string(job.version);
  return "id: " + id + "\nevent: " + (has_ended ? "end" : "job") +
         "\ndata: " + json::ToLine(json::WriteJob(job, language, true)) + "\n\n";
}

void Stream(const Exchange& exchange, std::uint64_t seen, Sink& sink) {
  app::Jobs& jobs = exchange.service.jobs;
  const std::string& id = exchange.argument;
  sink.Write("retry: 2000\n\n");
  auto written = Clock::now();
  while (!exchange.service.stopping && !exchange.body.ClientIsGone()) {
    const auto job = jobs.Find(id);
    if (!job) return;  // forgotten since
    const bool has_ended = HasEnded(job->record.state);
    if (job->version != seen || has_ended) {
      sink.Write(EventOf(*job, exchange.language));
      written = Clock::now();
      seen = job->version;
    } else if (Clock::now() - written >= exchange.service.limits.heartbeat) {
      sink.Write(":\n\n");
      written = Clock::now();
    }
    if (has_ended) return;
    jobs.WaitForChange(id, seen, kLook);
  }
}

}  // namespace

Response FollowJob(Exchange& exchange) {
  return WithJobs(exchange, [&](app::Jobs& jobs) {
    JobMeant(exchange, jobs);
    Response response;
    response.headers.emplace_back("Cache-Control", "no-store");
    const std::string_view last_event = exchange.request.Find("Last-Event-ID");
    if (last_event == kEnd) {  // tells an EventSource not to ask again
      response.status = 204;
      return response;
    }
    const auto seat = std::make_shared<Seat>(exchange);
    response.content_type = "text/event-stream";
    response.headers.emplace_back("X-Accel-Buffering", "no");  // nginx would hold events back
    response.make = [&exchange, seat, seen = VersionSeen(last_event)](Sink& sink) {
      Stream(exchange, seen, sink);
    };
    return response;
  });
}

}  // namespace dijia::http
