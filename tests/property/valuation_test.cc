// What holds for every publication and every parcel.
#include "dijia/valuation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/decimal.h"
#include "dijia/waterfall.h"
#include "io/csv_head.h"
#include "io/parcel_layout.h"
#include "json/parcel_codec.h"
#include "json/text.h"
#include "support/random.h"

namespace dijia {
namespace {

using test::Random;

constexpr int kTrials = 2000;

Coefficient FourPlaces(std::int64_t units) { return Coefficient::FromUnits(units * 100); }

// A use with levels `k0` …, a sum of factors and an addition, and the parcel that chooses them.
struct Land {
  Publication publication;
  Parcel parcel;

  PublishedUse& use() { return publication.uses.at(LandUse::kResidential); }
  Coefficient& k(int i) {
    return std::get<Levels>(use().coefficients.at("k" + std::to_string(i))).levels.at("x");
  }
  std::vector<Factors::Factor>& factors() {
    return std::get<Factors>(use().coefficients.at("sum")).tables.at(0);
  }
  UnitPrice& addition() { return std::get<Additive>(use().coefficients.at("add")).levels.at("x"); }
};

constexpr int kCoefficients = 5;

// Coefficients of four places from 0.5 to 1.5, five factors within 6 %, an addition.
Land RandomLand(Random& random) {
  Land land;
  Publication& publication = land.publication;
  publication.id = "random";
  publication.base_date = ParseDate("2025-01-01").value();
  PublishedUse& use = publication.uses[LandUse::kResidential];
  use.term = Years::Of(70);
  use.capitalization_rate = Rate::Parse("0.06").value();
  PublishedGrade grade;
  grade.price = UnitPrice::FromUnits(random.Between(10'0000, 9999'0000));
  use.grades = {grade};
  land.parcel.site.use = LandUse::kResidential;
  land.parcel.site.grade = 1;
  const auto choose = [&](const std::string& name, CoefficientTable table) {
    use.coefficients.emplace(name, std::move(table));
    land.parcel.site.factors[name].level = "x";
  };
  for (int i = 0; i < kCoefficients; ++i) {
    const std::string name = "k" + std::to_string(i);
    use.formula.product.push_back(name);
    choose(name, Levels{{{"x", FourPlaces(random.Between(5000, 15000))}}, std::nullopt});
  }
  choose("add", Additive{{{"x", UnitPrice::FromUnits(random.Between(-200'0000, 200'0000))}}});
  use.formula.add = {"add"};
  Factors sum;
  sum.by = TableBy::kAll;
  for (int i = 0; i < 5; ++i) {
    Factors::Factor factor;
    factor.factor = "f" + std::to_string(i);
    factor.levels["x"] = Percent::FromUnits(random.Between(-60000, 60000) * 100);
    sum.tables[0].push_back(factor);
    land.parcel.site.sums["sum"][factor.factor].level = "x";
  }
  use.coefficients.emplace("sum", std::move(sum));
  use.formula.sum = "sum";
  constexpr std::array<RoundingMode, 4> kModes{RoundingMode::kHalfUp, RoundingMode::kHalfEven,
                                               RoundingMode::kUp, RoundingMode::kDown};
  constexpr std::array<std::int64_t, 4> kIntervals{1, 100, 1000, 5'0000};  // 10^-4 yuan
  const auto one_of = [&](const auto& list) {
    return list[static_cast<std::size_t>(random.Between(0, 3))];
  };
  publication.rounding.unit_price = Rounding{one_of(kModes), one_of(kIntervals) * 100};
  return land;
}

// Zero where nothing above zero is left.
UnitPrice PriceOf(const Land& land) {
  const Valuation valuation = ValueParcel(land.parcel, land.publication);
  EXPECT_TRUE(valuation.status == ValuationStatus::kValued ||
              valuation.missing[0].code == Code::kPriceNotPositive);
  return valuation.unit_price.value_or(UnitPrice());
}

std::string ExactOf(const Valuation& valuation) {
  return valuation.steps.size() < 2 ? "" : valuation.steps[valuation.steps.size() - 2].after;
}

// base × (1 + Σ) × Π + Σ again, in integers. The percentages have four places, so trailing zeros of
// their sum are cut, or 128 bits would not hold the product.
std::int64_t TwinUnits(Land& land) {
  Int128 sum = PowerOfTen(8);
  for (const auto& factor : land.factors()) sum += factor.levels.at("x").units();
  int places = 4 + 8;
  while (sum % 10 == 0 && places > 4) {
    sum /= 10;
    --places;
  }
  Int128 price = Int128{land.use().grades[0].price->units()} * sum;
  for (int i = 0; i < kCoefficients; ++i) {
    price *= land.k(i).units() / 100;
    places += 4;
  }
  Int128 addition = land.addition().units();
  for (int i = 4; i < places; ++i) addition *= 10;
  const Rounding& rounding = *land.publication.rounding.unit_price;
  Int128 unit = 1;
  for (int i = 4; i < places; ++i) unit *= 10;
  const auto rounded =
      RoundQuotient(price + addition, unit, rounding.interval / 100, rounding.mode);
  return rounded.value_or(0);
}

TEST(ValuationLaws, IdentityCorrectionsGiveTheBasePrice) {
  Random random(1);
  for (int trial = 0; trial < kTrials; ++trial) {
    Land land = RandomLand(random);
    for (int i = 0; i < kCoefficients; ++i) land.k(i) = Coefficient::Of(1);
    for (auto& factor : land.factors()) factor.levels["x"] = Percent();
    land.addition() = UnitPrice();
    land.publication.rounding.unit_price.reset();
    ASSERT_EQ(PriceOf(land), *land.use().grades[0].price);
  }
}

TEST(ValuationLaws, TheOrderOfFactorsDoesNotMatterBeforeRounding) {
  Random random(2);
  for (int trial = 0; trial < kTrials; ++trial) {
    Land land = RandomLand(random);
    const Valuation before = ValueParcel(land.parcel, land.publication);
    random.Shuffle(land.use().formula.product);
    random.Shuffle(land.factors());
    const Valuation after = ValueParcel(land.parcel, land.publication);
    ASSERT_EQ(ExactOf(before), ExactOf(after));
    ASSERT_EQ(before.unit_price, after.unit_price);
  }
}

TEST(ValuationLaws, RaisingACoefficientNeverLowersAPrice) {
  Random random(3);
  for (int trial = 0; trial < kTrials; ++trial) {
    Land land = RandomLand(random);
    const UnitPrice before = PriceOf(land);
    const std::int64_t more = random.Between(1, 300);
    switch (random.Between(0, 2)) {
      case 0: {
        Coefficient& k = land.k(static_cast<int>(random.Between(0, kCoefficients - 1)));
        k = k + FourPlaces(more);
        break;
      }
      case 1: {
        Percent& percent = land.factors()[0].levels["x"];
        percent = percent + Percent::FromUnits(more);
        break;
      }
      default:
        land.addition() = land.addition() + UnitPrice::FromUnits(more);
    }
    ASSERT_GE(PriceOf(land), before) << trial;
  }
}

TEST(ValuationLaws, TheWaterfallSumsToTheLastDigit) {
  Random random(4);
  int valued = 0;
  for (int trial = 0; trial < kTrials; ++trial) {
    const Land land = RandomLand(random);
    const Valuation valuation = ValueParcel(land.parcel, land.publication);
    const std::vector<WaterfallBar> bars = WaterfallOf(valuation);
    if (valuation.status != ValuationStatus::kValued) {  // nothing above zero is left
      ASSERT_TRUE(bars.empty());
      continue;
    }
    ++valued;
    ASSERT_EQ(bars.size() + 1, valuation.steps.size());
    UnitPrice sum = *valuation.base_price;
    for (const WaterfallBar& bar : bars) sum = sum + bar.yuan;
    ASSERT_EQ(sum, *valuation.unit_price) << trial;
  }
  EXPECT_GT(valued, kTrials * 9 / 10);
}

TEST(ValuationLaws, IntegersGiveTheSamePrice) {
  Random random(5);
  for (int trial = 0; trial < kTrials; ++trial) {
    Land land = RandomLand(random);
    ASSERT_EQ(PriceOf(land).units(), std::max(TwinUnits(land), std::int64_t{0})) << trial;
  }
}

// Without a rounding a coefficient has twelve places from fifty digits; with one it may come from
// doubles where they are sure. The two agree wherever twelve places tell.
TEST(ValuationLaws, RoundedCoefficientsAreThoseOfFiftyDigits) {
  Random random(7);
  constexpr std::array<RoundingMode, 4> kModes{RoundingMode::kHalfUp, RoundingMode::kHalfEven,
                                               RoundingMode::kUp, RoundingMode::kDown};
  const auto coefficient = [](const Land& land) {
    return ValueParcel(land.parcel, land.publication).steps.at(1).coefficient->units();
  };
  for (int trial = 0; trial < kTrials; ++trial) {
    Land land = RandomLand(random);
    PublishedUse& use = land.use();
    use.capitalization_rate = Rate::FromUnits(random.Between(1'000, 200'000));
    land.parcel.site.term = Years::FromUnits(random.Between(1, 69'0000));
    land.parcel.site.far = FloorAreaRatio::FromUnits(random.Between(100'000, 9'000'000));
    Curve power;
    power.by = TableBy::kAll;
    power.interpolation = Interpolation::kPower;
    power.exponents = {{0, FourPlaces(random.Between(-9'999, 9'999))}};
    power.base = Measure::Of(2);
    use.coefficients["term"] = TermFormula();
    use.coefficients["far"] = power;
    use.formula = {"", {trial % 2 == 0 ? "term" : "far"}, {}};
    const std::int64_t exact = coefficient(land);
    const std::int64_t interval = trial % 3 == 0 ? 1 : 100;  // 10^-6
    const RoundingMode mode = kModes[static_cast<std::size_t>(random.Between(0, 3))];
    land.publication.rounding.coefficient = Rounding{mode, interval};
    const std::int64_t wanted = *RoundQuotient(exact, 1, interval * 1'000'000, mode);
    const bool told = exact % (interval * 500'000) != 0;
    if (!told) continue;
    ASSERT_EQ(coefficient(land), wanted) << trial;
  }
}

const io::Reference& Names() {
  static const io::Reference kNames = io::LoadReference(DIJIA_SOURCE_DIR "/data/reference").value();
  return kNames;
}

// A row of a table of parcels, some cells blank.
std::vector<std::string> RandomCells(Random& random, const std::vector<std::string>& header) {
  static const std::vector<std::string> kLevels{"优", "较优", "12.5", "一般, 或\"差\"", "=1+1"};
  std::vector<std::string> cells;
  for (const std::string& field : header) {
    const auto number = [&](std::int64_t high) {
      return FormatDecimal(random.Between(1, high), 2);
    };
    std::string cell;
    if (field == "parcel_id") cell = "宗地 " + std::to_string(random.Between(1, 99));
    if (field == "use") cell = random.Between(0, 1) == 0 ? "residential" : "commercial";
    if (field == "grade") cell = std::to_string(random.Between(1, 5));
    if (field == "valuation_date") cell = "2026-0" + std::to_string(random.Between(1, 9)) + "-15";
    if (field == "area_sqm") cell = number(9'999'999);
    if (field == "far" || field == "term_years") cell = number(7000);
    if (field.starts_with("factors.")) {
      cell = kLevels[static_cast<std::size_t>(random.Between(0, 4))];
    }
    cells.push_back(random.Between(0, 4) == 0 ? "" : cell);
  }
  return cells;
}

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  for (const std::string& cell : cells) {
    std::string quoted;
    for (const char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
    line += (line.empty() ? "\"" : ",\"") + quoted + "\"";
  }
  return line + "\n";
}

// The same as a document: dotted names become objects.
std::string JsonOf(const std::vector<std::string>& header, const std::vector<std::string>& cells) {
  json::Value parcel{json::Value::Object()};
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (cells[i].empty()) continue;
    json::Value* at = &parcel;
    std::string name = header[i];
    for (std::size_t point = name.find('.'); point != std::string::npos; point = name.find('.')) {
      at = &at->ObjectAt(name.substr(0, point));
      name.erase(0, point + 1);
    }
    at->Add(name, header[i] == "grade" ? json::Value(json::Value::Number{cells[i]})
                                       : json::Value(cells[i]));
  }
  return json::ToLine(parcel);
}

// And back.
void Flatten(const json::Value& value, const std::string& prefix,
             std::vector<std::pair<std::string, std::string>>& out) {
  for (const json::Value::Member& member : *value.object()) {
    if (member.value.object() != nullptr) {
      Flatten(member.value, prefix + member.name + ".", out);
    } else {
      const auto* number = member.value.number();
      out.emplace_back(prefix + member.name,
                       number != nullptr ? number->text : *member.value.text());
    }
  }
}

TEST(ParcelTexts, AreTheSameParcelsAsCsvAndAsJsonAndAsCsvAgain) {
  const std::vector<std::string> header{
      "parcel_id", "use",        "grade",         "valuation_date",        "area_sqm",
      "far",       "term_years", "factors.shape", "factors.regional.距离", "factors.regional.噪声"};
  Random random(6);
  std::string csv = CsvLine(header), again = csv;
  std::vector<std::string> documents;
  for (int i = 0; i < 500; ++i) {
    const auto cells = RandomCells(random, header);
    csv += CsvLine(cells);
    documents.push_back(JsonOf(header, cells));
  }
  Diagnostics diagnostics;
  const auto records = io::SplitRecords(csv, ',', 1000, true);
  const auto layout = io::ParcelLayout::Match(records, Names(), "p.csv", diagnostics);
  ASSERT_TRUE(layout);
  ASSERT_EQ(records.size(), documents.size() + 1);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const std::vector<std::string_view> cells(records[i + 1].begin(), records[i + 1].end());
    const io::ParcelRow row = layout->Read(i + 2, cells);
    const auto document = json::ParseJson(documents[i], "p.json", diagnostics);
    ASSERT_TRUE(document);
    ASSERT_EQ(row.parcel, json::ReadParcel(*document, "p.json", diagnostics)) << documents[i];
    ASSERT_FALSE(row.problems.has_errors());
    std::vector<std::pair<std::string, std::string>> flat;
    Flatten(*document, "", flat);
    std::vector<std::string> back(header.size());
    for (const auto& [name, text] : flat) {
      back[static_cast<std::size_t>(std::ranges::find(header, name) - header.begin())] = text;
    }
    again += CsvLine(back);
  }
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(again, csv);
}

}  // namespace
}  // namespace dijia
