// The worked case of 通道侗族自治县 (通政发〔2026〕1号 and its technical report 2025-11, model case
// of the county's report system) to the last printed digit, and the formulas of its other uses.
// Which tables are published and which are invented: tests/golden/tongdao/README.md.
#include <gtest/gtest.h>

#include <array>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/valuation.h"
#include "dijia/waterfall.h"
#include "support/tongdao.h"

namespace dijia {
namespace {

using test::Tongdao;

Measure M(std::string_view text) { return Measure::Parse(text).value(); }
FactorInput Level(std::string level) { return {std::move(level), {}, {}}; }
FactorInput Measured(std::string_view text) { return {"", M(text), {}}; }

// Of a valuation on 2026-06-03: 14 months and 2/30 = 14.07, K_t = 1.002^14.07 = 1.0285.
Parcel ParcelOf(LandUse use, int grade, std::string_view area, std::string_view term) {
  Parcel parcel;
  parcel.parcel_id = "P";
  parcel.county = "431230";
  parcel.site.use = use;
  parcel.site.grade = grade;
  parcel.area_sqm = Area::Parse(area).value();
  parcel.site.term = Years::Parse(term).value();
  parcel.valuation_date = ParseDate("2026-06-03").value();
  parcel.development_level = "五通一平";
  return parcel;
}

// 居住 II, FAR 4.58, 63.97 years, 19.02 m², regional steps in the order of the table.
Parcel CaseA() {
  Parcel parcel = ParcelOf(LandUse::kResidential, 2, "19.02", "63.97");
  parcel.site.far = FloorAreaRatio::Parse("4.58").value();
  parcel.site.factors = {
      {"shape", Level("较优")}, {"view", Level("优")}, {"orientation", Level("南")}};
  constexpr std::array<std::pair<const char*, const char*>, 12> kSteps{{
      {"距小区级商服中心距离", "较优"},
      {"距汽车站距离", "较劣"},
      {"临近道路状况", "较劣"},
      {"距公交站点距离", "一般"},
      {"供水保证率", "优"},
      {"供电保证率", "优"},
      {"排水状况", "优"},
      {"公用设施完善度", "优"},
      {"人口密度", "较优"},
      {"噪声污染状况", "优"},
      {"水污染状况", "优"},
      {"道路规划", "一般"},
  }};
  for (const auto& [factor, level] : kSteps) {
    parcel.site.sums["regional"][factor] = Level(level);
  }
  return parcel;
}

std::string PriceOf(const Valuation& valuation) {
  for (const Diagnostic& problem : valuation.missing) {
    ADD_FAILURE() << problem.where.field << ": " << TextOf(problem, Language::kEn);
  }
  return valuation.unit_price ? valuation.unit_price->ToString() : "withheld";
}

// The exact price before rounding.
std::string ExactOf(const Valuation& valuation) {
  return valuation.steps.size() < 2 ? "" : valuation.steps[valuation.steps.size() - 2].after;
}

TEST(TongdaoCaseA, GivesThePrintedPrice) {
  const Valuation valuation = ValueParcel(CaseA(), Tongdao());
  EXPECT_EQ(PriceOf(valuation), "1144.6");
  EXPECT_EQ(valuation.base_price->ToString(), "710");
  EXPECT_EQ(valuation.floor_price->ToString(), "249.91");  // 1144.6 / 4.58 = 249.9127
  EXPECT_EQ(valuation.total->ToString(), "21770");         // 1144.6 × 19.02 = 21770.292
  EXPECT_EQ(valuation.publication, "tongdao-2026");
  EXPECT_TRUE(valuation.warnings.empty());
}

TEST(TongdaoCaseA, HasThePrintedSteps) {
  const Valuation valuation = ValueParcel(CaseA(), Tongdao());
  std::vector<std::pair<std::string, std::string>> steps;
  for (const ValuationStep& step : valuation.steps) {
    steps.emplace_back(step.name, step.coefficient ? step.coefficient->ToString() : step.add);
  }
  const std::vector<std::pair<std::string, std::string>> printed{
      {"base", "710"},         {"regional", "1.02402"},  // Σ = 2.4020 %
      {"term", "0.995"},                                 // r = 6.75 %, 63.97 of 70
      {"far", "1.4369"},                                 // between 4.5 = 1.4259 and 4.6 = 1.4397
      {"date", "1.0285"},                                // 1.002^14.07
      {"area", "0.98"},        {"shape", "1.02"},       {"view", "1.05"},
      {"orientation", "1.02"}, {"development", "0"},    {"rounding", "0.04563117729035506294"}};
  EXPECT_EQ(steps, printed);
  EXPECT_EQ(ExactOf(valuation), "1144.55436882270964493706");  // real-cases.md §2.1: 1144.554
  EXPECT_EQ(valuation.steps.back().after, "1144.6");
  EXPECT_EQ(valuation.steps[1].input, "2.402 %");
  EXPECT_EQ(valuation.steps[1].factors.size(), 12U);
  EXPECT_EQ(valuation.steps[4].input, "2025-04-01 → 2026-06-03: 14.07, 0.002");
  EXPECT_EQ(valuation.steps[5].input, "19.02 → 劣");
}

// Nothing rounded gives 1144.544, which prints 1144.5: the plan decides the last digit.
TEST(TongdaoCaseA, WithoutRoundingOfStepsGivesAnotherDigit) {
  Publication publication = Tongdao();
  publication.rounding.coefficient.reset();
  publication.rounding.months.reset();
  const Valuation valuation = ValueParcel(CaseA(), publication);
  EXPECT_EQ(PriceOf(valuation), "1144.5");
  EXPECT_EQ(ExactOf(valuation).substr(0, 8), "1144.544");
}

TEST(TongdaoCaseA, WaterfallSumsToTheLastDigit) {
  const Valuation valuation = ValueParcel(CaseA(), Tongdao());
  const std::vector<WaterfallBar> bars = WaterfallOf(valuation);
  ASSERT_EQ(bars.size(), valuation.steps.size() - 1);
  UnitPrice sum;
  for (const WaterfallBar& bar : bars) sum = sum + bar.yuan;
  EXPECT_EQ(sum.ToString(), "434.6");
  EXPECT_GT(bars[2].yuan, UnitPrice::Of(300));  // the floor area ratio
  EXPECT_LT(bars[4].yuan, UnitPrice());         // the area
}

TEST(TongdaoCaseA, MeasurementsGiveTheSameLevels) {
  Parcel parcel = CaseA();
  FactorInputs& regional = parcel.site.sums["regional"];
  regional["距小区级商服中心距离"] = Measured("700");  // left open, right closed: 300–700
  regional["距汽车站距离"] = Measured("1100.000001");
  regional["供水保证率"] = Measured("98");
  EXPECT_EQ(PriceOf(ValueParcel(parcel, Tongdao())), "1144.6");
}

TEST(TongdaoCaseA, ANeededFactorThatIsMissingIsNamed) {
  Parcel parcel = CaseA();
  parcel.site.sums["regional"].erase("道路规划");
  parcel.site.factors.erase("shape");
  parcel.site.term.reset();
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  EXPECT_EQ(valuation.status, ValuationStatus::kWithheld);
  EXPECT_FALSE(valuation.unit_price);
  std::vector<std::string> fields;
  for (const Diagnostic& problem : valuation.missing) {
    EXPECT_EQ(problem.code, Code::kFieldNeeded);
    fields.push_back(problem.where.field);
  }
  EXPECT_EQ(fields,
            (std::vector<std::string>{"factors.regional.道路规划", "term_years", "factors.shape"}));
}

// view 劣 may be 0.93–0.97, of which the report system takes 0.95.
TEST(TongdaoCaseA, AChoiceInsideARangeIsUsedAndOutsideRefused) {
  Parcel parcel = CaseA();
  parcel.site.factors["view"] = {"劣", {}, Coefficient::Parse("0.93").value()};
  // 1144.55436882… × 0.93 / 1.05 = 1013.748…
  EXPECT_EQ(PriceOf(ValueParcel(parcel, Tongdao())), "1013.7");
  parcel.site.factors["view"].chosen = Coefficient::Parse("0.98").value();
  const Valuation refused = ValueParcel(parcel, Tongdao());
  ASSERT_EQ(refused.missing.size(), 1U);
  EXPECT_EQ(refused.missing[0].code, Code::kChosenOutsideRange);
}

// P = 级别价 × (1+ΣKi) × Ky × Kv × Kt × Ks × Ka × Ku + Kf
TEST(TongdaoFormulas, CommercialAwayFromTheStreet) {
  Parcel parcel = ParcelOf(LandUse::kCommercial, 2, "600", "35.5");
  parcel.site.far = FloorAreaRatio::Parse("2.4").value();
  parcel.development_level = "三通一平";
  parcel.site.factors = {{"shape", Level("较劣")}, {"surroundings", Level("较优")}};
  parcel.site.sums["regional"]["示例因素"] = Level("较劣");
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  // 2080 × 0.985 × 0.9785 × 1.2068 × 1.0285 × 1.00 × 0.99 × 1.02 − 45
  EXPECT_EQ(ExactOf(valuation), "2467.669449287389392");
  EXPECT_EQ(PriceOf(valuation), "2467.7");
}

Parcel Shop(std::string_view area, std::string_view term, std::string_view far) {
  Parcel parcel = ParcelOf(LandUse::kCommercial, 2, area, term);
  parcel.site.route = "B25";
  parcel.width = Metres::Of(10);
  parcel.site.far = FloorAreaRatio::Parse(far).value();
  parcel.site.factors = {
      {"shape", Level("优")}, {"surroundings", Level("优")}, {"corner", Measured("0.5")}};
  return parcel;
}

// P = 路线价 × Ky × Kv × Kt × Ks × Ka × Kc × Kk × Kd × Ku + Kf, no ΣKi
TEST(TongdaoFormulas, CommercialAtTheStreet) {
  Parcel parcel = Shop("120", "40", "1.5");
  parcel.site.factors = {
      {"shape", Level("一般")}, {"surroundings", Level("一般")}, {"corner", Measured("0")}};
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  // Depth 12 of 20 m: cumulative 78 %, average 78 / 0.6 = 130 %.
  // 2150 × 1 × 1 × 1.0285 × 0.98 × 1 × 1 × 1.02 × 1.3000 × 1
  EXPECT_EQ(ExactOf(valuation), "2873.507637");
  EXPECT_EQ(PriceOf(valuation), "2873.5");
}

// P = (P临 × A临 + P不临 × A不临) / A商, A临 = 标准深度 × 临街宽度
TEST(TongdaoFormulas, CommercialDeeperThanTheStandardDepthIsSplit) {
  Parcel parcel = Shop("320", "35.5", "2.4");
  parcel.site.sums["regional"]["示例因素"] = Level("优");
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  // (2965.1933926062512410… × 200 + 2742.7636465723868774… × 120) / 320 = 2881.7822…
  EXPECT_EQ(PriceOf(valuation), "2881.8");
  ASSERT_EQ(valuation.parts.size(), 2U);
  EXPECT_EQ(valuation.parts[0].name, "frontage");
  EXPECT_EQ(valuation.parts[0].weight, "200/320");
  EXPECT_EQ(valuation.parts[0].steps.back().after, "2965.19339260625124105");
  EXPECT_EQ(valuation.parts[1].weight, "120/320");
  EXPECT_EQ(valuation.parts[1].steps.back().after, "2742.76364657238687744");
}

TEST(TongdaoFormulas, AParcelSetBackBeyondTheStandardDepthIsNotPricedByTheStreet) {
  Parcel parcel = Shop("120", "40", "1.5");
  parcel.site.sums["regional"]["示例因素"] = Level("一般");
  parcel.set_back = Metres::Of(9);  // 9 + 12 > 20
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  EXPECT_EQ(valuation.base_price->ToString(), "2080");
  ASSERT_FALSE(valuation.warnings.empty());
  EXPECT_EQ(valuation.warnings[0].code, Code::kSetBackTooDeep);
}

// P = 级别价 × (1+ΣKi) × Ky × Kv × Kt × Ks × Ka + Kf
TEST(TongdaoFormulas, PublicService) {
  Parcel parcel = ParcelOf(LandUse::kPublicService, 3, "10000", "50");
  parcel.site.far = FloorAreaRatio::Parse("1.2").value();
  parcel.site.factors["shape"] = Level("优");
  parcel.site.sums["regional"]["示例因素"] = Level("较优");
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  // 535 × 1.012 × 1 × (1.2/1.5)^0.4 = 0.9146 × 1.0285 × 1.04 × 1.03
  EXPECT_EQ(ExactOf(valuation), "545.5572751801744");
  EXPECT_EQ(PriceOf(valuation), "545.6");
}

// P = 级别价 × Ky × Kt × Ks × Ka + Kf, no ΣKi and no Kv
TEST(TongdaoFormulas, PublicUtility) {
  Parcel parcel = ParcelOf(LandUse::kPublicUtility, 1, "100", "30");
  parcel.development_level = "三通一平";
  parcel.site.factors["shape"] = Level("一般");
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  // 365 × 0.8719 × 1.0285 × 0.98 × 1 − 45
  EXPECT_EQ(ExactOf(valuation), "275.767170955");
  EXPECT_EQ(PriceOf(valuation), "275.8");
}

// P = 级别价 × (1+ΣKi) × Ky × Kt × Ks × Ka + Kf, no Kv
TEST(TongdaoFormulas, IndustryAndStorage) {
  Parcel mine = ParcelOf(LandUse::kIndustrial, 4, "9000", "49.5");
  mine.site.factors["shape"] = Level("较优");
  mine.site.sums["regional"]["示例因素"] = Level("劣");
  // 285 × 0.97 × 0.9982 × 1.0285 × 1.02 × 1.02
  EXPECT_EQ(ExactOf(ValueParcel(mine, Tongdao())), "295.283241252846");
  EXPECT_EQ(PriceOf(ValueParcel(mine, Tongdao())), "295.3");
  Parcel store = ParcelOf(LandUse::kStorage, 5, "2000", "20");
  store.site.factors["shape"] = Level("劣");
  store.site.sums["regional"]["示例因素"] = Level("优");
  // 270 × 1.024 × 0.7191 × 1.0285 × 0.99 × 0.97
  EXPECT_EQ(ExactOf(ValueParcel(store, Tongdao())), "196.3650689662464");
  EXPECT_EQ(PriceOf(ValueParcel(store, Tongdao())), "196.4");
}

TEST(TongdaoFormulas, MixedUseIsWeightedByShares) {
  Parcel parcel = CaseA();
  ParcelUse homes, shops;
  homes.share = Coefficient::Parse("0.7").value();
  homes.term = parcel.site.term;
  shops.use = LandUse::kCommercial;
  shops.share = Coefficient::Parse("0.3").value();
  shops.term = Years::Of(40);
  shops.factors["surroundings"] = Level("一般");
  shops.sums["regional"]["示例因素"] = Level("一般");
  parcel.site.term.reset();
  parcel.parts = {homes, shops};
  const Valuation valuation = ValueParcel(parcel, Tongdao());
  ASSERT_EQ(valuation.parts.size(), 2U);
  EXPECT_EQ(valuation.parts[0].steps.back().after, "1144.55436882270964493706");
  EXPECT_EQ(valuation.parts[1].weight, "0.3");
  // 2080 × 1 × 1 × (4.58/1.5)^0.4 = 1.5628 × 1.0285 × 0.98 × 1.01 × 1 = 3309.1654628032;
  // 0.7 × 1144.55436882… + 0.3 × 3309.1654628032 = 1793.9376…
  EXPECT_EQ(PriceOf(valuation), "1793.9");
  // What one of the parts uses is used; what a part states itself must be used by it.
  EXPECT_TRUE(valuation.warnings.empty());
  parcel.parts[1].factors["view"] = Level("优");
  const Valuation warned = ValueParcel(parcel, Tongdao());
  ASSERT_EQ(warned.warnings.size(), 1U);
  EXPECT_EQ(warned.warnings[0].where.field, "factors.view");
  parcel.parts[1].factors.erase("view");
  parcel.parts[1].share = Coefficient::Parse("0.2").value();
  const Valuation partial = ValueParcel(parcel, Tongdao());
  ASSERT_EQ(partial.missing.size(), 1U);
  EXPECT_EQ(partial.missing[0].code, Code::kSharesNotWhole);
}

}  // namespace
}  // namespace dijia
