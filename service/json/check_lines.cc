#include "json/check_lines.h"

#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::json {

CheckLines::CheckLines(rules::ColumnChecker& checker, const rules::RulePack& pack,
                       Language language)
    : checker_(checker), pack_(pack), language_(language) {}

const rules::MarkedText& CheckLines::TextOf(std::uint32_t outline) {
  if (outline >= texts_.size()) texts_.resize(outline + 1);
  if (texts_[outline] == nullptr) {
    scratch_.clear();
    AppendCheck(checker_.outline(outline), pack_, language_, scratch_);
    texts_[outline] = std::make_unique<rules::MarkedText>(scratch_, checker_.dates(outline));
  }
  return *texts_[outline];
}

rules::Verdict CheckLines::Append(std::size_t row, std::string_view case_id, std::string& out) {
  const std::optional<rules::OutlineRow> found = checker_.Find(row);
  if (!found) {
    rules::ReservePriceCheck check = checker_.Check(row);
    check.case_id = case_id;
    AppendCheck(check, pack_, language_, out);
    return check.verdict;
  }
  const rules::MarkedText& text = TextOf(found->outline);
  scratch_.clear();
  AppendString(case_id, scratch_);
  const std::string_view quoted = scratch_;
  text.AppendTo(out, found->figures, quoted.substr(1, quoted.size() - 2));
  return checker_.outline(found->outline).verdict;
}

}  // namespace dijia::json
