#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/land.h"
#include "dijia/base/names.h"
#include "dijia/price_units.h"
#include "io/cell.h"
#include "workbook/draft.h"

namespace dijia::workbook {
namespace {

using json::Value;

constexpr int kMuPlaces = PricePerMu::kScale;

// The places of the two prices among the columns of a sheet.
struct PriceColumns {
  std::size_t yuan = 0, mu = 0;
};

PriceColumns PriceColumnsOf(Columns columns) {
  PriceColumns found;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].header == kPriceColumn.header) found.yuan = i;
    if (columns[i].header == kMuColumn.header) found.mu = i;
  }
  return found;
}

// Prices of one sheet in both units, with their cells.
struct Pairs {
  std::vector<PricePair> prices;
  std::vector<Location> cells;
};

class PriceSheet {
 public:
  PriceSheet(Draft& draft, const SheetTable& table, Columns columns)
      : draft_(draft), table_(table), prices_(PriceColumnsOf(columns)) {}

  // `list` is the field of the use that the rows go into.
  void Read(std::string_view list) {
    for (const std::size_t row : table_.rows()) {
      Value* use = draft_.UseOf(table_, row);
      if (use == nullptr) continue;
      if (use->Find(list) == nullptr) use->Add(list, Value(Value::Array()));
      Value::Array* items = MemberOf(*use, list).array();
      const auto code = table_.ReadWord(row, 0, draft_.problems);
      const std::string pointer =
          PointerTo(PointerTo("/uses", *code), list) + "/" + std::to_string(items->size());
      draft_.places.Put(pointer, table_.At(row, 1));
      Value item{Value::Object()};
      table_.ReadFields(row, pointer, item, draft_.places, draft_.problems);
      draft_.places.Put(pointer + "/price", table_.At(row, prices_.yuan));
      item.Add("price", Price(row));
      items->push_back(std::move(item));
    }
    CheckUnits();
  }

 private:
  Value Price(std::size_t row) {
    const std::string_view yuan = table_.Cell(row, prices_.yuan);
    const std::optional<PricePerMu> mu = Mu(row);
    if (yuan.empty()) {
      const std::optional<UnitPrice> price = mu ? UnitPriceOf(*mu) : std::nullopt;
      if (price) return Value(price->ToString());
      if (table_.Cell(row, prices_.mu).empty()) {
        draft_.problems.Add(
            Code::kCellMissing, table_.At(row, prices_.yuan),
            {std::string(kPriceColumn.header),
             std::string(kPriceColumn.example) + "、" + std::string(kNotPublished)});
      }
      return StandIn(kPriceColumn);
    }
    if (yuan == kNotPublished) return Value();
    const auto units = io::ReadDecimalCell(yuan, UnitPrice::kScale);
    if (units.value && mu) {
      pairs_.prices.push_back({UnitPrice::FromUnits(*units.value), *mu});
      pairs_.cells.push_back(table_.At(row, prices_.mu));
    }
    return ReadCell(kPriceColumn, yuan, table_.At(row, prices_.yuan), draft_.problems);
  }

  std::optional<PricePerMu> Mu(std::size_t row) {
    const std::string_view cell = table_.Cell(row, prices_.mu);
    if (cell.empty()) return std::nullopt;
    const auto units = io::ReadDecimalCell(cell, kMuPlaces);
    if (units.value) return PricePerMu::FromUnits(*units.value);
    if (units.problem) {
      draft_.problems.Add(units.problem->code, table_.At(row, prices_.mu),
                          units.problem->arguments);
    }
    return std::nullopt;
  }

  // Both columns come from one; a row that does not follow from it is wrong.
  void CheckUnits() {
    const PriceUnits units = FindPriceUnits(pairs_.prices);
    for (const PriceUnits::Fault& fault : units.faults) {
      const PricePair& pair = pairs_.prices[fault.pair];
      draft_.problems.Add(Code::kUnitsDisagree, pairs_.cells[fault.pair],
                          {pair.yuan.ToString(), pair.mu.ToString(),
                           std::string(WordOf(kUnitWords, CodeOf(units.primary))), fault.expected});
    }
  }

  Draft& draft_;
  const SheetTable& table_;
  PriceColumns prices_;
  Pairs pairs_;
};

void ReadPriceSheet(Draft& draft, std::string_view sheet, Columns columns, bool needed,
                    std::string_view list) {
  const auto table = draft.Open(sheet, columns, false, needed);
  if (table) PriceSheet(draft, *table, columns).Read(list);
}

}  // namespace

void ReadPrices(Draft& draft) {
  ReadPriceSheet(draft, kGradesSheet, kGradeColumns, true, "grades");
  ReadPriceSheet(draft, kZonesSheet, kZoneColumns, false, "zones");
  ReadPriceSheet(draft, kRoutesSheet, kRouteColumns, false, "routes");
}

}  // namespace dijia::workbook
