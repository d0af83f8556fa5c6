#include "http/rules_in_force.h"

#include <algorithm>
#include <system_error>
#include <utility>
#include <vector>

#include "io/file_error.h"
#include "io/rule_packs.h"

namespace dijia::http {

namespace fs = std::filesystem;

RulesInForce::RulesInForce(std::string name, fs::path packs, Diagnostics& problems,
                           app::LandClassSource classes)
    : classes_(std::move(classes)), name_(std::move(name)), packs_(std::move(packs)) {
  seen_ = Fingerprint();
  made_ = Make(problems);
}

std::shared_ptr<const rules::PreparedRules> RulesInForce::Now() const {
  const auto made = Made();
  return made == nullptr ? nullptr
                         : std::shared_ptr<const rules::PreparedRules>(made, &made->rules);
}

std::shared_ptr<const app::MadeRules> RulesInForce::Made() const {
  const std::lock_guard lock(mutex_);
  return made_;
}

std::shared_ptr<const app::MadeRules> RulesInForce::Make(Diagnostics& problems) {
  std::vector<rules::PackLayer> layers = io::ReadRulePack(name_, packs_);
  auto pack = rules::LoadRulePack(layers, problems);
  if (!pack) return nullptr;
  std::vector<store::LandClassEntry> classes = classes_.Log();
  rules::PreparedRules rules =
      app::WithLandClasses(rules::PreparedRules(*std::move(pack)), classes);
  return std::make_shared<const app::MadeRules>(
      app::MadeRules{std::move(rules), std::move(layers), std::move(classes)});
}

RulesInForce::Reload RulesInForce::Read(Diagnostics& problems) {
  // Taken before anything is read: a change during reading is noticed afterwards.
  std::string seen = Fingerprint();
  std::shared_ptr<const app::MadeRules> made;
  try {
    made = Make(problems);
  } catch (const io::FileError& error) {
    problems.Add(error.diagnostic());
  }
  const std::lock_guard lock(mutex_);
  seen_ = std::move(seen);
  if (made == nullptr) return Reload::kKept;
  if (made_ != nullptr && made_->rules.pack().sha256 == made->rules.pack().sha256) {
    return Reload::kUnchanged;
  }
  made_ = std::move(made);
  return Reload::kReplaced;
}

bool RulesInForce::Changed() {
  std::string seen = Fingerprint();
  const std::lock_guard lock(mutex_);
  if (seen == seen_) return false;
  seen_ = std::move(seen);
  return true;
}

// All files below the packs, those of an office's own pack, and the land classes. What cannot be
// read counts as absent: the next Read says why.
std::string RulesInForce::Fingerprint() {
  std::vector<std::string> lines;
  for (const fs::path& folder : {packs_, fs::path(name_)}) {
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
      std::error_code gone;
      const auto size = entry->file_size(gone);
      const auto time = entry->last_write_time(gone).time_since_epoch().count();
      if (gone) continue;
      lines.push_back(entry->path().string() + "\t" + std::to_string(size) + "\t" +
                      std::to_string(time) + "\n");
    }
  }
  std::ranges::sort(lines);
  std::string files;
  for (const std::string& line : lines) files += line;
  return files + classes_.Fingerprint();
}

}  // namespace dijia::http
