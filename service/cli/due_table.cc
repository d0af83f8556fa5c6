#include "cli/due_table.h"

#include <map>
#include <string_view>

#include "app/due_text.h"
#include "cli/language_text.h"
#include "cli/text_table.h"
#include "dijia/rules/words.h"

namespace dijia::cli {
namespace {

using app::DueList;
using app::DueRow;

class DueWriter {
 public:
  DueWriter(const DueList& list, const report::Labels& labels, Language language)
      : list_(list), labels_(labels), language_(language) {}

  std::string Write() const { return Heading() + Rows() + Clauses() + Sums(); }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  std::string Label(std::string_view status) const {
    return std::string(labels_.Of("due." + std::string(status), language_));
  }

  std::string Heading() const {
    return Say("基准地价更新情况，", "benchmark prices and their refresh on ") +
           FormatDate(list_.on) + "\n";
  }

  std::string Rows() const {
    using Align = TextTable::Align;
    TextTable table({Align::kLeft, Align::kLeft, Align::kLeft, Align::kRight, Align::kLeft,
                     Align::kRight, Align::kLeft});
    table.Add({Say("县（市、区、旗）", "county"), Say("状态", "status"), Say("基准日", "base date"),
               Say("已过", "age"), Say("下一步", "next"), Say("剩余天数", "days left"),
               Say("成果", "publication")});
    for (const DueRow& row : list_.rows) {
      table.Add({PlaceText(row), Label(app::DueStatus(row)),
                 row.has_prices() ? FormatDate(row.base_date) : "",
                 row.has_prices() ? AgeText(row) : "", NextText(row), DaysText(row),
                 row.publication});
    }
    return table.ToString();
  }

  // With its code once: the place of a county without a known name begins with it.
  static std::string PlaceText(const DueRow& row) {
    const std::string place = app::DuePlace(row);
    return row.county_name.empty() ? place : row.county + " " + place;
  }
  std::string AgeText(const DueRow& row) const {
    const app::Age age = app::AgeOn(row.base_date, list_.on);
    return std::to_string(age.years) + Say(" 年 ", " y ") + std::to_string(age.months) +
           Say(" 个月", " m");
  }
  std::string NextText(const DueRow& row) const {
    if (!row.next) return "";
    return FormatDate(FromDays(row.next->from)) + " " + Label(CodeOf(row.next->refresh));
  }
  std::string DaysText(const DueRow& row) const {
    const std::optional<Days> left = DaysLeft(list_, row);
    return left ? std::to_string(*left) : "";
  }

  // By citation: a clause is told once, in the words that name no date of one county.
  std::string Clauses() const {
    std::map<std::string, std::string> told;  // by status and citation, so that the worst is last
    for (const DueRow& row : list_.rows) {
      if (row.now.clause.empty()) continue;
      told.emplace(std::to_string(static_cast<int>(row.now.refresh)) + row.now.clause,
                   Label(CodeOf(row.now.refresh)) + Say("：", ": ") +
                       rules::CitationInWords(row.now.citation) + Say("，", ", ") +
                       row.now.says.In(language_) + "\n");
    }
    std::string text;
    for (const auto& [key, line] : told) text += "  " + line;
    return text;
  }

  std::string Sums() const {
    std::map<std::string_view, std::size_t> counts;
    for (const DueRow& row : list_.rows) ++counts[app::DueStatus(row)];
    std::string text = Say("合计 ", "areas ") + std::to_string(list_.rows.size());
    std::string_view separator = In(language_, "：", ": ");
    for (const std::string_view status : {"current", "due", "overdue", "barred", "none"}) {
      const auto count = counts.find(status);
      if (count == counts.end()) continue;
      text += std::string(separator) + Label(status) + " " + std::to_string(count->second);
      separator = In(language_, "，", ", ");
    }
    return text + "\n";
  }

  const DueList& list_;
  const report::Labels& labels_;
  Language language_;
};

}  // namespace

std::string DueTable(const DueList& list, const report::Labels& labels, Language language) {
  return DueWriter(list, labels, language).Write();
}

}  // namespace dijia::cli
