// A small hand-made run: three uses of one synthetic county with every status of a cell, rejected
// samples, order checks and estimated corrections.
#pragma once

#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/grade_price.h"
#include "report/publication_view.h"

namespace dijia::test {

struct SampleReport {
  SampleTable samples;
  ComputePlan plan;
  GradePriceReport report;
  report::EvidenceSummary evidence;
  report::Labels labels;
  std::vector<report::PublicationScope> scopes;

  report::PublicationView View(std::size_t scope = 0) const {
    return {samples,          plan,          report,          evidence, labels,
            scopes.at(scope), "sample-2025", "示例县（合成）"};
  }
};

// Multipliers of a cell's level, spread like a log-normal with 18 % deviation.
inline const std::vector<double>& Spread() {
  static const std::vector<double> kSpread{1.00, 0.93, 1.08, 0.87, 1.15, 0.80, 1.24, 0.97,
                                           1.03, 0.90, 1.11, 0.84, 1.19, 0.95, 1.05, 0.76,
                                           1.31, 0.99, 1.01, 0.92, 1.09, 0.86, 1.16, 0.82};
  return kSpread;
}

class SampleReportBuilder {
 public:
  static constexpr std::size_t kMostCells = 64;
  static constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

  SampleReportBuilder() {
    out_.samples.sources = {"samples.csv"};
    county_ = static_cast<std::uint16_t>(out_.samples.counties.Add("000000"));
    area_ = static_cast<std::uint16_t>(out_.samples.areas.Add("城区"));
    out_.report.cells.reserve(kMostCells);  // Cell() hands out references
    PlanConditions();
    Evidence();
  }

  // One row. Its normalised price is `price`, its raw price 5 % more.
  std::size_t Row(LandUse use, int grade, double price, Fate fate) {
    SampleTable& table = out_.samples;
    const std::size_t row = table.size();
    table.Resize(row + 1, false);
    table.sample_id.Append("S" + std::to_string(1000 + row));
    table.source[row] = 0;
    table.row[row] = static_cast<std::uint32_t>(row + 2);
    table.county[row] = county_;
    table.area[row] = area_;
    table.use[row] = static_cast<std::uint8_t>(use);
    table.grade[row] = static_cast<std::uint8_t>(grade);
    table.kind[row] = static_cast<std::uint8_t>(SampleKind::kTransfer);
    table.date[row] = ToDays(Date{std::chrono::year(2024), std::chrono::month(6),
                                  std::chrono::day(static_cast<unsigned>(row % 28 + 1))});
    table.fate[row] = fate;
    if (row % 7 != 0) table.far[row] = FloorAreaRatio::Of(2).units();
    out_.report.normalized.raw_price.push_back(price * 1.05);
    out_.report.normalized.normalized.push_back(price);
    return row;
  }

  void Used(LandUse use, int grade, double level, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const double drift = 1.0 + 0.001 * static_cast<double>(i / Spread().size());
      Row(use, grade, level * drift * Spread()[i % Spread().size()], Fate::kUsed);
    }
  }

  void Rejected(LandUse use, int grade, double price, double figure) {
    const std::size_t row = Row(use, grade, price, Fate::kOutlier);
    out_.report.rejections.push_back({row, OutlierRule::kMad, 1, figure, 3.5});
  }

  // A cell without notes; the caller completes it. `estimate` 0 = none.
  GradePrice& Cell(LandUse use, int grade, CellStatus status, double estimate, int price) {
    GradePrice cell;
    cell.key = {county_, area_, 0, use, static_cast<std::uint8_t>(grade)};
    cell.status = status;
    if (price > 0) cell.price = UnitPrice::Of(price);
    CountRows(cell);
    cell.estimate = cell.monotone = estimate > 0.0 ? estimate : kNan;
    cell.median = estimate > 0.0 ? estimate : kNan;
    cell.mean = estimate > 0.0 ? estimate * 1.012 : kNan;
    cell.standard_deviation = estimate > 0.0 ? estimate * 0.155 : kNan;
    cell.cv = estimate > 0.0 ? 0.153 : kNan;
    cell.cod = estimate > 0.0 ? 11.7 : kNan;
    cell.checks.normality_p = cell.used > 2 ? 0.41 : kNan;
    cell.checks.log_normality_p = cell.used > 2 ? 0.83 : kNan;
    cell.checks.two_population_p = cell.used > 9 ? 0.62 : kNan;
    cell.method = status == CellStatus::kModelled         ? "model:exponential"
                  : status == CellStatus::kCarriedForward ? "carry_forward"
                  : status == CellStatus::kWithheld       ? ""
                                                          : "median";
    out_.report.cells.push_back(std::move(cell));
    return out_.report.cells.back();
  }

  void Order(LandUse use, std::size_t grades, bool in_order, double statistic, double p) {
    OrderCheck check;
    check.series = {county_, area_, 0, use, 0};
    check.grades = grades;
    check.in_order = in_order;
    check.statistic = statistic;
    check.p_value = p;
    check.significant = !in_order && p < 0.05;
    out_.report.orders.push_back(check);
  }

  SampleReport& out() { return out_; }

  SampleReport Finish() && {
    for (const Fate fate : out_.samples.fate) ++out_.report.fates[static_cast<std::size_t>(fate)];
    out_.evidence.fates = out_.report.fates;
    out_.scopes = report::ScopesOf(out_.samples, out_.plan, out_.report);
    return std::move(out_);
  }

 private:
  void CountRows(GradePrice& cell) const {
    const SampleTable& table = out_.samples;
    for (std::size_t row = 0; row < table.size(); ++row) {
      if (table.use[row] != static_cast<std::uint8_t>(cell.key.use)) continue;
      if (table.grade[row] != cell.key.grade) continue;
      if (table.fate[row] == Fate::kUsed) ++cell.used;
      if (table.fate[row] == Fate::kUsed || table.fate[row] == Fate::kOutlier) ++cell.samples;
    }
  }

  void PlanUse(LandUse use, std::string name, int term, const char* rate, const char* far) {
    UsePlan section;
    section.use = use;
    section.name = std::move(name);
    section.conditions.term = Years::Of(term);
    section.conditions.capitalization_rate = *Rate::Parse(rate);
    section.conditions.development_level = "五通一平";
    section.conditions.far = *FloorAreaRatio::Parse(far);
    out_.plan.uses.push_back(std::move(section));
  }

  void PlanConditions() {
    using std::chrono::April, std::chrono::year, std::chrono::day;
    ComputePlan& plan = out_.plan;
    plan.id = "sample-2025";
    plan.county = "000000";
    plan.county_name = "示例县（合成）";
    plan.area = "*";
    plan.base_date = Date{year(2025), April, day(1)};
    plan.window = {Date{year(2022), April, day(1)}, Date{year(2025), April, day(1)}};
    plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 5'000'000};
    PlanUse(LandUse::kCommercial, "商业服务业用地", 40, "0.077", "1.5");
    PlanUse(LandUse::kResidential, "居住用地", 70, "0.0675", "1.6");
    PlanUse(LandUse::kIndustrial, "工矿用地", 50, "0.058", "1.0");
    plan.uses[0].date.kind = DateCorrectionKind::kEstimated;
    plan.uses[0].far.kind = FarCorrectionKind::kEstimated;
    plan.uses[1].conditions.far_by_grade = {{1, FloorAreaRatio::Of(2)}, {2, FloorAreaRatio::Of(2)}};
    plan.uses[1].date.kind = DateCorrectionKind::kMonthlyRate;
    plan.uses[1].date.monthly_rate = *Rate::Parse("0.002");
    plan.uses[1].far.kind = FarCorrectionKind::kPower;
    plan.uses[1].development.cost_by_level = {{"五通一平", UnitPrice::Of(100)},
                                              {"三通一平", UnitPrice::Of(55)}};
    plan.uses[1].development.unknown = UnknownPolicy::kExclude;
    plan.uses[1].estimation.thin_cells = {ThinCellPolicy::kModel, ThinCellPolicy::kWithhold};
    plan.uses[2].estimation.thin_cells = {ThinCellPolicy::kCarryForward, ThinCellPolicy::kWithhold};
  }

  void Evidence() {
    out_.evidence.engine_version = "0.1.0";
    out_.evidence.inputs = {
        {"samples.csv", "samples", std::string(64, 'a'), 170},
        {"plan.toml", "plan", std::string(64, 'b'), 0},
    };
    out_.evidence.effective_plan = "id = \"sample-2025\"\nbase_date = 2025-04-01\n";
    std::ifstream file(std::string(DIJIA_SOURCE_DIR) + "/data/reference/labels.csv");
    std::ostringstream text;
    text << file.rdbuf();
    out_.labels = report::Labels::Parse(text.str());
  }

  SampleReport out_;
  std::uint16_t county_ = 0, area_ = 0;
};

inline void AddCommercial(SampleReportBuilder& builder) {
  using enum CellStatus;
  constexpr LandUse kUse = LandUse::kCommercial;
  builder.Used(kUse, 1, 1472.0, 22);
  builder.Used(kUse, 2, 978.0, 31);
  builder.Used(kUse, 3, 612.0, 8);
  builder.Used(kUse, 4, 430.0, 2);
  builder.Rejected(kUse, 1, 390.0, -6.42);
  builder.Rejected(kUse, 2, 3250.0, 7.18);
  builder.Rejected(kUse, 2, 188.0, -9.03);
  GradePrice& best = builder.Cell(kUse, 1, kComputed, 1472.4, 1470);
  best.interval = Interval{1357.2, 1589.6, 0.9565};
  best.notes.push_back({Code::kNotNormal, {}, {"0.012", "0.31"}});
  builder.Cell(kUse, 2, kComputed, 976.8, 975).interval = Interval{912.5, 1049.3, 0.95};
  GradePrice& thin = builder.Cell(kUse, 3, kThin, 608.1, 610);
  thin.interval = Interval{489.6, 758.9, 0.9297};
  thin.notes.push_back({Code::kThinCell, {}, {"8", "15"}});
  GradePrice& withheld = builder.Cell(kUse, 4, kWithheld, 0.0, 0);
  withheld.notes.push_back({Code::kTooFewSamples, {}, {"2", "5"}});
  builder.Order(kUse, 3, true, 0.0, 1.0);
  EstimatedIndex index{kUse, withheld.key.county, {}};
  for (int i = 0; i < 12; ++i) {
    const Date start{std::chrono::year(2022 + (i + 1) / 4),
                     std::chrono::month(static_cast<unsigned>((i * 3 + 3) % 12 + 1)),
                     std::chrono::day(1)};
    index.points.push_back({start, 1.0 + 0.011 * i - 0.02 * (i % 3 == 1), 0.02 + 0.004 * (i % 4),
                            static_cast<std::size_t>(9 - i % 5), i == 7});
  }
  builder.out().report.indices.push_back(index);
  builder.out().report.far_exponents.push_back({kUse, index.county, 0, 0.4371, 0.0382, 58});
}

inline void AddResidential(SampleReportBuilder& builder) {
  using enum CellStatus;
  constexpr LandUse kUse = LandUse::kResidential;
  builder.Used(kUse, 1, 560.0, 20);
  builder.Used(kUse, 2, 318.0, 28);
  builder.Used(kUse, 3, 326.0, 17);
  builder.Used(kUse, 4, 180.0, 10);
  builder.Used(kUse, 4, 480.0, 10);
  builder.Used(kUse, 5, 150.0, 3);
  builder.Rejected(kUse, 2, 1460.0, 8.05);
  builder.Cell(kUse, 1, kComputed, 560.6, 560).interval = Interval{517.0, 603.7, 0.95};
  GradePrice& second = builder.Cell(kUse, 2, kComputed, 317.2, 315);
  second.interval = Interval{293.1, 343.5, 0.95};
  GradePrice& third = builder.Cell(kUse, 3, kComputed, 326.3, 325);
  third.interval = Interval{298.8, 355.2, 0.9510};
  second.monotone = third.monotone = 320.6;
  second.notes.push_back(
      {Code::kGradeOrderByChance, {}, {"2", "317", "28", "3", "326", "17", "0.184"}});
  third.notes = second.notes;
  GradePrice& mixed = builder.Cell(kUse, 4, kWithheld, 288.0, 0);
  mixed.interval = Interval{176.0, 468.0, 0.95};
  mixed.cv = 0.52;
  mixed.checks.two_population_p = 0.0004;
  mixed.checks.split_price = 305.0;
  mixed.checks.two_populations = mixed.checks.cv_above_limit = true;
  mixed.notes.push_back({Code::kTwoPopulations, {}, {"9", "240", "7", "390", "305", "= 0.0004"}});
  mixed.notes.push_back({Code::kCvAboveLimit, {}, {"0.52", "0.3"}});
  GradePrice& modelled = builder.Cell(kUse, 5, kModelled, 152.0, 150);
  modelled.interval = Interval{71.0, 1900.0, 0.95};
  modelled.notes.push_back({Code::kTooFewSamples, {}, {"3", "5"}});
  modelled.notes.push_back({Code::kModelUsed, {}, {"exponential", "3", "0.93"}});
  builder.Order(kUse, 4, false, 1.37, 0.184);
}

inline void AddIndustrial(SampleReportBuilder& builder) {
  using enum CellStatus;
  constexpr LandUse kUse = LandUse::kIndustrial;
  builder.Used(kUse, 1, 96.0, 16);
  builder.Used(kUse, 2, 131.0, 18);
  GradePrice& first = builder.Cell(kUse, 1, kWithheld, 96.0, 0);
  first.interval = Interval{90.2, 101.9, 0.95};
  GradePrice& second = builder.Cell(kUse, 2, kWithheld, 131.0, 0);
  second.interval = Interval{123.0, 139.4, 0.95};
  first.monotone = second.monotone = 114.5;
  first.notes.push_back(
      {Code::kGradeOrderContradicted, {}, {"1", "96", "16", "2", "131", "18", "0.0002"}});
  second.notes = first.notes;
  GradePrice& carried = builder.Cell(kUse, 3, kCarriedForward, 0.0, 84);
  carried.notes.push_back({Code::kTooFewSamples, {}, {"0", "5"}});
  carried.notes.push_back({Code::kCarriedForward, {}, {"sample-2022"}});
  builder.Order(kUse, 2, false, 34.2, 0.0002);
}

inline SampleReport MakeSampleReport() {
  SampleReportBuilder builder;
  AddCommercial(builder);
  AddResidential(builder);
  AddIndustrial(builder);
  for (int i = 0; i < 41; ++i) builder.Row(LandUse::kResidential, 2, 0.0, Fate::kNotMarketSale);
  for (int i = 0; i < 6; ++i) builder.Row(LandUse::kCommercial, 1, 0.0, Fate::kDuplicate);
  for (int i = 0; i < 9; ++i) builder.Row(LandUse::kStorage, 1, 0.0, Fate::kUseNotPlanned);
  for (int i = 0; i < 4; ++i) builder.Row(LandUse::kIndustrial, 0, 0.0, Fate::kGradeIsLandClass);
  builder.out().report.diagnostics.Add(Code::kFarUnknownKept, {}, {"9", "63"});
  return std::move(builder).Finish();
}

}  // namespace dijia::test
