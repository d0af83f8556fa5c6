// Random publications that a reader of documents accepts.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>

#include "dijia/publication.h"

namespace dijia::test {

class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}

  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return std::uniform_int_distribution(low, high)(engine_);
  }
  bool Coin() { return Between(0, 1) == 1; }
  double Real(double low, double high) {
    return std::uniform_real_distribution(low, high)(engine_);
  }
  std::string Text() {
    static constexpr const char* kPieces[] = {"价",   "a", "\"", "\\", "\n",   "=", "𠀀", " ", "é",
                                              "\x01", "#", ".",  "'",  "\x7f", "/", "~",  "\t"};
    std::string text;
    for (std::int64_t left = Between(1, 6); left > 0; --left) {
      text += kPieces[Between(0, std::ssize(kPieces) - 1)];
    }
    return text;
  }
  Date Day() { return FromDays(static_cast<Days>(Between(10'000, 25'000))); }
  template <class Q>
  Q Amount(std::int64_t largest) {
    return Q::FromUnits(Between(1, largest * Q::kOne));
  }
  template <class Enum>
  Enum Choice() {
    const auto& rows = EnumTableOf<Enum>::kRows;
    return rows[static_cast<std::size_t>(Between(0, std::ssize(rows) - 1))].value;
  }
  template <class Make>
  auto Maybe(Make make) -> std::optional<decltype(make())> {
    if (Coin()) return std::nullopt;
    return make();
  }

 private:
  std::mt19937_64 engine_;
};

inline RoundingPlan DrawRounding(Draw& draw) {
  const auto rounding = [&draw] {
    return Rounding{draw.Choice<RoundingMode>(), 100 * draw.Between(1, 100'000)};
  };
  RoundingPlan plan;
  plan.coefficient = draw.Maybe(rounding);
  plan.factor_sum = draw.Maybe(rounding);
  plan.months = draw.Maybe(rounding);
  plan.unit_price = rounding();
  plan.floor_price = draw.Maybe(rounding);
  plan.total = draw.Maybe(rounding);
  return plan;
}

// Up to three bounds; a level may come back.
inline Breaks DrawBreaks(Draw& draw, const std::string& low, const std::string& high) {
  Breaks breaks{{}, draw.Choice<ClosedEnd>(), {low}};
  Measure bound = -Measure::Of(draw.Between(0, 5));
  for (std::int64_t left = draw.Between(0, 3); left > 0; --left) {
    bound = bound + draw.Amount<Measure>(1'000);
    breaks.bounds.push_back(bound);
    breaks.order.push_back(draw.Coin() ? low : high);
  }
  return breaks;
}

inline Levels DrawLevels(Draw& draw) {
  const std::string low = "l" + draw.Text(), high = "h" + draw.Text();
  Levels levels{{{low, draw.Amount<Coefficient>(2)}, {high, draw.Amount<Coefficient>(2)}}, {}};
  levels.breaks = draw.Maybe([&] { return DrawBreaks(draw, low, high); });
  if (draw.Coin()) {
    const auto from = draw.Amount<Coefficient>(2);
    levels.ranges[low] = {from, from + draw.Amount<Coefficient>(1)};
  }
  return levels;
}

inline Factors DrawFactors(Draw& draw) {
  const std::string low = "l" + draw.Text(), high = "h" + draw.Text();
  Factors::Factor factor{draw.Text(), {}, DrawBreaks(draw, low, high)};
  factor.levels = {{low, Percent::FromUnits(draw.Between(-900'000, 900'000))}, {high, Percent()}};
  Factors factors{draw.Choice<TableBy>(), {{static_cast<int>(draw.Between(0, 9)), {factor}}}};
  if (draw.Coin()) factors.tables[draw.Coin() ? 0 : 12];  // a grade without factors
  factor.breaks.reset();
  factor.levels.erase(low);
  factors.tables[3].push_back(factor);
  factors.tables[3].push_back(factor);
  return factors;
}

inline Curve DrawCurve(Draw& draw) {
  Curve curve;
  curve.by = draw.Choice<TableBy>();
  curve.interpolation = draw.Choice<Interpolation>();
  curve.outside = draw.Choice<OutsideRule>();
  if (curve.interpolation == Interpolation::kPower) {
    curve.exponents = {{0, draw.Amount<Coefficient>(1)}};
  } else {
    curve.rows = {{Measure::Of(1), {{0, draw.Amount<Coefficient>(2)}}},
                  {Measure::Of(2), {{0, draw.Amount<Coefficient>(2)}}}};
    curve.relative = draw.Coin();
    if (draw.Coin()) curve.rows[1].values[static_cast<int>(draw.Between(1, 255))];
  }
  curve.base = draw.Maybe([&draw] { return draw.Amount<Measure>(3); });
  return curve;
}

inline Matrix DrawMatrix(Draw& draw) {
  const std::string low = "l" + draw.Text(), high = "h" + draw.Text();
  Matrix matrix;
  matrix.standard = {{0, low}, {3, high}};
  for (const std::string& standard : {low, high}) {
    matrix.rows[standard] = {{low, draw.Amount<Coefficient>(2)},
                             {high, draw.Amount<Coefficient>(2)}};
  }
  matrix.breaks = DrawBreaks(draw, low, high);
  return matrix;
}

inline PublishedUse DrawPublishedUse(Draw& draw) {
  PublishedUse use;
  use.name = draw.Text();
  use.term = draw.Amount<Years>(70);
  use.capitalization_rate = draw.Amount<Rate>(1);
  use.development_level = draw.Text();
  for (int grade = 1; grade <= draw.Between(1, 6); ++grade) {
    use.grades.push_back({grade, draw.Coin() ? draw.Text() : "",
                          draw.Maybe([&draw] { return draw.Amount<UnitPrice>(9'999); }),
                          draw.Maybe([&draw] { return draw.Amount<FloorAreaRatio>(5); }),
                          "computed", "median"});
  }
  use.zones = {{draw.Text(), 3, draw.Amount<UnitPrice>(9'999), std::nullopt}};
  if (draw.Coin()) use.routes = {{draw.Text(), draw.Amount<UnitPrice>(9'999), 0, std::nullopt}};
  if (draw.Coin()) use.frontage_formula.emplace();
  use.coefficients = {{"term", TermFormula()},
                      {"far", DrawCurve(draw)},
                      {"date", MonthlyRate{Rate::FromUnits(2'000), {}}},
                      {"index", IndexSeries{{{draw.Day(), draw.Amount<Coefficient>(2)}}, {}}},
                      {"regional", DrawFactors(draw)},
                      {"shape", DrawLevels(draw)},
                      {"development", Additive{{{draw.Text(), -draw.Amount<UnitPrice>(90)}}}},
                      {"pairs", DrawMatrix(draw)},
                      {draw.Text(), DrawLevels(draw)},
                      {"容积率", TermFormula()},  // what a workbook calls another one
                      {"depth", Depth{Metres::Of(16), {}, {{Measure::Of(1), Percent::Of(100)}}}}};
  use.formula = {
      "regional", {"term", "far", "date", "index", "pairs", "depth"}, {"development"}, {"shape"}};
  return use;
}

inline Publication DrawPublication(Draw& draw) {
  Publication publication;
  publication.id = draw.Text();
  publication.county = "152502";
  publication.area = draw.Text();
  publication.title = draw.Text();
  publication.document_no = draw.Text();
  publication.base_date = draw.Day();
  publication.effective_from = draw.Maybe([&draw] { return draw.Day(); });
  publication.status = draw.Choice<PublicationStatus>();
  publication.rounding = DrawRounding(draw);
  if (draw.Coin()) {
    publication.unit_price_by_magnitude = {
        {UnitPrice::Of(1'000), {draw.Choice<RoundingMode>(), 5'000'000}},
        {UnitPrice::Of(10'000), {draw.Choice<RoundingMode>(), 50'000'000}}};
  }
  publication.uses[draw.Choice<LandUse>()] = DrawPublishedUse(draw);
  publication.uses[draw.Choice<LandUse>()] = DrawPublishedUse(draw);
  return publication;
}

}  // namespace dijia::test
