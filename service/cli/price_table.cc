#include "cli/price_table.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/language_text.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "report/number_text.h"
#include "report/points.h"
#include "report/series.h"

namespace dijia::cli {
namespace {

using app::Computed;
using app::ComputedPublication;
using report::Count;
using report::PublicationView;
using Align = TextTable::Align;

constexpr std::string_view kNone = "—";
constexpr std::size_t kMostPoints = 40;  // of one publication; all stand in grade_prices.csv

std::string IntervalOf(const GradePrice& cell) {
  if (!cell.interval) return std::string(kNone);
  return report::Rounded(cell.interval->low) + " – " + report::Rounded(cell.interval->high);
}

std::string Heading(const ComputedPublication& publication, const Computed& computed,
                    Language language) {
  std::string heading = publication.county_name;
  if (!heading.empty()) heading += " ";
  heading += publication.draft.county;
  if (!publication.draft.area.empty()) heading += " " + publication.draft.area;
  return heading + std::string(In(language, "，基准日 ", ", base date ")) +
         FormatDate(computed.plan.base_date) + "\n";
}

std::string PriceTable(const PublicationView& view, Language language) {
  const auto in = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight,
                   Align::kRight, Align::kRight, Align::kLeft});
  table.Add({in("用途", "use"), in("级别", "grade"), in("元/㎡", "yuan/m²"),
             in("万元/亩", "10⁴ yuan/mu"), in("95%区间", "95% interval"), in("样点", "samples"),
             in("采用", "used"), in("状态", "status")});
  for (const report::Series& series : report::SeriesOf(view)) {
    for (const GradePrice& cell : series.cells) {
      const report::PrintedPrice price =
          cell.price ? report::Print(*cell.price, view.plan)
                     : report::PrintedPrice{std::string(kNone), std::string(kNone)};
      table.Add({report::NameOf(series, view, language),
                 report::GradeText(cell.key.grade, language) + in("级", ""), price.yuan_per_sqm,
                 price.wan_yuan_per_mu, IntervalOf(cell), Count(cell.samples), Count(cell.used),
                 std::string(view.labels.Of(CodeOf(cell.status), language))});
    }
  }
  return table.ToString();
}

// Why prices are withheld and what to look at, in plain words.
std::string PointsText(const PublicationView& view, Language language) {
  std::string text;
  std::size_t count = 0;
  for (const report::Series& series : report::SeriesOf(view)) {
    for (const report::Point& point : report::PointsOf(series)) {
      if (point.weight > report::Weight::kWarning || ++count > kMostPoints) continue;
      const std::string code = CodeId(point.note->code);
      text += "  " + report::NameOf(series, view, language) + std::string(In(language, " ", ": ")) +
              report::GradesWords(point, language) + std::string(In(language, "：", ": ")) +
              report::PointWords(point, view.labels, language) +
              (language == Language::kZh ? "（" + code + "）\n" : " (" + code + ")\n");
    }
  }
  if (count > kMostPoints) {
    text +=
        std::string(In(language, "  其余见 grade_prices.csv：", "  more in grade_prices.csv: ")) +
        Count(count - kMostPoints) + "\n";
  }
  return text;
}

std::string SummaryTable(const Computed& computed, Language language) {
  const auto in = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  TextTable table(
      {Align::kLeft, Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight});
  table.Add({in("代码", "code"), in("名称", "name"), in("记录", "records"), in("采用", "used"),
             in("有价格", "priced"), in("暂不公布", "withheld")});
  for (const ComputedPublication& publication : computed.publications) {
    std::size_t priced = 0;
    for (const std::size_t count : publication.cells) priced += count;
    const std::size_t withheld = publication.cells[static_cast<std::size_t>(CellStatus::kWithheld)];
    const std::size_t used = publication.fates[static_cast<std::size_t>(Fate::kUsed)];
    const std::string& county = publication.draft.county;
    const std::string& area = publication.draft.area;
    const std::string name = publication.county_name + (area.empty() ? "" : " " + area);
    table.Add({county.empty() ? std::string(kNone) : county,
               name.empty() ? std::string(kNone) : name, Count(publication.scope.rows.size()),
               Count(used), Count(priced - withheld), Count(withheld)});
  }
  return table.ToString();
}

// What became of the records: used, each reason for leaving out with most first, and the sum.
std::string FatesTable(const Computed& computed, Language language) {
  std::vector<std::pair<std::size_t, std::string_view>> left_out;
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    const std::size_t count = computed.report.fates[static_cast<std::size_t>(row.value)];
    if (row.value != Fate::kUsed && count > 0) left_out.emplace_back(count, row.code);
  }
  std::ranges::stable_sort(left_out, std::ranges::greater(),
                           [](const auto& entry) { return entry.first; });
  const std::size_t used = computed.report.fates[static_cast<std::size_t>(Fate::kUsed)];
  TextTable table({Align::kLeft, Align::kRight});
  table.Add({std::string(In(language, "记录去向", "fate of the records")),
             std::string(In(language, "条", "records"))});
  const auto add = [&](std::string_view code, std::size_t count) {
    table.Add({std::string(computed.reference.labels.Of(code, language)), Count(count)});
  };
  add(CodeOf(Fate::kUsed), used);
  for (const auto& [count, code] : left_out) add(code, count);
  table.Add({std::string(In(language, "合计", "total")), Count(computed.samples.size())});
  return table.ToString();
}

}  // namespace

std::string ComputedText(const Computed& computed, Language language) {
  std::string text;
  if (computed.publications.size() > kMostPriceTables) {
    text = SummaryTable(computed, language) + "\n";
  } else {
    const report::EvidenceSummary none;
    for (const ComputedPublication& publication : computed.publications) {
      const PublicationView view{computed.samples,          computed.plan,
                                 computed.report,           none,
                                 computed.reference.labels, publication.scope,
                                 publication.draft.id,      publication.county_name};
      text += Heading(publication, computed, language) + PriceTable(view, language) +
              PointsText(view, language) + "\n";
    }
  }
  return text + FatesTable(computed, language);
}

}  // namespace dijia::cli
