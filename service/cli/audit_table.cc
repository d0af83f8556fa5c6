#include "cli/audit_table.h"

#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "app/check_words.h"
#include "cli/text_table.h"

namespace dijia::cli {
namespace {

using app::FateCounts;
using app::SaleFate;
using Align = TextTable::Align;

// The fates of industrial sales that were held against the floor.
constexpr SaleFate kSorted[] = {SaleFate::kAboveStandard, SaleFate::kDiscountOnly,
                                SaleFate::kBelowEveryFloor, SaleFate::kClassUnknown,
                                SaleFate::kTermUnknown};

std::string ClassName(int land_class, Language language) {
  if (land_class == 0) return std::string(In(language, "未载明", "not stated"));
  return std::to_string(land_class) + std::string(In(language, "等", ""));
}

class AuditTables {
 public:
  AuditTables(const app::SalesAudit& audit, const app::Reference& reference, Language language)
      : audit_(audit), reference_(reference), language_(language) {}

  std::string All() const {
    std::string text = app::AuditCaution(language_) + "\n\n" + Fates() + "\n";
    text += Grouped({Say("等别", "class")}, [this](const app::AuditGroup& group) {
      return Key{{group.land_class}, {ClassName(group.land_class, language_)}};
    });
    text += "\n" + Grouped({Say("年份", "year")}, [](const app::AuditGroup& group) {
              return Key{{group.year}, {std::to_string(group.year)}};
            });
    int rank = 0;
    text += "\n" + Grouped({Say("旗县", "county"), Say("年份", "year"), Say("等别", "class")},
                           [&](const app::AuditGroup& group) {
                             return Key{{rank++}, CountyCells(group)};
                           });
    return text;
  }

 private:
  struct Key {
    std::vector<int> order;
    std::vector<std::string> cells;
  };

  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  std::vector<std::string> CountyCells(const app::AuditGroup& group) const {
    const std::string name(reference_.CountyName(group.county));
    return {group.county + (name.empty() ? "" : " " + name), std::to_string(group.year),
            ClassName(group.land_class, language_)};
  }

  std::string Fates() const {
    TextTable table({Align::kLeft, Align::kRight});
    table.Add({Say("去向", "fate"), Say("宗数", "rows")});
    for (std::size_t i = 0; i < audit_.counts.size(); ++i) {
      if (audit_.counts[i] == 0) continue;
      table.Add({std::string(app::NameOf(static_cast<SaleFate>(i), language_)),
                 std::to_string(audit_.counts[i])});
    }
    table.Add({Say("合计", "all"), std::to_string(audit_.sales.size())});
    return table.ToString();
  }

  std::string Grouped(const std::vector<std::string>& names,
                      const std::function<Key(const app::AuditGroup&)>& key_of) const {
    std::map<std::vector<int>, std::pair<std::vector<std::string>, FateCounts>> sums;
    for (const app::AuditGroup& group : audit_.groups) {
      Key key = key_of(group);
      auto& [cells, counts] = sums[key.order];
      cells = std::move(key.cells);
      for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += group.counts[i];
    }
    std::vector<Align> columns(names.size(), Align::kLeft);
    columns.insert(columns.end(), std::size(kSorted) + 1, Align::kRight);
    TextTable table(columns);
    std::vector<std::string> header = names;
    header.push_back(Say("工业用地", "industrial"));
    for (const SaleFate fate : kSorted) header.emplace_back(app::NameOf(fate, language_));
    table.Add(std::move(header));
    for (const auto& [order, sum] : sums) table.Add(Row(sum.first, sum.second));
    return table.ToString();
  }

  static std::vector<std::string> Row(std::vector<std::string> cells, const FateCounts& counts) {
    std::uint64_t all = 0;
    for (const SaleFate fate : kSorted) all += counts[static_cast<std::size_t>(fate)];
    cells.push_back(std::to_string(all));
    for (const SaleFate fate : kSorted) {
      cells.push_back(std::to_string(counts[static_cast<std::size_t>(fate)]));
    }
    return cells;
  }

  const app::SalesAudit& audit_;
  const app::Reference& reference_;
  Language language_;
};

}  // namespace

std::string AuditText(const app::SalesAudit& audit, const app::Reference& reference,
                      Language language) {
  return AuditTables(audit, reference, language).All();
}

}  // namespace dijia::cli
