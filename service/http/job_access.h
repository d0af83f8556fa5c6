// Who sees which jobs, and what the routes of jobs share.
#pragma once

#include <functional>
#include <string_view>

#include "app/jobs.h"
#include "http/exchange.h"
#include "json/job_codec.h"

namespace dijia::http {

// Runs something over the jobs. Throws Refused, 503, where the service keeps none or another
// process has their folder.
Response WithJobs(Exchange& exchange, const std::function<Response(app::Jobs& jobs)>& work);

// A seat in the queue. Throws Refused, 503: it is full, or the service stops.
app::JobDraft BeginJob(const Exchange& exchange, app::Jobs& jobs);

// A new job with the caller as its actor.
json::JobRecord JobOf(const Exchange& exchange);

// 202 with the job and its place.
Response AcceptedJob(const Exchange& exchange, const json::JobView& job);

// Hands over the body of a request that becomes a job, piece by piece. Throws Refused: those of
// Body::Read, 411, and 413 beyond Limits::upload_bytes.
void ReceiveUpload(Exchange& exchange, const std::function<void(std::string_view)>& take);

// Of one job: requests go on beside it.
unsigned ThreadsOfJobs();

// Whether the caller may see a job and cancel it: callers their own; from clerk on those of their
// county; whoever needs no key, all.
bool MaySee(const Exchange& exchange, const json::JobRecord& job);

// The job of the route. Throws Refused, 404, also for one that the caller may not see.
json::JobView JobMeant(const Exchange& exchange, app::Jobs& jobs);

}  // namespace dijia::http
