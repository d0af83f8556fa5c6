#include "http/service.h"

#include <utility>

#include "http/router.h"

namespace dijia::http {

Service::Service(std::span<const Route> the_routes, const Limits& the_limits,
                 RulesInForce& the_rules, app::Reference the_reference, Log& the_log)
    : routes(the_routes),
      limits(the_limits),
      rules(the_rules),
      reference(std::move(the_reference)),
      log(the_log),
      metrics(NamesOf(the_routes)) {}

}  // namespace dijia::http
