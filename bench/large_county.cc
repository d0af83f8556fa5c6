#include "large_county.h"

#include <cmath>
#include <cstdio>
#include <utility>

#include "dijia/base/date.h"

namespace dijia::bench {
namespace {

// Uniform number `stream` of a row, in [0, 2^32).
std::uint64_t Draw(std::uint64_t row, std::uint64_t stream) {
  std::uint64_t bits = row * 0x9e3779b97f4a7c15 + stream * 0xd1342543de82ef95;
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return (bits ^ (bits >> 31)) >> 32;
}

int Below(std::uint64_t row, std::uint64_t stream, int count) {
  return static_cast<int>(Draw(row, stream) * static_cast<std::uint64_t>(count) >> 32);
}

double Share(std::uint64_t row, std::uint64_t stream) {
  return static_cast<double>(Draw(row, stream)) * 0x1p-32;
}

struct Use {
  LandUse use;
  const char* name;
  int term;
  double price, far, far_exponent, monthly_rate, capitalization_rate;
};
constexpr Use kUses[] = {{LandUse::kCommercial, "其他商服用地", 40, 3200, 2.0, 0.5, 0.0015, 0.06},
                         {LandUse::kResidential, "城镇住宅用地", 70, 2100, 1.8, 0.6, 0.002, 0.055},
                         {LandUse::kIndustrial, "工业用地", 50, 288, 1.0, 0.0, 0.0005, 0.05},
                         {LandUse::kPublicService, "科教用地", 50, 720, 1.2, 0.2, 0.0008, 0.05}};
constexpr const char* kAreas[] = {"城区", "甲镇", "乙镇"};
constexpr const char* kLevels[] = {"三通一平", "五通一平", "五通一平", "五通一平", "七通一平"};
constexpr std::pair<AssignmentMethod, const char*> kMethods[] = {
    {AssignmentMethod::kListing, "挂牌出让"},
    {AssignmentMethod::kListing, "挂牌出让"},
    {AssignmentMethod::kListing, "挂牌出让"},
    {AssignmentMethod::kAuction, "拍卖出让"},
    {AssignmentMethod::kBidding, "招标出让"}};

struct LargeRow {
  const Use* use;
  const char *area, *level;
  std::pair<AssignmentMethod, const char*> method;
  int grade, year, month, day, term;
  std::int64_t price_cents, area_hundredths, far_hundredths;
};

LargeRow RowAt(std::uint64_t row) {
  LargeRow out{};
  out.use = &kUses[Below(row, 0, 4)];
  out.grade = 1 + Below(row, 1, 5);
  // The sum of three has the standard deviation 0.5.
  const double error = Share(row, 2) + Share(row, 3) + Share(row, 4) - 1.5;
  const double slip = Share(row, 5) < 0.02 ? 5.0 : 1.0;
  const double price =
      out.use->price * std::pow(0.75, out.grade - 1) * std::exp(0.3 * error) * slip;
  out.price_cents = std::llround(100.0 * price);
  out.far_hundredths = 50 + static_cast<std::int64_t>(out.use->far * 150.0 * Share(row, 6));
  out.area = kAreas[Below(row, 7, 3)];
  out.year = 2020 + Below(row, 8, 5);
  out.month = 1 + Below(row, 9, 12);
  out.day = 1 + Below(row, 10, 28);
  out.area_hundredths = 50'000 + Below(row, 11, 4'000'000);
  out.term = out.use->term - Below(row, 12, 20);
  out.level = kLevels[Below(row, 13, 5)];
  out.method = kMethods[Below(row, 14, 5)];
  return out;
}

std::string IdOf(std::uint64_t row) {
  char id[24];
  std::snprintf(id, sizeof id, "S%08llu", static_cast<unsigned long long>(row + 1));
  return id;
}

void FillRow(std::size_t i, SampleTable& table) {
  const LargeRow row = RowAt(i);
  table.row[i] = static_cast<std::uint32_t>(i + 2);
  table.sample_id.Append(IdOf(i));
  table.county[i] = static_cast<std::uint16_t>(table.counties.Add("000000"));
  table.area[i] = static_cast<std::uint16_t>(table.areas.Add(row.area));
  table.development_level[i] = static_cast<std::uint16_t>(table.development_levels.Add(row.level));
  table.use[i] = static_cast<std::uint8_t>(row.use->use);
  table.grade[i] = static_cast<std::uint8_t>(row.grade);
  table.method[i] = static_cast<std::uint8_t>(row.method.first);
  table.date[i] =
      ToDays(Date(std::chrono::year(row.year), std::chrono::month(static_cast<unsigned>(row.month)),
                  std::chrono::day(static_cast<unsigned>(row.day))));
  table.price[i] = row.price_cents * (UnitPrice::kOne / 100);
  table.area_sqm[i] = row.area_hundredths * (Area::kOne / 100);
  table.far[i] = row.far_hundredths * (FloorAreaRatio::kOne / 100);
  table.term_years[i] = static_cast<std::int32_t>(row.term * Years::kOne);
}

std::int64_t Millionths(double value) { return std::llround(value * 1e6); }

}  // namespace

void AppendLargeHeader(std::string& csv) {
  csv +=
      "sample_id,county,area,zone,use,sub_use,grade,kind,date,price,price_unit,area_sqm,far,"
      "term_years,development_level,circumstance_factor,method,land_class,x,y,note\n";
}

void AppendLargeRow(std::uint64_t row, std::string& csv) {
  const LargeRow r = RowAt(row);
  const auto whole = [](std::int64_t hundredths) {
    return static_cast<long long>(hundredths / 100);
  };
  const auto cents = [](std::int64_t hundredths) { return static_cast<int>(hundredths % 100); };
  char line[512];
  const int length = std::snprintf(
      line, sizeof line,
      "%s,000000,%s,,%s,,%d,transfer,%d-%02d-%02d,%lld.%02d,yuan_per_sqm,%lld.%02d,%lld.%02d,%d,%s,"
      ","
      "%s,,,,\n",
      IdOf(row).c_str(), r.area, r.use->name, r.grade, r.year, r.month, r.day, whole(r.price_cents),
      cents(r.price_cents), whole(r.area_hundredths), cents(r.area_hundredths),
      whole(r.far_hundredths), cents(r.far_hundredths), r.term, r.level, r.method.second);
  csv.append(line, static_cast<std::size_t>(length));
}

SampleTable LargeTable(std::size_t rows) {
  SampleTable table;
  table.sources = {"large.csv"};
  table.Resize(rows, false);
  table.sample_id.Reserve(rows, 9 * rows);
  for (std::size_t i = 0; i < rows; ++i) FillRow(i, table);
  return table;
}

ComputePlan LargePlan() {
  ComputePlan plan;
  plan.id = "large";
  plan.county = "000000";
  plan.base_date = Date(std::chrono::year(2025), std::chrono::month(1), std::chrono::day(1));
  plan.window = {Date(std::chrono::year(2020), std::chrono::month(1), std::chrono::day(1)),
                 plan.base_date};
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, 1'000'000};
  for (const Use& use : kUses) {
    UsePlan part;
    part.use = use.use;
    part.conditions.term = Years::Of(use.term);
    part.conditions.capitalization_rate = Rate::FromUnits(Millionths(use.capitalization_rate));
    part.conditions.development_level = "五通一平";
    part.conditions.far = FloorAreaRatio::FromUnits(Millionths(use.far));
    part.date.kind = DateCorrectionKind::kMonthlyRate;
    part.date.monthly_rate = Rate::FromUnits(Millionths(use.monthly_rate));
    if (use.far_exponent > 0.0) {
      part.far.kind = FarCorrectionKind::kPower;
      part.far.exponent_by_grade = {{0, use.far_exponent}};
    }
    part.development.cost_by_level = {{"三通一平", UnitPrice::Of(75)},
                                      {"五通一平", UnitPrice::Of(120)},
                                      {"七通一平", UnitPrice::Of(190)}};
    plan.uses.push_back(std::move(part));
  }
  return plan;
}

}  // namespace dijia::bench
