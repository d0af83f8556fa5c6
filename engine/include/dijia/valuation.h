// The price of a parcel from a publication, exactly and explained (contract §4 and §5;
// GB/T 18508-2014, coefficient method 公示地价系数修正法).
//
//   price = base × (1 + Σ factors) × Π coefficients + Σ additions
//
// with the formula, tables and rounding that the publication states for the use; a formula may also
// sum what coefficients exceed 1 by (PriceFormula::excess). Products and sums are exact; each named
// result is rounded once by the publication's plan. What the formula needs and the parcel lacks
// withholds the value and is named.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/parcel.h"
#include "dijia/publication.h"

namespace dijia {

// A coefficient as it is multiplied. Where the plan does not round coefficients, those that are no
// finite decimals are kept at twelve places.
using AppliedCoefficient = Quantity<struct CoefficientTag, 12>;

// A chosen level of one summed factor.
struct FactorChoice {
  std::string factor, level, input;
  Percent percent;

  friend bool operator==(const FactorChoice&, const FactorChoice&) = default;
};

// One step from the benchmark price to the price of the parcel. The coefficients multiply and the
// additions add to the printed price exactly; the last addition is what rounding added.
struct ValuationStep {
  std::string name;  // of the coefficient; `base`, `sum`, `floor_area_ratio`, `mixed`, `rounding`
  std::string kind;  // of the coefficient, as in files; or the name
  std::optional<AppliedCoefficient> coefficient;
  std::string add;     // exact decimal, yuan per m² of land; empty = multiplies
  std::string input;   // what of the parcel and the table decided, for people
  std::string source;  // place in the publication, `ID#/uses/…`
  std::string after;   // exact decimal, yuan per m² of land
  std::vector<FactorChoice> factors;

  friend bool operator==(const ValuationStep&, const ValuationStep&) = default;
};

// One use of a parcel with mixed use, or the frontage or inner part of a parcel along a street.
struct ValuedPart {
  std::string name;  // code of the use; `frontage` or `inner`
  LandUse use = LandUse::kOther;
  std::string weight;  // share of the parcel as an exact decimal or a fraction `320/1000`
  UnitPrice base;
  std::vector<ValuationStep> steps;  // to the exact, unrounded price

  friend bool operator==(const ValuedPart&, const ValuedPart&) = default;
};

enum class ValuationStatus : std::uint8_t { kValued, kWithheld };
template <>
struct EnumTableOf<ValuationStatus> {
  static constexpr std::array<EnumRow<ValuationStatus>, 2> kRows{{
      {ValuationStatus::kValued, "valued"},
      {ValuationStatus::kWithheld, "withheld"},
  }};
};
static_assert(EnumTableIsComplete<ValuationStatus>(2));

struct Valuation {
  std::string parcel_id;
  ValuationStatus status = ValuationStatus::kWithheld;
  std::optional<UnitPrice> unit_price;
  std::optional<FloorPrice> floor_price;  // unit price ÷ floor area ratio, where that is known
  std::optional<Money> total;             // unit price × area, where that is known
  std::optional<UnitPrice> base_price;    // of a parcel with one use
  std::string publication;                // its id; empty = none applies
  std::vector<ValuationStep> steps;
  std::vector<ValuedPart> parts;  // of mixed use and of parcels that are split
  std::vector<Diagnostic> warnings;
  std::vector<Diagnostic> missing;  // why the value is withheld; `where.field` names the field
};

// The price of a parcel by one publication, whatever its period. A price that is not above zero
// (the costs of development taken off a low price) is withheld; its steps stay, to show why.
Valuation ValueParcel(const Parcel& parcel, const Publication& publication);

// The publication for a parcel: of its county and grading area, in force on the valuation date
// [effective_from, effective_until), the latest where several are. A publication without
// effective_from holds from its base date; withdrawn ones never hold. Null after a report to
// `missing`: no date, none in force, or two from the same day.
const Publication* PublicationFor(const Parcel& parcel, std::span<const Publication> publications,
                                  std::vector<Diagnostic>& missing);

}  // namespace dijia
