#include "http/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "app/version.h"
#include "json/job_codec.h"

namespace dijia::http {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

void AppendHead(std::string_view name, std::string_view type, std::string_view help,
                std::string& out) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

template <class Number>
void AppendOne(std::string_view name, std::string_view type, std::string_view help, Number value,
               std::string& out) {
  AppendHead(name, type, help, out);
  fmt::format_to(std::back_inserter(out), "{} {}\n", name, value);
}

double Seconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

}  // namespace

Metrics::Metrics(std::vector<std::string> routes) {
  for (std::string& name : routes) {
    routes_.push_back(std::make_unique<Route>());
    routes_.back()->name = std::move(name);
  }
}

void Metrics::Answered(std::size_t route, int status, std::chrono::nanoseconds time) {
  Route& counters = *routes_[std::min(route, routes_.size() - 1)];
  const int index = std::clamp(status - kFirstStatus, 0, kStatuses - 1);
  counters.by_status[static_cast<std::size_t>(index)].fetch_add(1, kRelaxed);
  const auto bound = std::ranges::lower_bound(kBounds, time);
  counters.by_time[static_cast<std::size_t>(bound - kBounds.begin())].fetch_add(1, kRelaxed);
  counters.nanoseconds.fetch_add(static_cast<std::uint64_t>(time.count()), kRelaxed);
}

void Metrics::Judged(rules::Verdict verdict, std::uint64_t count) {
  verdicts_[static_cast<std::size_t>(verdict)].fetch_add(count, kRelaxed);
}

void Metrics::Valued(ValuationStatus status, std::uint64_t count) {
  valuations_[static_cast<std::size_t>(status)].fetch_add(count, kRelaxed);
}

void Metrics::AppendTimes(const Route& route, std::string& out) const {
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < route.by_time.size(); ++i) {
    below += route.by_time[i].load(kRelaxed);
    const std::string bound = i < kBounds.size()
                                  ? fmt::format("{}", static_cast<double>(kBounds[i].count()) / 1e6)
                                  : std::string("+Inf");
    fmt::format_to(std::back_inserter(out),
                   "dijia_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route.name,
                   bound, below);
  }
  fmt::format_to(std::back_inserter(out),
                 "dijia_http_request_seconds_sum{{route=\"{0}\"}} {1}\n"
                 "dijia_http_request_seconds_count{{route=\"{0}\"}} {2}\n",
                 route.name, Seconds(route.nanoseconds.load(kRelaxed)), below);
}

void Metrics::AppendRoutes(std::string& out) const {
  AppendHead("dijia_http_requests_total", "counter", "requests answered", out);
  for (const auto& route : routes_) {
    for (int i = 0; i < kStatuses; ++i) {
      const std::uint64_t count = route->by_status[static_cast<std::size_t>(i)].load(kRelaxed);
      if (count == 0) continue;
      fmt::format_to(std::back_inserter(out),
                     "dijia_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route->name,
                     kFirstStatus + i, count);
    }
  }
  AppendHead("dijia_http_request_seconds", "histogram",
             "from the first byte of a request to the last byte of its answer", out);
  for (const auto& route : routes_) AppendTimes(*route, out);
}

std::string Metrics::Text(const rules::RulePack* rules, std::size_t publications) const {
  std::string out;
  AppendRoutes(out);
  AppendOne("dijia_http_requests_in_flight", "gauge", "requests being answered",
            requests_in_flight.load(), out);
  AppendOne("dijia_http_connections", "gauge", "open connections", connections.load(), out);
  AppendOne("dijia_http_connections_refused_total", "counter", "connections answered with 503",
            connections_refused.load(), out);
  AppendOne("dijia_http_connections_evicted_total", "counter",
            "idle connections closed to make room", connections_evicted.load(), out);
  AppendHead("dijia_checks_total", "counter", "reserve-price checks by verdict", out);
  for (const auto& row : EnumTableOf<rules::Verdict>::kRows) {
    fmt::format_to(std::back_inserter(out), "dijia_checks_total{{verdict=\"{}\"}} {}\n", row.code,
                   verdicts_[static_cast<std::size_t>(row.value)].load(kRelaxed));
  }
  AppendHead("dijia_valuations_total", "counter", "valuations by status", out);
  for (const auto& row : EnumTableOf<ValuationStatus>::kRows) {
    fmt::format_to(std::back_inserter(out), "dijia_valuations_total{{status=\"{}\"}} {}\n",
                   row.code, valuations_[static_cast<std::size_t>(row.value)].load(kRelaxed));
  }
  AppendOne("dijia_batch_rows_total", "counter", "rows of batches", batch_rows.load(), out);
  AppendOne("dijia_batch_rows_refused_total", "counter", "rows of batches that were not readable",
            batch_rows_refused.load(), out);
  AppendHead("dijia_rule_pack_reloads_total", "counter", "rule packs read while serving", out);
  fmt::format_to(std::back_inserter(out),
                 "dijia_rule_pack_reloads_total{{result=\"taken\"}} {}\n"
                 "dijia_rule_pack_reloads_total{{result=\"refused\"}} {}\n",
                 reloads_taken.load(), reloads_refused.load());
  AppendHead("dijia_price_reloads_total", "counter", "published prices read while serving", out);
  fmt::format_to(std::back_inserter(out),
                 "dijia_price_reloads_total{{result=\"taken\"}} {}\n"
                 "dijia_price_reloads_total{{result=\"refused\"}} {}\n",
                 price_reloads_taken.load(), price_reloads_refused.load());
  AppendHead("dijia_jobs_total", "counter", "jobs that came to a state", out);
  for (const auto& row : EnumTableOf<json::JobState>::kRows) {
    fmt::format_to(std::back_inserter(out), "dijia_jobs_total{{state=\"{}\"}} {}\n", row.code,
                   jobs_by_state[static_cast<std::size_t>(row.value)].load(kRelaxed));
  }
  AppendOne("dijia_publications", "gauge", "publications that are or were the law", publications,
            out);
  if (rules != nullptr) {
    AppendHead("dijia_rule_pack_info", "gauge", "the rule pack in force", out);
    fmt::format_to(std::back_inserter(out),
                   "dijia_rule_pack_info{{id=\"{}\",version=\"{}\",sha256=\"{}\"}} 1\n", rules->id,
                   rules->version, rules->sha256);
  }
  AppendHead("dijia_build_info", "gauge", "the program", out);
  fmt::format_to(std::back_inserter(out), "dijia_build_info{{version=\"{}\"}} 1\n", app::Version());
  const auto started =
      std::chrono::duration_cast<std::chrono::milliseconds>(started_.time_since_epoch());
  AppendOne("process_start_time_seconds", "gauge", "when the service started",
            static_cast<double>(started.count()) / 1000, out);
  return out;
}

}  // namespace dijia::http
