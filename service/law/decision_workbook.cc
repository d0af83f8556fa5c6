// Decision tables for spreadsheets: one sheet an era, in words.
#include <algorithm>

#include "dijia/base/decimal.h"
#include "dijia/rules/words.h"
#include "law/document.h"
#include "law/export.h"
#include "report/sheet.h"

namespace dijia::law {
namespace {

using report::SheetCell;
using report::SheetColumn;
using report::Style;
using rules::Clause;
using rules::DecisionTable;
using rules::RulePack;

class WorkbookWriter {
 public:
  WorkbookWriter(const RulePack& pack, report::Book& book, Language language)
      : pack_(pack), book_(book), language_(language) {}

  void Write(const std::vector<DecisionTable>& tables) {
    WriteContents(tables);
    WriteStandard();
    for (const DecisionTable& table : tables) {
      if (!table.rows.empty()) WriteTable(table);
    }
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  std::string Identity() const {
    return pack_.id + " " + pack_.version + " · SHA-256 " + pack_.sha256;
  }
  void WriteContents(const std::vector<DecisionTable>& tables) {
    report::Sheet sheet(
        book_, Say("说明", "Contents"), pack_.title.In(language_),
        {Identity(),
         Say("由规则包导出，不是规则本身。每行是一个条款适用的一种情形；空格表示不论。",
             "Exported from the rule pack, which alone counts. A row is one way in which a clause "
             "applies; an empty cell means whatever."),
         Say("几个比例同时适用时取最低者；价格须同时达到全部底线。只用于事实齐全的案件。",
             "Of several ratios the lowest counts; a price must meet every floor. For complete "
             "cases only.")},
        {{Say("工作表", "sheet"), 14, Style::kText},
         {Say("期间", "period"), 40, Style::kText},
         {Say("情形数", "rows"), 10, Style::kCount}});
    for (const DecisionTable& table : tables) {
      if (table.rows.empty()) continue;
      sheet.Row({EraName(table.era), rules::PeriodInWords(table.era, language_),
                 static_cast<double>(table.rows.size())});
    }
  }

  void WriteStandard() {
    const rules::Table& table = pack_.tables[pack_.formula.standard_table];
    report::Sheet sheet(
        book_, Say("标准", "Standard"), rules::NameOf(table, language_),
        {rules::CitationInWords(table.citation), UnitInWords(pack_, table.unit, language_)},
        {{rules::NameOf(pack_.facts[table.keys[0]], language_), 12, Style::kText},
         {Say("标准", "standard"), 12, Style::kText},
         {Say("期间", "period"), 40, Style::kText}});
    for (const rules::TableRow& row : table.rows) {
      sheet.Row({std::to_string(row.key), FormatDecimal(row.value, table.scale),
                 rules::PeriodInWords(row.period, language_)});
    }
  }

  void WriteTable(const DecisionTable& table) {
    std::vector<SheetColumn> columns = {{Say("结果", "result"), 34, Style::kWrapped},
                                        {Say("条款", "clause"), 18, Style::kText},
                                        {Say("依据", "source"), 26, Style::kText}};
    for (const rules::CaseVariable& variable : table.columns) {
      columns.push_back({rules::VariableInWords(pack_, variable, language_), 18, Style::kWrapped});
    }
    report::Sheet sheet(book_, EraName(table.era), rules::PeriodInWords(table.era, language_),
                        {Identity()}, std::move(columns));
    for (const rules::DecisionRow& row : table.rows) {
      const Clause& clause = pack_.clauses[row.clause];
      std::vector<SheetCell> cells = {rules::ResultInWords(pack_, clause, language_), clause.key,
                                      rules::CitationInWords(clause.citation)};
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        cells.emplace_back(rules::CellsInWords(pack_, table.columns[i], row.cells[i], language_));
      }
      sheet.Row(cells);
    }
  }

  const RulePack& pack_;
  report::Book& book_;
  Language language_;
};

}  // namespace

Status WriteDecisionWorkbook(const rules::RulePack& pack, const std::vector<DecisionTable>& tables,
                             const std::filesystem::path& file, Language language) {
  report::Book book(file.string(), {"0.00", "0.00", pack.id + " " + pack.version});
  Days last = 0;
  for (const DecisionTable& table : tables) {
    if (table.era.from != rules::kNoBeginning) last = std::max(last, table.era.from);
  }
  book.Describe(pack.title.In(language), FromDays(last));
  WorkbookWriter(pack, book, language).Write(tables);
  return book.Save();
}

}  // namespace dijia::law
