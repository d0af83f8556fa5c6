#include "http/service.h"

#include <utility>

#include "app/value.h"
#include "http/router.h"

namespace dijia::http {

Service::Service(std::span<const Route> the_routes, const Limits& the_limits,
                 RulesInForce& the_rules, PricesInForce& the_prices, KeysInForce& the_keys,
                 Changes& the_changes, const std::filesystem::path& reference_folder, Log& the_log,
                 InstantSource the_clock)
    : routes(the_routes),
      limits(the_limits),
      rules(the_rules),
      prices(the_prices),
      keys(the_keys),
      changes(the_changes),
      reference(app::LoadReference(reference_folder)),
      case_reference(io::LoadCaseReference(reference_folder)),
      parcel_names(app::ReadParcelNames(reference_folder)),
      log(the_log),
      metrics(NamesOf(the_routes)),
      attempts(the_limits.wrong_keys, the_limits.wrong_keys_within),
      sessions({the_limits.session_idle, the_limits.session_longest, the_limits.sessions_of_key,
                the_limits.sessions}),
      now(std::move(the_clock)) {}

}  // namespace dijia::http
