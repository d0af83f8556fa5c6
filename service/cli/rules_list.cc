#include "cli/rules_list.h"

#include <algorithm>
#include <vector>

#include "cli/language_text.h"
#include "cli/text_table.h"
#include "io/rule_packs.h"

namespace dijia::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> PacksIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (fs::exists(entry.path() / "pack.toml", error)) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

std::string RulesList(const fs::path& packs, Language language) {
  using Align = TextTable::Align;
  TextTable table(
      {Align::kLeft, Align::kLeft, Align::kLeft, Align::kRight, Align::kLeft, Align::kLeft});
  const auto say = [&](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  table.Add({say("规则包", "pack"), say("版本", "version"), say("层次", "layers"),
             say("条款", "clauses"), "SHA-256", say("名称", "title")});
  for (const std::string& name : PacksIn(packs)) {
    Diagnostics diagnostics;
    const auto rules = io::LoadRules(name, packs, diagnostics);
    if (!rules) {
      table.Add({name, "", "", "", "", say("不能载入", "cannot be loaded")});
      continue;
    }
    const rules::RulePack& pack = rules->pack();
    std::string layers;
    for (const std::string& layer : pack.layers) {
      if (!layers.empty()) layers += " ← ";
      layers += layer.substr(0, layer.find(' '));
    }
    table.Add({pack.id, pack.version, layers, std::to_string(pack.clauses.size()), pack.sha256,
               pack.title.In(language)});
  }
  return table.ToString();
}

}  // namespace dijia::cli
