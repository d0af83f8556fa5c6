// The value of parcels: exact with every step, over prepared columns, its waterfall, in doubles,
// and files of parcels to files of values. bench_value [--rows=COUNT] [options of Google Benchmark]
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "app/value.h"
#include "dijia/parallel.h"
#include "dijia/prepared_valuation.h"
#include "dijia/price_simulation.h"
#include "dijia/waterfall.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "rule_cases.h"

namespace {

namespace fs = std::filesystem;

using dijia::Coefficient;
using dijia::LandUse;
using dijia::Measure;
using dijia::Parcel;
using dijia::Percent;
using dijia::Publication;

constexpr int kFactors = 12;
constexpr const char* kLevels[] = {"优", "较优", "一般", "较劣", "劣"};

std::string rows = "100000";

Coefficient K(int ten_thousandths) { return Coefficient::FromUnits(ten_thousandths * 100); }

dijia::Levels LevelsAround(int step) {
  dijia::Levels table;
  for (int i = 0; i < 5; ++i) table.levels[kLevels[i]] = K(10'000 + step * (2 - i));
  return table;
}

// Twelve regional factors, term, floor area ratio, month by month, three individual factors; every
// named result rounded.
Publication MakePublication() {
  const auto to = [](std::int64_t millionths) {
    return dijia::Rounding{dijia::RoundingMode::kHalfUp, millionths};
  };
  Publication publication;
  publication.id = "bench";
  publication.county = "000000";
  publication.base_date = dijia::ParseDate("2025-04-01").value();
  publication.status = dijia::PublicationStatus::kPublished;
  publication.rounding = {to(100), to(1), to(10'000), to(100'000), to(10'000), to(1'000'000)};
  dijia::PublishedUse& use = publication.uses[LandUse::kResidential];
  use.term = dijia::Years::Of(70);
  use.capitalization_rate = dijia::Rate::FromUnits(67'500);
  for (int grade = 1; grade <= 5; ++grade) {
    dijia::PublishedGrade& of = use.grades.emplace_back();
    of.grade = grade;
    of.price = dijia::UnitPrice::Of(900 - 100 * grade);
  }
  dijia::Factors regional;
  regional.by = dijia::TableBy::kAll;
  for (int i = 0; i < kFactors; ++i) {
    dijia::Factors::Factor factor;
    factor.factor = "f" + std::to_string(i);
    for (int level = 0; level < 5; ++level) {
      factor.levels[kLevels[level]] = Percent::FromUnits((2 - level) * (200'000 + 10'000 * i));
    }
    regional.tables[0].push_back(factor);
  }
  dijia::Curve far;
  far.by = dijia::TableBy::kAll;
  for (int tenths = 10; tenths <= 50; ++tenths) {
    const double value = std::pow(tenths / 20.0, 0.4375);
    far.rows.push_back({Measure::FromUnits(tenths * 100'000),
                        {{0, K(static_cast<int>(std::lround(value * 10'000)))}}});
  }
  use.coefficients = {{"regional", regional},
                      {"term", dijia::TermFormula()},
                      {"far", far},
                      {"date", dijia::MonthlyRate{dijia::Rate::FromUnits(2'000)}},
                      {"shape", LevelsAround(100)},
                      {"view", LevelsAround(200)},
                      {"orientation", LevelsAround(150)}};
  use.formula = {"regional", {"term", "far", "date", "shape", "view", "orientation"}, {}};
  return publication;
}

const Publication& Published() {
  static const Publication kPublication = MakePublication();
  return kPublication;
}

// Parcel `i`, spread by a multiplicative generator.
class Spread {
 public:
  explicit Spread(std::uint64_t i) : state_(i * 0x9E3779B97F4A7C15U + 1) {}
  int Below(int count) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<int>((state_ >> 33U) % static_cast<std::uint64_t>(count));
  }

 private:
  std::uint64_t state_;
};

Parcel MakeParcel(std::size_t i) {
  Spread spread(i);
  Parcel parcel;
  parcel.parcel_id = std::to_string(i + 1);
  dijia::ParcelUse& site = parcel.site;
  site.use = LandUse::kResidential;
  site.grade = 1 + spread.Below(5);
  site.far = dijia::FloorAreaRatio::FromUnits((100 + spread.Below(400)) * 10'000);
  site.term = dijia::Years::FromUnits((3'000 + spread.Below(4'000)) * 100);
  parcel.area_sqm = dijia::Area::FromUnits((10'000 + spread.Below(9'000'000)) * 100);
  parcel.valuation_date =
      dijia::FromDays(dijia::ToDays(Published().base_date) + 100 + spread.Below(500));
  for (const char* name : {"shape", "view", "orientation"}) {
    site.factors[name].level = kLevels[spread.Below(5)];
  }
  for (int k = 0; k < kFactors; ++k) {
    site.sums["regional"]["f" + std::to_string(k)].level = kLevels[spread.Below(5)];
  }
  return parcel;
}

const std::vector<Parcel>& Parcels() {
  static const auto kParcels = [] {
    std::vector<Parcel> parcels;
    for (std::size_t i = 0; i < std::stoul(rows); ++i) parcels.push_back(MakeParcel(i));
    return parcels;
  }();
  return kParcels;
}

void Count(benchmark::State& state, std::size_t parcels) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * parcels));
}

void ExactValues(benchmark::State& state) {
  std::int64_t sum = 0;
  for (auto _ : state) {
    sum = 0;
    for (const Parcel& parcel : Parcels()) {
      sum += dijia::ValueParcel(parcel, Published()).unit_price->units();
    }
    benchmark::DoNotOptimize(sum);
  }
  Count(state, Parcels().size());
  state.counters["mean"] = static_cast<double>(sum) / 1e4 / static_cast<double>(Parcels().size());
}
BENCHMARK(ExactValues)->Unit(benchmark::kMillisecond);

// The parcels again and again, up to a million rows.
constexpr std::size_t kColumnRows = 1'100'000, kBlock = 4096;

struct Columns {
  dijia::PreparedValuation prepared{Published()};
  dijia::ParcelColumns parcels = prepared.MakeColumns(kColumnRows);
  Columns() {
    for (std::size_t i = 0; i < kColumnRows; ++i) prepared.Put(MakeParcel(i), i, parcels);
  }
};

const Columns& InColumns() {
  static const Columns kColumns;
  return kColumns;
}

// Runs task(valuer, first, count) over all rows in blocks, each thread with a valuer of its own.
template <class Task>
void OverBlocks(std::vector<dijia::ColumnValuer>& valuers, const Task& task) {
  constexpr std::size_t kBlocks = (kColumnRows + kBlock - 1) / kBlock;
  const std::size_t team = valuers.size();
  dijia::ForEachIndex(team, static_cast<unsigned>(team), [&](std::size_t member) {
    for (std::size_t block = member; block < kBlocks; block += team) {
      const std::size_t first = block * kBlock;
      task(valuers[member], first, std::min(kBlock, kColumnRows - first));
    }
  });
}

std::vector<dijia::ColumnValuer> Valuers(const benchmark::State& state) {
  std::vector<dijia::ColumnValuer> valuers;
  const unsigned count = dijia::ThreadCount(static_cast<unsigned>(state.range(0)));
  for (unsigned i = 0; i < count; ++i) valuers.emplace_back(InColumns().prepared);
  return valuers;
}

void ColumnValues(benchmark::State& state) {
  const Columns& columns = InColumns();
  auto valuers = Valuers(state);
  dijia::ColumnPrices prices;
  prices.Resize(kColumnRows);
  for (auto _ : state) {
    OverBlocks(valuers, [&](dijia::ColumnValuer& valuer, std::size_t first, std::size_t count) {
      valuer.Value(columns.parcels, first, count, prices);
    });
    benchmark::DoNotOptimize(prices.total.data());
  }
  Count(state, kColumnRows);
  std::int64_t sum = 0;
  for (const std::int64_t price : prices.unit_price) sum += price;
  state.counters["mean"] = static_cast<double>(sum) / 1e4 / static_cast<double>(kColumnRows);
}
BENCHMARK(ColumnValues)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

void ColumnWaterfalls(benchmark::State& state) {
  const Columns& columns = InColumns();
  auto valuers = Valuers(state);
  for (auto _ : state) {
    OverBlocks(valuers, [&](dijia::ColumnValuer& valuer, std::size_t first, std::size_t count) {
      std::vector<std::int64_t> bars;
      for (std::size_t row = first; row < first + count; ++row) {
        valuer.Waterfall(columns.parcels, row, bars);
        benchmark::DoNotOptimize(bars.data());
      }
    });
  }
  Count(state, kColumnRows);
}
BENCHMARK(ColumnWaterfalls)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

// The same parcels in doubles: the power behind the table of floor area ratios, the index behind
// the monthly rate, and the individual factors as one addition to the sum of the regional ones.
std::vector<double> MonthlyIndex() {
  std::vector<double> index;
  for (int month = 0; month < 24; ++month) index.push_back(std::pow(1.002, month));
  return index;
}

struct Doubles {
  std::vector<std::uint8_t> use, grade, period;
  std::vector<double> far, term, add;
  std::vector<std::vector<double>> factors{kFactors + 3};
  dijia::SimulationGroups groups{MonthlyIndex()};
};

Doubles MakeDoubles() {
  Doubles doubles;
  const auto& columns = InColumns().parcels;
  const dijia::PublishedUse& use = Published().uses.at(LandUse::kResidential);
  for (const dijia::PublishedGrade& grade : use.grades) {
    doubles.groups.Add({.base = dijia::ToDouble(*grade.price),
                        .far_exponent = 0.4375,
                        .base_far = 2.0,
                        .rate = dijia::ToDouble(use.capitalization_rate),
                        .full_term = dijia::ToDouble(use.term),
                        .index_offset = 0});
  }
  const dijia::Days base = dijia::ToDays(Published().base_date);
  for (std::size_t i = 0; i < kColumnRows; ++i) {
    doubles.use.push_back(0);
    doubles.grade.push_back(static_cast<std::uint8_t>(columns.place[i]));
    doubles.period.push_back(static_cast<std::uint8_t>((columns.date[i] - base) / 30));
    doubles.far.push_back(static_cast<double>(columns.far[i]) / 1e6);
    doubles.term.push_back(static_cast<double>(columns.term[i]) / 1e4);
    for (std::size_t k = 0; k < doubles.factors.size(); ++k) {
      doubles.factors[k].push_back(0.01 * (columns.levels[k][i] - 3.0));
    }
  }
  return doubles;
}

void DoubleValues(benchmark::State& state) {
  static const Doubles kDoubles = MakeDoubles();
  constexpr std::size_t kBlocks = (kColumnRows + kBlock - 1) / kBlock;
  std::vector<double> prices(kColumnRows);
  for (auto _ : state) {
    dijia::ForEachIndex(kBlocks, static_cast<unsigned>(state.range(0)), [&](std::size_t block) {
      const std::size_t first = block * kBlock, count = std::min(kBlock, kColumnRows - first);
      const auto part = [&](const auto& column) { return std::span(column).subspan(first, count); };
      std::vector<std::span<const double>> factors;
      for (const auto& factor : kDoubles.factors) factors.push_back(part(factor));
      dijia::SimulatePrices({.use = part(kDoubles.use),
                             .grade = part(kDoubles.grade),
                             .grades = 5,
                             .period = part(kDoubles.period),
                             .far = part(kDoubles.far),
                             .term = part(kDoubles.term),
                             .add = {},
                             .factors = factors},
                            kDoubles.groups, std::span(prices).subspan(first, count));
    });
    benchmark::DoNotOptimize(prices.data());
  }
  Count(state, kColumnRows);
}
BENCHMARK(DoubleValues)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

void Waterfalls(benchmark::State& state) {
  constexpr std::size_t kValues = 10'000;
  std::vector<dijia::Valuation> values;
  for (std::size_t i = 0; i < kValues; ++i) {
    values.push_back(dijia::ValueParcel(MakeParcel(i), Published()));
  }
  for (auto _ : state) {
    for (const auto& value : values) benchmark::DoNotOptimize(dijia::WaterfallOf(value));
  }
  Count(state, kValues);
}
BENCHMARK(Waterfalls)->Unit(benchmark::kMillisecond);

std::string CsvOf(const Parcel& parcel) {
  const dijia::ParcelUse& site = parcel.site;
  std::string line = parcel.parcel_id + ",residential," + std::to_string(site.grade) + "," +
                     site.far->ToString() + "," + site.term->ToString() + "," +
                     parcel.area_sqm->ToString() + "," + dijia::FormatDate(*parcel.valuation_date);
  for (const char* name : {"shape", "view", "orientation"})
    line += "," + site.factors.at(name).level;
  for (int k = 0; k < kFactors; ++k) {
    line += "," + site.sums.at("regional").at("f" + std::to_string(k)).level;
  }
  return line + "\n";
}

// A folder of its own, removed at the end.
class Files {
 public:
  Files()
      : folder_(fs::temp_directory_path() / ("dijia-bench-value-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    std::ofstream(publication()) << dijia::json::ToPretty(
        dijia::json::WritePublication(Published()));
    std::ofstream csv(parcels());
    csv << "parcel_id,use,grade,far,term_years,area_sqm,valuation_date,factors.shape,"
           "factors.view,factors.orientation";
    for (int k = 0; k < kFactors; ++k) csv << ",factors.regional.f" << k;
    csv << "\n";
    for (const Parcel& parcel : Parcels()) csv << CsvOf(parcel);
  }
  ~Files() { fs::remove_all(folder_); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  fs::path publication() const { return folder_ / "publication.json"; }
  fs::path parcels() const { return folder_ / "parcels.csv"; }
  fs::path values() const { return folder_ / "values.csv"; }

 private:
  fs::path folder_;
};

void CsvToCsv(benchmark::State& state) {
  static const Files files;
  static const dijia::rules::PreparedRules rules(dijia::bench::LoadPack(DIJIA_PACKS, false));
  dijia::app::ValueRequest request;
  request.inputs = {{files.parcels(), "", "", ""}};
  request.publications = {files.publication()};
  request.output.format = dijia::app::AnswerFormat::kCsv;
  request.reference_folder = DIJIA_REFERENCE;
  request.threads = static_cast<unsigned>(state.range(0));
  for (auto _ : state) {
    dijia::Diagnostics diagnostics;
    dijia::io::OutputFile out(files.values());
    const auto counts = dijia::app::ValueFiles(request, rules, out, diagnostics);
    if (!counts || counts->valued != Parcels().size()) state.SkipWithError("not all valued");
  }
  Count(state, Parcels().size());
}
BENCHMARK(CsvToCsv)
    ->Arg(1)
    ->Arg(0)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace

int main(int count, char** words) {
  int kept = 1;
  for (int i = 1; i < count; ++i) {
    if (std::strncmp(words[i], "--rows=", 7) == 0) {
      rows = words[i] + 7;
    } else {
      words[kept++] = words[i];
    }
  }
  benchmark::Initialize(&kept, words);
  if (benchmark::ReportUnrecognizedArguments(kept, words)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
