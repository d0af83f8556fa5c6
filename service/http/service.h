// What all requests share.
#pragma once

#include <atomic>
#include <filesystem>
#include <span>

#include "app/jobs.h"
#include "app/reference.h"
#include "http/clock.h"
#include "http/document_cache.h"
#include "http/failed_attempts.h"
#include "http/keys_in_force.h"
#include "http/limits.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/prices_in_force.h"
#include "http/remembered_checks.h"
#include "http/route.h"
#include "http/rules_in_force.h"
#include "http/sessions.h"
#include "io/case_layout.h"
#include "io/reference.h"

namespace dijia::http {

class Changes;

struct Service {
  // Reads the tables of data/reference. Throws FileError.
  Service(std::span<const Route> the_routes, const Limits& the_limits, RulesInForce& the_rules,
          PricesInForce& the_prices, KeysInForce& the_keys, Changes& the_changes,
          app::Jobs& the_jobs, const std::filesystem::path& the_reference_folder, Log& the_log,
          InstantSource the_clock = &std::chrono::steady_clock::now);
  ~Service();  // the jobs stop: what they do is counted and logged here
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  const std::span<const Route> routes;
  const Limits limits;
  RulesInForce& rules;
  PricesInForce& prices;
  KeysInForce& keys;
  Changes& changes;
  app::Jobs& jobs;
  const std::filesystem::path reference_folder;
  const app::Reference reference;
  const io::CaseReference case_reference;
  const io::Reference parcel_names;
  Log& log;
  Metrics metrics;
  DocumentCache documents;     // of the rule pack
  DocumentCache publications;  // of the prices
  RememberedChecks checks;
  FailedAttempts attempts;
  Sessions sessions;
  const InstantSource now;  // from any thread
  std::atomic<bool> stopping{false};
  std::atomic<bool> out_of_time{false};  // what is still at work when the service stops has to end
  std::atomic<int> event_streams{0};
};

}  // namespace dijia::http
