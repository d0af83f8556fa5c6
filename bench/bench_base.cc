// Micro-benchmarks of dijia_base: decimals in and out, rounding, dates.
#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "dijia/base/land.h"
#include "dijia/base/rounding.h"

namespace {

constexpr std::array<std::string_view, 8> kDecimals{"1234.56", "84.5",     "0.0001",   "790",
                                                    "27662",   "464.7216", "-12.3456", "5000.25"};

void ParseDecimals(benchmark::State& state) {
  for (auto step : state) {
    for (const std::string_view text : kDecimals) {
      benchmark::DoNotOptimize(dijia::UnitPrice::Parse(text));
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kDecimals.size()));
}
BENCHMARK(ParseDecimals);

void FormatDecimals(benchmark::State& state) {
  for (auto step : state) {
    for (std::int64_t units = 0; units < 8; ++units) {
      benchmark::DoNotOptimize(dijia::FormatDecimal(7'904'321 + units * 1111, 4));
    }
  }
  state.SetItemsProcessed(state.iterations() * 8);
}
BENCHMARK(FormatDecimals);

void RoundDoubles(benchmark::State& state) {
  const dijia::Rounding to_five_yuan{dijia::RoundingMode::kHalfUp, 5'000'000};
  double value = 1234.5678;
  for (auto step : state) {
    benchmark::DoNotOptimize(dijia::FromDouble<dijia::UnitPrice>(value, to_five_yuan));
    value += 0.37;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RoundDoubles);

void RoundExactQuotients(benchmark::State& state) {
  std::int64_t total = 46'472'160'000;
  for (auto step : state) {
    benchmark::DoNotOptimize(dijia::RoundQuotient(static_cast<dijia::Int128>(total) * 10'000,
                                                  276'620'000, 1000,
                                                  dijia::RoundingMode::kHalfEven));
    total += 7919;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(RoundExactQuotients);

void ParseDates(benchmark::State& state) {
  for (auto step : state) benchmark::DoNotOptimize(dijia::ParseDate("2025-04-01"));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(ParseDates);

}  // namespace

BENCHMARK_MAIN();
