// What all requests share.
#pragma once

#include <atomic>
#include <span>

#include "app/reference.h"
#include "http/document_cache.h"
#include "http/limits.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/route.h"
#include "http/rules_in_force.h"

namespace dijia::http {

struct Service {
  Service(std::span<const Route> the_routes, const Limits& the_limits, RulesInForce& the_rules,
          app::Reference the_reference, Log& the_log);

  const std::span<const Route> routes;
  const Limits limits;
  RulesInForce& rules;
  const app::Reference reference;
  Log& log;
  Metrics metrics;
  DocumentCache documents;
  std::atomic<bool> stopping{false};
};

}  // namespace dijia::http
