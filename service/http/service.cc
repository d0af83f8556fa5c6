#include "http/service.h"

#include "app/value.h"
#include "http/router.h"

namespace dijia::http {

Service::Service(std::span<const Route> the_routes, const Limits& the_limits,
                 RulesInForce& the_rules, PricesInForce& the_prices,
                 const std::filesystem::path& reference_folder, Log& the_log)
    : routes(the_routes),
      limits(the_limits),
      rules(the_rules),
      prices(the_prices),
      reference(app::LoadReference(reference_folder)),
      case_reference(io::LoadCaseReference(reference_folder)),
      parcel_names(app::ReadParcelNames(reference_folder)),
      log(the_log),
      metrics(NamesOf(the_routes)) {}

}  // namespace dijia::http
