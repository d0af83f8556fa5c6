// Runs jobs on request, for bench/compare.py: reads lines `JOB`, answers one JSON line each with
// wall and CPU seconds (user + system, all threads) and the check value. `drop` frees the input.
#include <sys/resource.h>

#include <chrono>
#include <iostream>
#include <string>
#include <string_view>

#include "job.h"

namespace {

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void Answer(const dijia::bench::Run& run) {
  const auto start = std::chrono::steady_clock::now();
  const double cpu = CpuSeconds();
  const std::string check = run(0);
  const double used = CpuSeconds() - cpu;
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::cout << "{\"wall\":" << wall.count() << ",\"cpu\":" << used << ",\"check\":" << check << "}"
            << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
  std::cout.precision(9);
  const dijia::bench::Arrays arrays(argc > 1 ? argv[1] : "");
  std::string prepared;
  dijia::bench::Run run;
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "drop") {
      run = nullptr;
      prepared.clear();
    } else if (line == "list") {
      for (const auto& job : dijia::bench::Jobs()) std::cout << job.name << ' ';
      std::cout << std::endl;
    } else if (const dijia::bench::Job* job = dijia::bench::FindJob(line)) {
      if (prepared != line) {
        run = nullptr;  // frees the last input before the next is read
        run = job->prepare(arrays);
        prepared = line;
      }
      Answer(run);
    } else {
      std::cout << "{\"error\":\"no job " << line << "\"}" << std::endl;
    }
  }
}
