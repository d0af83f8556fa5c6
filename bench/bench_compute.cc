// ComputeGradePrices alone, on a table in memory: samples a second on one thread and on all cores.
#include <benchmark/benchmark.h>

#include <cstddef>

#include "dijia/grade_price.h"
#include "large_county.h"

namespace {

void ComputePrices(benchmark::State& state) {
  const dijia::ComputePlan plan = dijia::bench::LargePlan();
  const auto rows = static_cast<std::size_t>(state.range(0));
  const dijia::SampleTable input = dijia::bench::LargeTable(rows);
  const auto threads = static_cast<unsigned>(state.range(1));
  for (auto step : state) {
    state.PauseTiming();
    dijia::SampleTable samples = input;  // fates are written into it
    state.ResumeTiming();
    const auto report =
        dijia::ComputeGradePrices(samples, plan, {.threads = threads, .earlier = {}});
    benchmark::DoNotOptimize(report->cells.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(ComputePrices)
    ->ArgsProduct({{10'000, 1'000'000}, {1, 0}})
    ->ArgNames({"samples", "threads"})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
