// Columns against parcels one by one: random publications of every kind of table and rounding, and
// random parcels with everything that withholds a value.
#include "dijia/prepared_valuation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "dijia/waterfall.h"
#include "support/random.h"

namespace dijia {
namespace {

using test::Random;

constexpr int kPublications = 400, kParcels = 60;
constexpr std::uint64_t kSeed = 20260401;

constexpr std::array kLevels{"优", "较优", "一般", "12.5", "劣"};
constexpr std::array kModes{RoundingMode::kHalfUp, RoundingMode::kHalfEven, RoundingMode::kUp,
                            RoundingMode::kDown};

std::optional<Rounding> RandomRounding(Random& random, std::int64_t least) {
  if (random.OneIn(4)) return std::nullopt;
  constexpr std::array<std::int64_t, 6> kTimes{1, 2, 5, 10, 100, 250};
  return Rounding{random.Of(kModes), least * random.Of(kTimes)};
}

// Makes a publication of one or two uses.
class PublicationMaker {
 public:
  explicit PublicationMaker(Random& random) : random_(random) {}

  Publication Make() {
    Publication publication;
    publication.id = "random";
    publication.base_date = ParseDate("2025-01-31").value();
    RoundingPlan& plan = publication.rounding;
    plan = {RandomRounding(random_, 10),     RandomRounding(random_, 1),
            RandomRounding(random_, 10'000), RandomRounding(random_, 100),
            RandomRounding(random_, 100),    RandomRounding(random_, 1'000'000)};
    // Now and then an interval that counts of 10^-4 do not hold.
    if (random_.OneIn(20)) plan.total = Rounding{RoundingMode::kUp, 37};
    if (random_.OneIn(20)) plan.unit_price = Rounding{RoundingMode::kHalfUp, 33};
    if (random_.OneIn(5)) publication.primary_unit = PriceUnit::kYuanPerSqmFloor;
    if (random_.OneIn(5)) {
      publication.unit_price_by_magnitude = {
          {UnitPrice::Of(500), {random_.Of(kModes), 5'000'000}},
          {UnitPrice::Of(3000), {random_.Of(kModes), 100'000'000}}};
    }
    publication.uses[LandUse::kResidential] = Use();
    if (random_.OneIn(2)) publication.uses[LandUse::kCommercial] = Use();
    return publication;
  }

 private:
  // Mostly near 1; sometimes 0 or below, which columns leave alone.
  Coefficient K() {
    if (random_.OneIn(1500)) return Coefficient::FromUnits(random_.Between(-20'000, 0));
    const std::int64_t unit = random_.OneIn(2) ? 100 : 1;
    return Coefficient::FromUnits(random_.Between(500'000 / unit, 1'500'000 / unit) * unit);
  }

  std::optional<Breaks> RandomBreaks() {
    if (random_.OneIn(2)) return std::nullopt;
    Breaks breaks;
    breaks.closed = random_.OneIn(2) ? ClosedEnd::kLeft : ClosedEnd::kRight;
    breaks.bounds = {Measure::Of(10), Measure::Of(100), Measure::FromUnits(1'000'500'000)};
    breaks.order = {"优", "较优", "一般", "劣"};
    return breaks;
  }

  ByGrade Values(TableBy by) {
    ByGrade values;
    if (by == TableBy::kAll) return {{0, K()}};
    for (int grade = 1; grade <= 3; ++grade) {
      if (!random_.OneIn(12)) values[grade] = K();
    }
    return values;
  }

  Levels LevelTable() {
    Levels levels;
    for (const char* level : kLevels) {
      if (!random_.OneIn(12)) levels.levels[level] = K();
    }
    levels.breaks = RandomBreaks();
    if (random_.OneIn(4)) {
      levels.ranges["优"] = {Coefficient::FromUnits(900'000), Coefficient::FromUnits(1'200'000)};
    }
    return levels;
  }

  Curve RandomCurve() {
    Curve curve;
    curve.by = random_.OneIn(2) ? TableBy::kAll : TableBy::kGrade;
    curve.outside = random_.OneIn(2) ? OutsideRule::kClamp : OutsideRule::kWithhold;
    if (random_.OneIn(3)) {
      curve.interpolation = Interpolation::kPower;
      curve.exponents = Values(curve.by);
    } else {
      curve.interpolation = random_.OneIn(3) ? Interpolation::kStep : Interpolation::kLinear;
      for (const std::int64_t at : {500'000, 1'000'000, 2'500'000, 4'000'000}) {
        curve.rows.push_back({Measure::FromUnits(at), Values(curve.by)});
      }
      curve.relative = random_.OneIn(4);
    }
    if (random_.OneIn(2)) curve.base = Measure::FromUnits(1'500'000);
    return curve;
  }

  IndexSeries RandomIndex() {
    IndexSeries index;
    index.outside = random_.OneIn(2) ? OutsideRule::kClamp : OutsideRule::kWithhold;
    for (const char* day : {"2025-01-01", "2025-07-01", "2026-01-15"}) {
      index.points.push_back(
          {ParseDate(day).value(), Coefficient::FromUnits(random_.Between(90, 130) * 1'000'000)});
    }
    return index;
  }

  Factors RandomFactors() {
    Factors factors;
    factors.by = random_.OneIn(2) ? TableBy::kAll : TableBy::kGrade;
    for (int grade = factors.by == TableBy::kAll ? 0 : 1; grade <= 3; ++grade) {
      for (int i = 0; i < 4; ++i) {
        Factors::Factor factor;
        factor.factor = "f" + std::to_string(i);
        const std::int64_t unit = random_.OneIn(2) ? 10'000 : 1;
        for (const char* level : kLevels) {
          factor.levels[level] =
              Percent::FromUnits(random_.Between(-9'000'000 / unit, 9'000'000 / unit) * unit);
        }
        factor.breaks = RandomBreaks();
        factors.tables[grade].push_back(std::move(factor));
      }
      if (factors.by == TableBy::kAll) break;
    }
    return factors;
  }

  Additive RandomAdditions() {
    Additive additive;
    for (const char* level : {"三通一平", "五通一平"}) {
      additive.levels[level] = UnitPrice::FromUnits(random_.Between(-90'0000, 90'0000));
    }
    return additive;
  }

  Matrix RandomMatrix() {
    Matrix matrix;
    matrix.standard = {{0, "一般"}, {2, "优"}};
    for (const char* standard : {"一般", "优"}) {
      for (const char* level : kLevels) matrix.rows[standard][level] = K();
    }
    matrix.breaks = RandomBreaks();
    return matrix;
  }

  PublishedUse Use() {
    PublishedUse use;
    use.term = Years::Of(70);
    use.capitalization_rate = Rate::FromUnits(random_.Between(10'000, 90'000));
    use.development_level = random_.OneIn(2) ? "七通一平" : "五通一平";
    for (int grade = 1; grade <= 3; ++grade) {
      PublishedGrade& of = use.grades.emplace_back();
      of.grade = grade;
      if (!random_.OneIn(8)) of.price = UnitPrice::FromUnits(random_.Between(1, 9'000'0000));
      if (random_.OneIn(2)) of.price = UnitPrice::Of(random_.Between(1, 9000));
      if (!random_.OneIn(4)) of.far = FloorAreaRatio::FromUnits(random_.Between(5, 30) * 100'000);
    }
    use.grades.push_back({1, "办公", UnitPrice::Of(777), FloorAreaRatio::Of(3), "", ""});
    use.zones = {{"J1", 1, UnitPrice::FromUnits(1234'5600), FloorAreaRatio::Of(1)},
                 {"J2", 2, UnitPrice::Of(88), std::nullopt},
                 {"J3", 3, std::nullopt, std::nullopt}};
    const auto put = [&](const std::string& name, CoefficientTable table) {
      if (random_.OneIn(3)) return;
      const bool adds = std::holds_alternative<Additive>(table);
      (adds ? use.formula.add : use.formula.product).push_back(name);
      use.coefficients.emplace(name, std::move(table));
    };
    put("term", TermFormula());
    put("far", RandomCurve());
    if (random_.OneIn(2)) {
      put("date", MonthlyRate{Rate::FromUnits(random_.Between(-5'000, 9'000))});
    } else {
      put("date", RandomIndex());
    }
    put("shape", LevelTable());
    put("area", LevelTable());
    put("width", random_.OneIn(2) ? CoefficientTable(LevelTable()) : RandomCurve());
    put("slope", RandomCurve());
    put("pair", RandomMatrix());
    if (random_.OneIn(30))
      put("depth",
          Depth{Metres::Of(20), OutsideRule::kClamp, {{Measure::Of(1), Percent::Of(100)}}});
    put("development", RandomAdditions());
    put("noise", RandomAdditions());
    if (!random_.OneIn(4)) {
      use.formula.sum = "regional";
      use.coefficients.emplace("regional", RandomFactors());
    }
    return use;
  }

  Random& random_;
};

// Makes parcels of which most are complete.
class ParcelMaker {
 public:
  explicit ParcelMaker(Random& random) : random_(random) {}

  Parcel Make() {
    Parcel parcel;
    parcel.parcel_id = "p";
    ParcelUse& site = parcel.site;
    if (!Lacks()) site.use = random_.OneIn(4) ? LandUse::kCommercial : LandUse::kResidential;
    if (!Lacks()) site.grade = static_cast<int>(random_.Between(1, 3));
    if (random_.OneIn(10)) site.sub_use = "办公";
    if (random_.OneIn(5)) site.zone = random_.Of(std::array{"J1", "J2", "J3", "J4"});
    if (random_.OneIn(5)) site.grade = 0;
    if (random_.OneIn(40)) site.route = "R1";
    if (!Lacks()) site.far = FloorAreaRatio::FromUnits(random_.Between(1, 500) * 10'000);
    if (!Lacks()) site.term = Years::FromUnits(random_.Between(1, 701) * 1'000);
    if (random_.OneIn(10)) site.term = Years::Of(70);
    if (!Lacks()) parcel.area_sqm = Area::FromUnits(random_.Between(1, 90'000'000));
    if (random_.OneIn(60)) parcel.area_sqm = Area::FromUnits(INT64_MAX - random_.Between(0, 9));
    if (!Lacks()) parcel.width = Metres::FromUnits(random_.Between(1, 400) * 10'000);
    if (!Lacks()) {
      parcel.valuation_date =
          FromDays(ToDays(ParseDate("2024-12-01").value()) + Days(random_.Between(0, 500)));
    }
    if (!Lacks()) {
      parcel.development_level = random_.Of(std::array{"三通一平", "五通一平", "七通一平"});
    }
    for (const char* name : {"shape", "pair"}) {
      if (!Lacks()) site.factors[name] = State();
    }
    for (const char* name : {"area", "width", "noise"}) {
      if (random_.OneIn(6)) site.factors[name] = State();
    }
    if (!Lacks()) site.factors["noise"].level = "五通一平";
    if (!Lacks())
      site.factors["slope"].measure = Measure::FromUnits(random_.Between(0, 50) * 100'000);
    for (int i = 0; i < 4; ++i) {
      if (!Lacks()) site.sums["regional"]["f" + std::to_string(i)] = State();
    }
    if (random_.OneIn(50)) site.factors["none"].level = "x";
    if (random_.OneIn(50)) parcel.parts.push_back(site);
    return parcel;
  }

 private:
  bool Lacks() { return random_.OneIn(60); }

  FactorInput State() {
    FactorInput state;
    if (random_.OneIn(4)) {
      const std::int64_t units = random_.OneIn(3) ? 100'000'000 : random_.Between(0, 2'000'000'000);
      state.level = FormatDecimal(units, Measure::kScale);
      state.measure = Measure::FromUnits(units);
    } else {
      state.level = random_.Of(kLevels);
      if (state.level == "12.5") state.measure = Measure::FromUnits(12'500'000);
    }
    if (random_.OneIn(80)) state.level = "中";
    if (random_.OneIn(80)) state.chosen = Coefficient::FromUnits(1'010'000);
    return state;
  }

  Random& random_;
};

// A formula keeps only what it uses, so that most parcels are plain.
void DropUnused(const Publication& publication, Parcel& parcel, Random& random) {
  if (!parcel.site.use || random.OneIn(20)) return;
  const auto use = publication.uses.find(*parcel.site.use);
  if (use == publication.uses.end()) return;
  const auto& coefficients = use->second.coefficients;
  std::erase_if(parcel.site.factors,
                [&](const auto& factor) { return !coefficients.contains(factor.first); });
  std::erase_if(parcel.site.sums,
                [&](const auto& sum) { return !coefficients.contains(sum.first); });
}

std::string StepsOf(const Valuation& valuation) {
  std::string text;
  for (const ValuationStep& step : valuation.steps) {
    text +=
        step.name + " " + (step.coefficient ? "x" + step.coefficient->ToString() : step.add) + "; ";
  }
  return text;
}

std::string StepsOf(const PreparedValuation& prepared, std::uint16_t place, const PricedRow& row) {
  std::string text = "base " + row.base_price.ToString() + "; ";
  for (std::size_t i = 0; i < row.steps.size(); ++i) {
    const PreparedStep& step = prepared.Steps(place)[i];
    text += step.name + " " +
            (step.adds ? UnitPrice::FromUnits(row.steps[i]).ToString()
                       : "x" + AppliedCoefficient::FromUnits(row.steps[i]).ToString()) +
            "; ";
  }
  return text + "rounding " + row.rounding + "; ";
}

template <class Q>
std::optional<Q> Known(std::int64_t units) {
  return units == ParcelColumns::kNotKnown ? std::nullopt : std::optional(Q::FromUnits(units));
}

struct Counts {
  std::size_t valued = 0, plain = 0, withheld = 0;
};

void ExpectTheSame(const Publication& publication, const std::vector<Parcel>& parcels,
                   Counts& counts) {
  const PreparedValuation prepared(publication);
  ParcelColumns columns = prepared.MakeColumns(parcels.size());
  for (std::size_t i = 0; i < parcels.size(); ++i) prepared.Put(parcels[i], i, columns);
  ColumnValuer valuer(prepared);
  ColumnPrices prices;
  prices.Resize(parcels.size());
  std::size_t plain = valuer.Value(columns, 0, parcels.size(), prices);
  counts.plain += plain;
  for (std::size_t i = 0; i < parcels.size(); ++i) {
    const Valuation wanted = ValueParcel(parcels[i], publication);
    const bool valued = wanted.status == ValuationStatus::kValued;
    ++(valued ? counts.valued : counts.withheld);
    PricedRow row;
    const bool explained = valuer.Explain(columns, i, row);
    const auto price = Known<UnitPrice>(prices.unit_price[i]);
    ASSERT_TRUE(valued || (!price && !explained));
    if (!price) {
      ASSERT_FALSE(explained);
      continue;
    }
    --plain;
    ASSERT_EQ(price, wanted.unit_price);
    ASSERT_EQ(Known<FloorPrice>(prices.floor_price[i]), wanted.floor_price);
    ASSERT_EQ(Known<Money>(prices.total[i]), wanted.total);
    ASSERT_TRUE(wanted.warnings.empty());
    if (explained) {
      ASSERT_EQ(row.unit_price, wanted.unit_price);
      ASSERT_EQ(row.base_price, wanted.base_price);
      ASSERT_EQ(row.floor_price, wanted.floor_price);
      ASSERT_EQ(row.total, wanted.total);
      ASSERT_EQ(StepsOf(prepared, columns.place[i], row), StepsOf(wanted));
    }
    std::vector<std::int64_t> bars;
    if (!valuer.Waterfall(columns, i, bars)) continue;
    const std::vector<WaterfallBar> waterfall = WaterfallOf(wanted);
    ASSERT_EQ(bars.size(), waterfall.size());
    for (std::size_t k = 0; k < bars.size(); ++k) {
      ASSERT_EQ(bars[k], waterfall[k].yuan.units()) << waterfall[k].name << StepsOf(wanted);
    }
  }
  ASSERT_EQ(plain, 0U);
}

TEST(PreparedValuation, ValuesRandomParcelsAsOneByOne) {
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  Random random(kSeed);
  Counts counts;
  for (int trial = 0; trial < kPublications; ++trial) {
    const Publication publication = PublicationMaker(random).Make();
    std::vector<Parcel> parcels;
    for (int i = 0; i < kParcels; ++i) {
      parcels.push_back(ParcelMaker(random).Make());
      DropUnused(publication, parcels.back(), random);
    }
    ASSERT_NO_FATAL_FAILURE(ExpectTheSame(publication, parcels, counts)) << "publication " << trial;
  }
  // Most of what is valued is valued over columns, and much is withheld.
  EXPECT_GT(counts.plain * 10, counts.valued * 7) << counts.plain << " of " << counts.valued;
  EXPECT_GT(counts.withheld, counts.valued / 10) << counts.withheld;
}

// A product of more than 256 bits has no price here, and ValueParcel has one.
TEST(PreparedValuation, LeavesLongProductsToTheOnePath) {
  Publication publication;
  publication.id = "long";
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.grades = {{1, "", UnitPrice::FromUnits(9'999'9999), std::nullopt, "", ""}};
  Parcel parcel;
  parcel.site.use = LandUse::kResidential;
  parcel.site.grade = 1;
  for (int i = 0; i < 11; ++i) {
    const std::string name = "k" + std::to_string(i);
    use.formula.product.push_back(name);
    use.coefficients.emplace(
        name, Levels{{{"x", Coefficient::FromUnits(99'999'999'999'9)}}, std::nullopt});
    parcel.site.factors[name].level = "x";
  }
  const PreparedValuation prepared(publication);
  ParcelColumns columns = prepared.MakeColumns(1);
  ASSERT_TRUE(prepared.Put(parcel, 0, columns));
  ColumnPrices prices;
  prices.Resize(1);
  EXPECT_EQ(ColumnValuer(prepared).Value(columns, 0, 1, prices), 0U);
  EXPECT_EQ(prices.unit_price[0], ParcelColumns::kNotKnown);
}

}  // namespace
}  // namespace dijia
