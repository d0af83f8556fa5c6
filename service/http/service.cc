#include "http/service.h"

#include "http/router.h"

namespace dijia::http {

Service::Service(std::span<const Route> the_routes, const Limits& the_limits,
                 RulesInForce& the_rules, const std::filesystem::path& reference_folder,
                 Log& the_log)
    : routes(the_routes),
      limits(the_limits),
      rules(the_rules),
      reference(app::LoadReference(reference_folder)),
      case_reference(io::LoadCaseReference(reference_folder)),
      log(the_log),
      metrics(NamesOf(the_routes)) {}

}  // namespace dijia::http
