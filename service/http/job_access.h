// Who sees which jobs, and what the routes of jobs share.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/jobs.h"
#include "http/exchange.h"
#include "json/job_codec.h"

namespace dijia::http {

// Runs something over the jobs. Throws Refused, 503, where the service keeps none or another
// process has their folder.
Response WithJobs(Exchange& exchange, const std::function<Response(app::Jobs& jobs)>& work);

// How a request becomes a job. `receive` takes its body in, into the folder of the inputs, or into
// none where only the fingerprint of what was asked is wanted, which it gives. `prepare` checks
// what has come, says what the job is about and gives its work.
using ReceiveBody = std::function<std::string(std::optional<std::filesystem::path> inputs)>;
using PrepareJob =
    std::function<app::JobWork(const std::filesystem::path& inputs, json::JobRecord& about)>;

// 202 with the job and its place. The same request of the same caller with one Idempotency-Key is
// one job. Throws Refused: 503 where the queue is full or the service stops, 400 and 422 as
// Changes::Do, and what the two functions throw.
Response MakeJob(Exchange& exchange, const ReceiveBody& receive, const PrepareJob& prepare);

// Hands over the body of a request piece by piece. Throws Refused: those of Body::Read, 411, and
// 413 beyond `most` bytes.
void ReceiveUpload(Exchange& exchange, std::uint64_t most,
                   const std::function<void(std::string_view)>& take);

// Of one job: requests go on beside it.
unsigned ThreadsOfJobs();

// Whether the caller may see a job and cancel it: callers their own; from clerk on those of their
// county; whoever needs no key, all.
bool MaySee(const Exchange& exchange, const json::JobRecord& job);

// The job of the route. Throws Refused, 404, also for one that the caller may not see.
json::JobView JobMeant(const Exchange& exchange, app::Jobs& jobs);

}  // namespace dijia::http
