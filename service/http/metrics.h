// Counters of the service in the text format of Prometheus.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "dijia/valuation.h"

namespace dijia::http {

class Metrics {
 public:
  // `routes` are the names that Answered counts by; the last one stands for requests without a
  // route.
  explicit Metrics(std::vector<std::string> routes);

  // The index of "without a route".
  std::size_t no_route() const { return routes_.size() - 1; }

  void Answered(std::size_t route, int status, std::chrono::nanoseconds time);
  void Judged(rules::Verdict verdict, std::uint64_t count = 1);
  void Valued(ValuationStatus status, std::uint64_t count = 1);

  // All counters; `rules` names the pack in force, null when there is none, `publications` how many
  // there are.
  std::string Text(const rules::RulePack* rules, std::size_t publications) const;

  std::atomic<std::int64_t> connections{0}, requests_in_flight{0};
  std::atomic<std::uint64_t> connections_refused{0}, connections_evicted{0};
  std::atomic<std::uint64_t> batch_rows{0}, batch_rows_refused{0};
  std::array<std::atomic<std::uint64_t>, 6> jobs_by_state{};  // that came to it
  std::atomic<std::uint64_t> reloads_taken{0}, reloads_refused{0};
  std::atomic<std::uint64_t> price_reloads_taken{0}, price_reloads_refused{0};

 private:
  // Upper bounds of the latency histogram.
  static constexpr std::array<std::chrono::microseconds, 11> kBounds{
      std::chrono::microseconds(50),        std::chrono::microseconds(100),
      std::chrono::microseconds(250),       std::chrono::microseconds(500),
      std::chrono::microseconds(1000),      std::chrono::microseconds(2500),
      std::chrono::microseconds(10'000),    std::chrono::microseconds(50'000),
      std::chrono::microseconds(250'000),   std::chrono::microseconds(1'000'000),
      std::chrono::microseconds(10'000'000)};
  static constexpr int kFirstStatus = 100, kStatuses = 500;
  struct Route {
    std::string name;
    std::array<std::atomic<std::uint64_t>, kStatuses> by_status{};
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> by_time{};
    std::atomic<std::uint64_t> nanoseconds{0};
  };
  void AppendRoutes(std::string& out) const;
  void AppendTimes(const Route& route, std::string& out) const;

  std::vector<std::unique_ptr<Route>> routes_;
  std::array<std::atomic<std::uint64_t>, 5> verdicts_{};
  std::array<std::atomic<std::uint64_t>, 2> valuations_{};
  const std::chrono::system_clock::time_point started_ = std::chrono::system_clock::now();
};

}  // namespace dijia::http
