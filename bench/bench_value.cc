// The value of parcels: exact with every step, its waterfall, the same formula in doubles, and
// files of parcels to files of values. bench_value [--rows=COUNT] [options of Google Benchmark]
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "app/value.h"
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
  request.inputs = {{files.parcels(), "", ""}};
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
BENCHMARK(CsvToCsv)->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond)->UseRealTime();

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
