#include "cli/price_table.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "app/csv_text.h"
#include "cli/language_text.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"

namespace dijia::cli {
namespace {

using app::Computed;
using app::ComputedPublication;
using Align = TextTable::Align;

constexpr std::string_view kNone = "—";
constexpr std::size_t kMostNotes = 40;  // of one publication; all stand in grade_prices.csv

// 11936 as 11,936.
std::string Grouped(std::size_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string Rounded(double value, int decimals) {
  app::CsvText text;
  text.PutRounded(value, decimals);
  return text.size() == 0 ? std::string(kNone) : std::string(text.view());
}

std::string PerMu(const GradePrice& cell) {
  constexpr Rounding kTwoPlaces{RoundingMode::kHalfUp, 10'000};
  const auto price = cell.price ? PricePerMuOf(*cell.price, kTwoPlaces) : std::nullopt;
  return price ? FormatFixed(price->units(), PricePerMu::kScale, 2) : std::string(kNone);
}

std::string IntervalOf(const GradePrice& cell) {
  if (!cell.interval) return std::string(kNone);
  return Rounded(cell.interval->low, 0) + " – " + Rounded(cell.interval->high, 0);
}

bool IsInside(const GradePrice& cell, const ComputedPublication& publication) {
  return cell.key.county == publication.scope.county && cell.key.area == publication.scope.area;
}

// The use as the plan names it, with the sub-use.
std::string UseName(const Computed& computed, const CellKey& key) {
  const auto use = std::ranges::find(computed.plan.uses, key.use, &UsePlan::use);
  std::string name = use != computed.plan.uses.end() ? use->name : std::string(CodeOf(key.use));
  const std::string& sub_use = computed.samples.sub_uses.Name(key.sub_use);
  return sub_use.empty() ? name : name + " · " + sub_use;
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

std::string PriceTable(const ComputedPublication& publication, const Computed& computed,
                       Language language) {
  const auto in = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight,
                   Align::kRight, Align::kRight, Align::kLeft});
  table.Add({in("用途", "use"), in("级别", "grade"), in("元/㎡", "yuan/m²"),
             in("万元/亩", "10,000 yuan/mu"), in("95%区间", "95 % interval"), in("样点", "samples"),
             in("采用", "used"), in("状态", "status")});
  for (const GradePrice& cell : computed.report.cells) {
    if (!IsInside(cell, publication)) continue;
    table.Add({UseName(computed, cell.key), std::to_string(cell.key.grade),
               cell.price ? cell.price->ToString() : std::string(kNone), PerMu(cell),
               IntervalOf(cell), Grouped(cell.samples), Grouped(cell.used),
               std::string(computed.reference.labels.Of(CodeOf(cell.status), language))});
  }
  return table.ToString();
}

// Everything above a note about a price, in plain words.
std::string NotesText(const ComputedPublication& publication, const Computed& computed,
                      Language language) {
  std::string text;
  std::size_t count = 0;
  for (const GradePrice& cell : computed.report.cells) {
    if (!IsInside(cell, publication)) continue;
    for (const Diagnostic& note : cell.notes) {
      if (RowOf(note.code).severity == Severity::kNote || ++count > kMostNotes) continue;
      text += "  " + UseName(computed, cell.key) + " " + std::to_string(cell.key.grade) +
              std::string(In(language, "级：", ": ")) + TextOf(note, language) + "（" +
              CodeId(note.code) + "）\n";
    }
  }
  if (count > kMostNotes) {
    text +=
        std::string(In(language, "  其余见 grade_prices.csv：", "  more in grade_prices.csv: ")) +
        std::to_string(count - kMostNotes) + "\n";
  }
  return text;
}

std::string SummaryTable(const Computed& computed, Language language) {
  const auto in = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  TextTable table({Align::kLeft, Align::kLeft, Align::kLeft, Align::kRight, Align::kRight,
                   Align::kRight, Align::kRight});
  table.Add({in("代码", "county"), in("名称", "name"), in("区域", "area"), in("行", "rows"),
             in("采用", "used"), in("有价", "priced"), in("不公布", "withheld")});
  for (const ComputedPublication& publication : computed.publications) {
    std::size_t priced = 0;
    for (const std::size_t count : publication.cells) priced += count;
    const std::size_t withheld = publication.cells[static_cast<std::size_t>(CellStatus::kWithheld)];
    const std::size_t used = publication.fates[static_cast<std::size_t>(Fate::kUsed)];
    const auto or_none = [](const std::string& text) {
      return text.empty() ? std::string(kNone) : text;
    };
    table.Add({or_none(publication.draft.county), or_none(publication.county_name),
               or_none(publication.draft.area), Grouped(publication.scope.rows.size()),
               Grouped(used), Grouped(priced - withheld), Grouped(withheld)});
  }
  return table.ToString();
}

// "Read 11,936 rows, used 3,210; left out: not a market sale 5,592, …", most first.
std::string FatesText(const Computed& computed, Language language) {
  std::vector<std::pair<std::size_t, std::string_view>> left_out;
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    const std::size_t count = computed.report.fates[static_cast<std::size_t>(row.value)];
    if (row.value != Fate::kUsed && count > 0) left_out.emplace_back(count, row.code);
  }
  std::ranges::stable_sort(left_out, std::ranges::greater(),
                           [](const auto& entry) { return entry.first; });
  const std::size_t used = computed.report.fates[static_cast<std::size_t>(Fate::kUsed)];
  std::string text = std::string(In(language, "读入 ", "rows read: ")) +
                     Grouped(computed.samples.size()) +
                     std::string(In(language, " 行，采用 ", ", used: ")) + Grouped(used) +
                     std::string(In(language, " 行", ""));
  const char* separator = language == Language::kZh ? "；未采用：" : "; left out: ";
  for (const auto& [count, code] : left_out) {
    text += separator + std::string(computed.reference.labels.Of(code, language)) + " " +
            Grouped(count);
    separator = language == Language::kZh ? "，" : ", ";
  }
  return text + "\n";
}

}  // namespace

std::string ComputedText(const Computed& computed, Language language) {
  std::string text;
  if (computed.publications.size() > kMostPriceTables) {
    text = SummaryTable(computed, language) + "\n";
  } else {
    for (const ComputedPublication& publication : computed.publications) {
      text += Heading(publication, computed, language);
      text += PriceTable(publication, computed, language);
      text += NotesText(publication, computed, language) + "\n";
    }
  }
  return text + FatesText(computed, language);
}

}  // namespace dijia::cli
