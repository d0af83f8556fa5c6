#include "cli/check_keeping.h"

#include <utility>

#include "cli/language_text.h"
#include "store/lifecycle.h"

namespace dijia::cli {

bool CheckKeeping::Begin(app::CheckRequest& request, Diagnostics& diagnostics) {
  act_ = ActOf(words_);
  if (!store::CheckAct(act_, diagnostics)) return false;
  store_ = OpenStore(words_);
  request.keep = [this](store::NewCheck check) { Keep(std::move(check)); };
  request.keep_all = [this] {
    if (keeping_ != nullptr) keeping_->Commit();
  };
  return true;
}

void CheckKeeping::Keep(store::NewCheck check) {
  if (keeping_ == nullptr) keeping_ = store_->KeepChecks();
  const store::KeptCheck kept = keeping_->Add(std::move(check), act_);
  Range& range = kept_[kept.check.county];
  range.last = IdOf(kept);
  if (++range.checks == 1) range.first = range.last;
}

std::string CheckKeeping::Line(Language language) const {
  std::uint64_t checks = 0;
  std::string ids;
  for (const auto& [county, range] : kept_) {
    checks += range.checks;
    ids += (ids.empty() ? "" : ", ") + range.first;
    if (range.checks > 1) ids += " – " + range.last;
  }
  std::string line(In(language, "存档 ", "kept "));
  line += std::to_string(checks) + std::string(In(language, " 件", ""));
  if (!ids.empty()) line += std::string(In(language, "：", ": ")) + ids;
  return line;
}

}  // namespace dijia::cli
