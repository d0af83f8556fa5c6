#include "cli/class_store.h"

#include "app/stored_classes.h"
#include "cli/data_folder.h"
#include "cli/store_words.h"
#include "io/rule_packs.h"

namespace dijia::cli {

void AddClassStore(const OptionGroup& options, std::string& store, ClassesFor classes_for,
                   OtherUse other) {
  const bool cases = classes_for == ClassesFor::kCases;
  const std::string zh = cases ? "案例没有写明等别时，用此存储中该县在决定日的等别"
                               : "没有 --land-class 时，用此存储中该县在施行日的等别";
  const std::string en = cases ? "whose land classes count where a case states none"
                               : "whose land class of the county counts without --land-class";
  options.Add("--store", store, "PATH", zh + other.zh + "\n" + en + other.en);
}

std::optional<rules::PreparedRules> LoadRulesWithClasses(const std::string& rules,
                                                         const std::string& store,
                                                         Diagnostics& diagnostics) {
  auto loaded = io::LoadRules(rules, PacksFolder(), diagnostics);
  if (!loaded || store.empty()) return loaded;
  return app::WithLandClasses(*loaded, OpenStoreAt(store)->LandClasses(""));
}

}  // namespace dijia::cli
