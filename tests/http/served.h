// The service in this process, on a port of its own, with limits that make tests quick.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <string>
#include <utility>

#include "http/changes.h"
#include "http/client.h"
#include "http/keys_in_force.h"
#include "http/prices_in_force.h"
#include "http/router.h"
#include "http/server.h"
#include "json/text.h"

namespace dijia::test {

inline http::Limits QuickLimits() {
  http::Limits limits;
  limits.keep_alive = std::chrono::milliseconds(2000);
  limits.patience = std::chrono::milliseconds(400);
  return limits;
}

class Served {
 public:
  explicit Served(http::Limits limits = QuickLimits(),
                  std::span<const http::Route> routes = http::Routes(),
                  const std::filesystem::path& packs = std::filesystem::path(DIJIA_SOURCE_DIR) /
                                                       "rules/packs",
                  app::PriceSource source = {}, app::KeySource key_source = {},
                  app::PublicationDesk desk = {}, app::PublicationDesk second = {},
                  const std::filesystem::path& jobs_folder = {},
                  const app::JobLimits& job_limits = {}, app::LandClassSource classes = {})
      : rules("cn-150000", packs, problems, std::move(classes)),
        log(http::LogLevel::kInfo,
            [this](std::string_view lines) {
              const std::lock_guard lock(log_mutex);
              logged += lines;
            }),
        prices(std::move(source), problems),
        keys(std::move(key_source)),
        changes(std::move(desk), std::move(second)),
        jobs(jobs_folder, job_limits, problems),
        service(routes, limits, rules, prices, keys, changes, jobs,
                std::filesystem::path(DIJIA_SOURCE_DIR) / "data/reference", log,
                [this] { return std::chrono::steady_clock::now() + ahead.load(); }),
        server({"127.0.0.1", 0, true}, service) {}

  std::uint16_t port() const { return server.port(); }
  // The clock of the service goes forward.
  void Advance(std::chrono::milliseconds time) { ahead = ahead.load() + time; }
  std::string Logged() {
    const std::lock_guard lock(log_mutex);
    return logged;
  }

  std::atomic<std::chrono::milliseconds> ahead{std::chrono::milliseconds(0)};
  Diagnostics problems;
  http::RulesInForce rules;
  std::mutex log_mutex;
  std::string logged;
  http::Log log;
  http::PricesInForce prices;
  http::KeysInForce keys;
  http::Changes changes;
  app::Jobs jobs;
  http::Service service;
  http::Server server;
};

// A JSON text of the service; a test fails when it is none.
inline json::Value MustParse(const std::string& text) {
  Diagnostics problems;
  auto value = json::ParseJson(text, "", problems);
  for (const Diagnostic& d : problems.kept()) ADD_FAILURE() << Describe(d, Language::kEn) << text;
  return value ? std::move(*value) : json::Value();
}

// The text of a member, or the digits of a number; empty when there is none.
inline std::string TextAt(const json::Value& value, std::string_view name) {
  const json::Value* member = value.Find(name);
  if (member == nullptr) return {};
  if (member->text() != nullptr) return *member->text();
  return member->number() != nullptr ? member->number()->text : std::string();
}

inline constexpr char kCasePath[] = "/v1/reserve-price-checks";

// A case that is unlawful by one fen.
inline constexpr char kCase[] =
    R"({"case_id":"A-2","land_class":14,"use":"industrial","method":"listing",)"
    R"("decided_on":"2023-05-01","area_sqm":10000,"term_years":50,)"
    R"("price":{"amount":"83.99","unit":"yuan_per_sqm","kind":"reserve"},)"
    R"("rebates_yuan_per_sqm":0,"cost_yuan_per_sqm":40,)"
    R"("facts":{"priority_industry_listed":false,"agri_processing_listed":false,)"
    R"("inside_planned_area":true,"land_origin":"construction"}})";

inline std::string CaseRequest(std::string_view fields = {}) {
  return RequestText("POST", kCasePath, kCase,
                     std::string("Content-Type: application/json\r\n") + std::string(fields));
}

}  // namespace dijia::test
