#include "dijia/prepared_valuation.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "prepared_plan.h"

namespace dijia {

PreparedValuation::PreparedValuation(const Publication& publication)
    : plan_(PlanValuation(publication)) {}

PreparedValuation::~PreparedValuation() = default;

const Publication& PreparedValuation::publication() const { return *plan_->publication; }

std::span<const LevelColumn> PreparedValuation::level_columns() const {
  return plan_->level_columns;
}

std::span<const std::string> PreparedValuation::measure_columns() const {
  return plan_->measure_columns;
}

ParcelColumns PreparedValuation::MakeColumns(std::size_t rows) const {
  ParcelColumns columns;
  columns.place.assign(rows, ParcelColumns::kNoPlace);
  for (auto* column : {&columns.far, &columns.term, &columns.area, &columns.date}) {
    column->assign(rows, ParcelColumns::kNotKnown);
  }
  columns.levels.assign(plan_->level_columns.size(),
                        std::vector<std::uint8_t>(rows, ParcelColumns::kNoLevel));
  columns.measures.assign(plan_->measure_columns.size(),
                          std::vector<std::int64_t>(rows, ParcelColumns::kNotKnown));
  return columns;
}

std::uint16_t PreparedValuation::PlaceOf(const ParcelUse& state) const {
  if (!state.use) return ParcelColumns::kNoPlace;
  const auto found = plan_->place_of.find(
      ValuationPlan::PlaceName{*state.use, state.grade, state.sub_use, state.zone});
  return found == plan_->place_of.end() ? ParcelColumns::kNoPlace : found->second;
}

std::uint8_t PreparedValuation::CodeOfLevel(std::size_t column, std::string_view name) const {
  const auto found = plan_->codes[column].find(name);
  return found == plan_->codes[column].end() ? ParcelColumns::kNoLevel : found->second;
}

std::uint8_t PreparedValuation::CodeOfMeasure(std::uint16_t place, std::size_t column,
                                              std::uint8_t named,
                                              const std::optional<Measure>& measure) const {
  const LevelTable& table = plan_->places[place].tables[column];
  // The value of the code of no level says: no such level.
  if (table.values[named] != table.values[ParcelColumns::kNoLevel]) return named;
  if (!measure || table.breaks == nullptr) return ParcelColumns::kNoLevel;
  const std::uint8_t code = CodeOfLevel(column, LevelAt(*table.breaks, *measure));
  const bool known = table.values[code] != table.values[ParcelColumns::kNoLevel];
  return known ? code : ParcelColumns::kNoLevel;
}

std::uint8_t PreparedValuation::CodeOfState(std::uint16_t place, std::size_t column,
                                            const FactorInput& state) const {
  if (state.chosen) return ParcelColumns::kNoLevel;
  return CodeOfMeasure(place, column, CodeOfLevel(column, state.level), state.measure);
}

std::span<const std::uint16_t> PreparedValuation::UsedLevels(std::uint16_t place) const {
  return plan_->places[place].levels;
}

std::span<const std::uint16_t> PreparedValuation::UsedMeasures(std::uint16_t place) const {
  return plan_->places[place].measures;
}

std::span<const PreparedStep> PreparedValuation::Steps(std::uint16_t place) const {
  return plan_->places[place].steps;
}

UnitPrice PreparedValuation::BasePrice(std::uint16_t place) const {
  return plan_->places[place].price;
}

namespace {

// Puts what a parcel states into a row, and counts which factors were asked for.
class RowPutter {
 public:
  RowPutter(const PreparedValuation& prepared, const Parcel& parcel, std::uint16_t place)
      : prepared_(prepared), parcel_(parcel), place_(place) {}

  bool Put(std::size_t row, ParcelColumns& columns) {
    for (const std::uint16_t column : prepared_.UsedLevels(place_)) {
      const auto state = StateOfColumn(prepared_.level_columns()[column]);
      if (!state) return false;
      const std::uint8_t code = prepared_.CodeOfState(place_, column, *state);
      if (code == ParcelColumns::kNoLevel) return false;
      columns.levels[column][row] = code;
    }
    for (const std::uint16_t column : prepared_.UsedMeasures(place_)) {
      const std::string& name = prepared_.measure_columns()[column];
      Count(name);
      const auto state = StateOf(parcel_, parcel_.site, name, true);
      if (!state || !state->measure) return false;
      columns.measures[column][row] = state->measure->units();
    }
    return used_ == Stated();  // a factor that no formula asks for is warned of
  }

 private:
  std::optional<FactorInput> StateOfColumn(const LevelColumn& column) {
    const ParcelUse& site = parcel_.site;
    if (column.factor.empty()) {
      Count(column.coefficient);
      auto state = StateOf(parcel_, site, column.coefficient, true);
      if (!state && column.coefficient == "development") {
        state.emplace().level = parcel_.development_level;
      }
      return state;
    }
    const auto sum = site.sums.find(column.coefficient);
    if (sum == site.sums.end()) return std::nullopt;
    const auto factor = sum->second.find(column.factor);
    if (factor == sum->second.end()) return std::nullopt;
    ++used_;
    return factor->second;
  }

  void Count(const std::string& name) { used_ += parcel_.site.factors.contains(name) ? 1 : 0; }

  std::size_t Stated() const {
    std::size_t stated = parcel_.site.factors.size();
    for (const auto& [name, factors] : parcel_.site.sums) stated += factors.size();
    return stated;
  }

  const PreparedValuation& prepared_;
  const Parcel& parcel_;
  std::uint16_t place_;
  std::size_t used_ = 0;
};

template <class Q>
std::int64_t UnitsOf(const std::optional<Q>& quantity) {
  return quantity ? quantity->units() : ParcelColumns::kNotKnown;
}

}  // namespace

bool PreparedValuation::Put(const Parcel& parcel, std::size_t row, ParcelColumns& columns) const {
  columns.place[row] = ParcelColumns::kNoPlace;
  if (!parcel.parts.empty() || !parcel.site.route.empty()) return false;
  const std::uint16_t place = PlaceOf(parcel.site);
  if (place == ParcelColumns::kNoPlace) return false;
  if (!RowPutter(*this, parcel, place).Put(row, columns)) return false;
  columns.place[row] = place;
  columns.far[row] = UnitsOf(parcel.site.far);
  columns.term[row] = UnitsOf(parcel.site.term);
  columns.area[row] = UnitsOf(parcel.area_sqm);
  columns.date[row] =
      parcel.valuation_date ? ToDays(*parcel.valuation_date) : ParcelColumns::kNotKnown;
  return true;
}

}  // namespace dijia
