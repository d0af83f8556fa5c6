// Past sales against the industrial floor. Notices of sales state prices and few facts, so the
// audit sorts; it judges nobody: a low price alone proves nothing (legal-rules §11 no. 18).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/enum_table.h"
#include "dijia/rules/reserve_price.h"
#include "dijia/sample.h"

namespace dijia::app {

// What becomes of a sale in the audit: the first that applies.
enum class SaleFate : std::uint8_t {
  kUnreadable,       // a cell could not be read; the diagnostics name it
  kNotIndustrial,    // the industrial floor does not bind this use, or several uses share the price
  kAllocated,        // 划拨: no price of a transfer
  kLeased,           // 租赁: the notice does not say for which time the amount is
  kNoPrice,          // blank or zero
  kNoArea,           // the price per m² is not known
  kNoDate,           // the law of the day is not known
  kAboveStandard,    // not below the full standard of its class
  kDiscountOnly,     // between the lowest floor of any discount and the full standard
  kBelowEveryFloor,  // below the lowest floor that any discount allows
  kClassUnknown,  // the notice has a grade of a town in place of the class, and the class matters
  kTermUnknown,   // the term or the capitalization rate would decide
};
inline constexpr std::size_t kSaleFates = 12;

}  // namespace dijia::app

namespace dijia {
template <>
struct EnumTableOf<app::SaleFate> {
  static constexpr std::array<EnumRow<app::SaleFate>, app::kSaleFates> kRows{{
      {app::SaleFate::kUnreadable, "unreadable"},
      {app::SaleFate::kNotIndustrial, "not_industrial"},
      {app::SaleFate::kAllocated, "allocated"},
      {app::SaleFate::kLeased, "leased"},
      {app::SaleFate::kNoPrice, "no_price"},
      {app::SaleFate::kNoArea, "no_area"},
      {app::SaleFate::kNoDate, "no_date"},
      {app::SaleFate::kAboveStandard, "above_standard"},
      {app::SaleFate::kDiscountOnly, "explained_by_discount_only"},
      {app::SaleFate::kBelowEveryFloor, "below_every_floor"},
      {app::SaleFate::kClassUnknown, "class_unknown"},
      {app::SaleFate::kTermUnknown, "term_or_rate_unknown"},
  }};
};
static_assert(EnumTableIsComplete<app::SaleFate>(app::kSaleFates));
}  // namespace dijia

namespace dijia::app {

struct AuditedSale {
  std::size_t row = 0;  // index into the table
  SaleFate fate = SaleFate::kNotIndustrial;
  std::int64_t price = 0;  // 10^-4 yuan per m², half up; of sales with price and area
  std::optional<std::int64_t> standard;  // 10^-4 yuan per m², of the class
};

using FateCounts = std::array<std::uint64_t, kSaleFates>;

// Industrial sales of one county, year and class; class 0 = not stated.
struct AuditGroup {
  std::string county;
  int year = 0, land_class = 0;
  FateCounts counts{};

  std::uint64_t sales() const;
};

struct SalesAudit {
  std::vector<AuditedSale> sales;  // one for every row, in their order
  FateCounts counts{};
  std::vector<AuditGroup> groups;  // by county, year, class
};

// Sorts every row. Prices are held against the floor alone: rebates, costs and the way of the sale
// are taken as harmless, every fact that might justify a discount as unknown.
SalesAudit AuditSales(const SampleTable& sales, const rules::PreparedRules& rules,
                      unsigned threads);

}  // namespace dijia::app
