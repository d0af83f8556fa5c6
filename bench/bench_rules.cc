// The check of reserve prices: verdicts over columns, single verdicts, full checks, loading a pack.
// bench_rules [--cases=FILE | --rows=COUNT] [--packs=FOLDER] [options of Google Benchmark]
// bench_rules [--cases=FILE | --rows=COUNT] --write-csv=FILE [--write-cases=FILE]
// --cases: the cases of the peers (their gen.cpp); without it cases of the same kind are made.
// --write-csv writes them as a table for `dijia check`, --write-cases as the peers' own.
#include <benchmark/benchmark.h>

#include <cstring>
#include <iostream>

#include "app/simulate.h"
#include "dijia/rules/column_checks.h"
#include "json/check_lines.h"
#include "rule_cases.h"

namespace {

using dijia::rules::CaseColumns;
using dijia::rules::ColumnJudge;
using dijia::rules::PreparedRules;
using dijia::rules::Verdict;

std::string cases_file, packs_folder = DIJIA_PACKS, rows = "1000000";

const std::vector<dijia::bench::SmallCase>& Cases() {
  static const auto cases = cases_file.empty() ? dijia::bench::MakeSmallCases(std::stoul(rows))
                                               : dijia::bench::ReadSmallCases(cases_file);
  return cases;
}

const PreparedRules& Decided() {
  static const PreparedRules rules(dijia::bench::LoadPack(packs_folder, false));
  return rules;
}
const PreparedRules& Open() {
  static const PreparedRules rules(dijia::bench::LoadPack(packs_folder, true));
  return rules;
}

// What is measured, as a function of its own: compare_rules.py counts the instructions in it.
template <class Work>
__attribute__((noinline)) void Measured(const Work& work) {
  work();
}

void CountVerdicts(benchmark::State& state, const std::vector<Verdict>& verdicts) {
  double counts[5] = {};
  double comparable = 0, different = 0, small_fails = 0;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    ++counts[static_cast<std::size_t>(verdicts[i])];
    const bool passes = dijia::bench::PassesSmallCheck(Cases()[i]);
    small_fails += passes ? 0 : 1;
    if (!dijia::bench::IsComparable(Cases()[i])) continue;
    ++comparable;
    different += verdicts[i] == (passes ? Verdict::kLawful : Verdict::kUnlawful) ? 0 : 1;
  }
  state.counters["lawful"] = counts[0];
  state.counters["unlawful"] = counts[1];
  state.counters["needs_facts"] = counts[2];
  state.counters["conflict_review"] = counts[3];
  state.counters["comparable"] = comparable;
  state.counters["comparable_different"] = different;
  state.counters["small_fails"] = small_fails;
}

// Verdicts over prepared columns; what was judged once is remembered.
void JudgeColumns(benchmark::State& state, const PreparedRules& rules, unsigned unknown,
                  bool afresh) {
  const CaseColumns columns = dijia::bench::ColumnsOf(Cases(), rules.pack(), unknown);
  std::vector<Verdict> verdicts(columns.size());
  ColumnJudge judge(columns, rules);
  judge.Judge(0, verdicts);
  for (auto step : state) {
    if (afresh) judge = ColumnJudge(columns, rules);
    Measured([&] { judge.Judge(0, verdicts); });
    benchmark::DoNotOptimize(verdicts.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(columns.size()));
  state.counters["checks"] = static_cast<double>(columns.size());
  state.counters["profiles"] = static_cast<double>(columns.profiles());
  state.counters["singly"] = static_cast<double>(judge.judged_singly());
  CountVerdicts(state, verdicts);
}

void Columns(benchmark::State& state) { JudgeColumns(state, Decided(), 0, false); }
void ColumnsAfresh(benchmark::State& state) { JudgeColumns(state, Decided(), 0, true); }
void ColumnsAllReadings(benchmark::State& state) { JudgeColumns(state, Open(), 0, false); }
void ColumnsUnknown30(benchmark::State& state) { JudgeColumns(state, Decided(), 30, false); }
void ColumnsUnknown30Afresh(benchmark::State& state) { JudgeColumns(state, Decided(), 30, true); }
BENCHMARK(Columns)->Unit(benchmark::kMillisecond);
BENCHMARK(ColumnsAfresh)->Unit(benchmark::kMillisecond);
BENCHMARK(ColumnsAllReadings)->Unit(benchmark::kMillisecond);
BENCHMARK(ColumnsUnknown30)->Unit(benchmark::kMillisecond);
BENCHMARK(ColumnsUnknown30Afresh)->Unit(benchmark::kMillisecond);

// A change of the law over prepared columns, on all cores: the standard raised for one class or for
// all, by a twentieth.
void Simulate(benchmark::State& state, bool all_classes) {
  dijia::rules::RulePack pack = Decided().pack();
  for (dijia::rules::TableRow& row : pack.tables[pack.formula.standard_table].rows) {
    if (all_classes || row.key == 14) row.value += row.value / 20;
  }
  const PreparedRules raised(std::move(pack));
  const CaseColumns columns = dijia::bench::ColumnsOf(Cases(), Decided().pack());
  std::size_t flips = 0;
  for (auto step : state) {
    flips = dijia::app::Simulate(columns, Decided(), raised, 0).flips;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(columns.size()));
  state.counters["flips"] = static_cast<double>(flips);
}
void SimulateOneClass(benchmark::State& state) { Simulate(state, false); }
void SimulateAllClasses(benchmark::State& state) { Simulate(state, true); }
BENCHMARK(SimulateOneClass)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(SimulateAllClasses)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// Full explained checks as lines of JSON, in Chinese.
void ExplainColumns(benchmark::State& state, const PreparedRules& rules, unsigned unknown) {
  std::vector<dijia::bench::SmallCase> some = Cases();
  if (some.size() > 200'000) some.resize(200'000);
  const CaseColumns columns = dijia::bench::ColumnsOf(some, rules.pack(), unknown);
  dijia::rules::ColumnChecker checker(columns, rules);
  dijia::json::CheckLines lines(checker, rules.pack(), dijia::Language::kZh);
  checker.Read();
  dijia::TextBuffer out;
  std::size_t bytes = 0;
  const std::vector<std::string_view> ids(256, "0000001");
  std::vector<Verdict> verdicts(ids.size());
  const auto run = [&] {
    bytes = 0;
    for (std::size_t row = 0; row < columns.size(); row += ids.size()) {
      const std::size_t count = std::min(ids.size(), columns.size() - row);
      lines.Append(row, std::span(ids).first(count), verdicts, out);
      bytes += out.size();
      out.clear();
    }
  };
  run();
  for (auto step : state) Measured(run);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(columns.size()));
  state.counters["checks"] = static_cast<double>(columns.size());
  state.counters["bytes"] = static_cast<double>(bytes) / static_cast<double>(columns.size());
  state.counters["outlines"] = static_cast<double>(checker.outlines());
}
void ExplainedJson(benchmark::State& state) { ExplainColumns(state, Decided(), 0); }
void ExplainedJsonAllReadings(benchmark::State& state) { ExplainColumns(state, Open(), 0); }
BENCHMARK(ExplainedJson)->Unit(benchmark::kMillisecond);
BENCHMARK(ExplainedJsonAllReadings)->Unit(benchmark::kMillisecond);

void FillColumns(benchmark::State& state) {
  const auto& pack = Decided().pack();
  dijia::bench::CaseWriter writer(pack);
  std::vector<std::vector<dijia::rules::StatedFact>> stated;
  for (std::size_t i = 0; i < 10'000; ++i) {
    const auto one = writer.Write(Cases()[i % Cases().size()]);
    auto& facts = stated.emplace_back();
    for (std::size_t fact = 0; fact < one.values.size(); ++fact) {
      if (one.values[fact] == dijia::rules::kNotStated) continue;
      facts.push_back({static_cast<std::uint16_t>(fact), one.values[fact]});
    }
  }
  CaseColumns columns(pack);
  for (auto step : state) {
    columns.Clear();
    for (const auto& facts : stated) columns.Add(facts);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(stated.size()));
}
BENCHMARK(FillColumns);

// One by one, as a service answers.
void Single(benchmark::State& state, const PreparedRules& rules, unsigned unknown, bool full) {
  dijia::bench::CaseWriter writer(rules.pack());
  std::vector<dijia::rules::ReservePriceCase> cases;
  for (std::size_t i = 0; i < 4096; ++i) {
    cases.push_back(writer.Write(Cases()[i % Cases().size()], unknown));
  }
  std::size_t next = 0;
  for (auto step : state) {
    const auto& one = cases[next++ % cases.size()];
    Measured([&] {
      if (full) {
        benchmark::DoNotOptimize(CheckReservePrice(one, rules));
      } else {
        benchmark::DoNotOptimize(VerdictOf(one, rules));
      }
    });
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["checks"] = 1;
}
void OneVerdict(benchmark::State& state) { Single(state, Decided(), 0, false); }
void OneVerdictAllReadings(benchmark::State& state) { Single(state, Open(), 0, false); }
void OneVerdictUnknown30(benchmark::State& state) { Single(state, Decided(), 30, false); }
void OneCheck(benchmark::State& state) { Single(state, Decided(), 0, true); }
void OneCheckAllReadings(benchmark::State& state) { Single(state, Open(), 0, true); }
void OneCheckUnknown30(benchmark::State& state) { Single(state, Decided(), 30, true); }
BENCHMARK(OneVerdict);
BENCHMARK(OneVerdictAllReadings);
BENCHMARK(OneVerdictUnknown30);
BENCHMARK(OneCheck);
BENCHMARK(OneCheckAllReadings);
BENCHMARK(OneCheckUnknown30);

void LoadAndCompile(benchmark::State& state) {
  for (auto step : state) {
    PreparedRules rules(dijia::bench::LoadPack(packs_folder, true));
    benchmark::DoNotOptimize(rules.pack().clauses.size());
  }
}
BENCHMARK(LoadAndCompile)->Unit(benchmark::kMillisecond);

// Takes an option of ours out of the arguments.
void TakeOption(int& count, char** arguments, const char* name, std::string& value) {
  const std::size_t length = std::strlen(name);
  int kept = 0;
  for (int i = 0; i < count; ++i) {
    if (std::strncmp(arguments[i], name, length) == 0) {
      value = arguments[i] + length;
    } else {
      arguments[kept++] = arguments[i];
    }
  }
  count = kept;
}

}  // namespace

int main(int count, char** arguments) {
  TakeOption(count, arguments, "--cases=", cases_file);
  TakeOption(count, arguments, "--packs=", packs_folder);
  TakeOption(count, arguments, "--rows=", rows);
  std::string csv, small;
  TakeOption(count, arguments, "--write-csv=", csv);
  TakeOption(count, arguments, "--write-cases=", small);
  if (!small.empty()) dijia::bench::WriteSmallCases(Cases(), small);
  if (!csv.empty()) dijia::bench::WriteCsv(Cases(), Decided().pack(), csv);
  if (!csv.empty() || !small.empty()) return 0;
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
