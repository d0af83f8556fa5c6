// The jobs of compare.py as Google Benchmark programs, on one thread and on all cores.
// bench_jobs [--benchmark_…] [FOLDER]: FOLDER holds the peers' arrays; without it, arrays are made.
#include <benchmark/benchmark.h>

#include <string>

#include "job.h"

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const dijia::bench::Arrays arrays(argc > 1 ? argv[1] : "");
  for (const dijia::bench::Job& job : dijia::bench::Jobs()) {
    for (const unsigned threads : {1U, 0U}) {
      const std::string name = std::string(job.name) + (threads == 1 ? "/1_thread" : "/all_cores");
      benchmark::RegisterBenchmark(name.c_str(),
                                   [&job, &arrays, threads](benchmark::State& state) {
                                     const dijia::bench::Run run = job.prepare(arrays);
                                     for (auto step : state) {
                                       benchmark::DoNotOptimize(run(threads));
                                     }
                                     state.SetLabel(std::string(job.title));
                                   })
          ->Unit(benchmark::kMillisecond)
          ->MeasureProcessCPUTime()
          ->UseRealTime();
    }
  }
  benchmark::RunSpecifiedBenchmarks();
}
