#include "http/service.h"

#include <utility>

#include "app/value.h"
#include "http/router.h"

namespace dijia::http {
namespace {

// Who asked for what, and what became of it.
void LogJob(const json::JobRecord& job, const std::string& fault, Log& log) {
  const bool is_fault = !fault.empty();
  log.Event(is_fault ? LogLevel::kError : LogLevel::kInfo, "job",
            {{"job", job.id},
             {"kind", CodeOf(job.kind)},
             {"state", CodeOf(job.state)},
             {"county", job.county.empty() ? "-" : job.county},
             {"key", job.key.empty() ? "-" : job.key},
             {"actor", job.actor.empty() ? "-" : job.actor},
             {"code", job.code.empty() ? "-" : job.code},
             {"cancelled_by", job.cancelled_by.empty() ? "-" : job.cancelled_by},
             {"fault", is_fault ? fault : "-"}});
}

}  // namespace

Service::Service(std::span<const Route> the_routes, const Limits& the_limits,
                 RulesInForce& the_rules, PricesInForce& the_prices, KeysInForce& the_keys,
                 Changes& the_changes, app::Jobs& the_jobs,
                 const std::filesystem::path& the_reference_folder, Log& the_log,
                 InstantSource the_clock)
    : routes(the_routes),
      limits(the_limits),
      rules(the_rules),
      prices(the_prices),
      keys(the_keys),
      changes(the_changes),
      jobs(the_jobs),
      reference_folder(the_reference_folder),
      reference(app::LoadReference(reference_folder)),
      case_reference(io::LoadCaseReference(reference_folder)),
      parcel_names(app::ReadParcelNames(reference_folder)),
      log(the_log),
      metrics(NamesOf(the_routes)),
      attempts(the_limits.wrong_keys, the_limits.wrong_keys_within),
      sessions({the_limits.session_idle, the_limits.session_longest, the_limits.sessions_of_key,
                the_limits.sessions}),
      now(std::move(the_clock)) {
  jobs.Listen([this](const json::JobRecord& job, const std::string& fault) {
    metrics.jobs_by_state[static_cast<std::size_t>(job.state)].fetch_add(1);
    LogJob(job, fault, log);
  });
}

Service::~Service() { jobs.Stop(); }

}  // namespace dijia::http
