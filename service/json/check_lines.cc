#include "json/check_lines.h"

#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::json {

CheckLines::CheckLines(rules::ColumnChecker& checker, const rules::RulePack& pack,
                       Language language)
    : checker_(checker), pack_(pack), language_(language) {}

const rules::MarkedText& CheckLines::TextOf(std::uint32_t outline) {
  if (outline >= texts_.size()) texts_.resize(outline + 1);
  std::optional<rules::MarkedText>& text = texts_[outline];
  if (!text) {
    scratch_.clear();
    AppendCheck(checker_.outline(outline), pack_, language_, scratch_);
    text.emplace(scratch_, checker_.dates(outline));
  }
  return *text;
}

// A row without an outline.
rules::Verdict CheckLines::AppendSingly(std::size_t row, std::string_view case_id,
                                        TextBuffer& out) {
  rules::ReservePriceCheck check = checker_.Check(row);
  check.case_id = case_id;
  scratch_.clear();
  AppendCheck(check, pack_, language_, scratch_);
  out += scratch_;
  return check.verdict;
}

void CheckLines::Append(std::size_t first, std::span<const std::string_view> case_ids,
                        std::span<rules::Verdict> verdicts, TextBuffer& out) {
  outlines_.resize(case_ids.size());
  checker_.FindAll(first, outlines_);
  for (std::size_t i = 0; i < case_ids.size(); ++i) {
    if (outlines_[i] == rules::kNoOutline) {
      verdicts[i] = AppendSingly(first + i, case_ids[i], out);
    } else {
      verdicts[i] = checker_.outline(outlines_[i]).verdict;
      const rules::MarkedText& text = TextOf(outlines_[i]);
      const auto figures = text.figures();
      if (values_.size() < figures.size()) values_.resize(figures.size());
      checker_.ReadFigures(outlines_[i], first + i, figures, values_);
      scratch_.clear();
      AppendString(case_ids[i], scratch_);
      const std::string_view quoted = scratch_;
      text.AppendTo(out, values_, quoted.substr(1, quoted.size() - 2));
    }
    out += '\n';
  }
}

}  // namespace dijia::json
