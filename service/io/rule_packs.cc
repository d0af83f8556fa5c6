#include "io/rule_packs.h"

#include <algorithm>
#include <system_error>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/file_text.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;

bool IsPack(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / "pack.toml", ignored);
}

std::string IdsIn(const fs::path& packs) {
  std::vector<std::string> ids;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(packs, error)) {
    if (IsPack(entry.path())) ids.push_back(entry.path().filename().string());
  }
  std::ranges::sort(ids);
  std::string text;
  for (const std::string& id : ids) text += (text.empty() ? "" : ", ") + id;
  return text;
}

// Beside the layer above, then among the shipped ones; a name alone never means a folder of the
// working directory, so that `cn` is the same pack everywhere.
fs::path FolderOf(const std::string& name, const fs::path& beside, const fs::path& packs) {
  const bool is_id = name.find('/') == std::string::npos && !name.starts_with('.');
  if (!beside.empty() && is_id && IsPack(beside / name)) return beside / name;
  if (is_id && IsPack(packs / name)) return packs / name;
  if (beside.empty() && IsPack(name)) return name;
  throw FileError({Code::kRulesNotFound, {}, {name, IdsIn(packs)}});
}

rules::PackLayer ReadLayer(const fs::path& folder) {
  rules::PackLayer layer;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".toml" && extension != ".csv") continue;
    layer.push_back({entry.path().filename().string(), ReadText(entry.path())});
  }
  if (error) ThrowNotRead(folder, error.value());
  std::ranges::sort(layer, {}, &rules::PackFile::name);
  return layer;
}

}  // namespace

std::vector<rules::PackLayer> ReadRulePack(const std::string& name, const fs::path& packs) {
  constexpr std::size_t kMostLayers = 16;
  std::vector<rules::PackLayer> layers;
  std::string next = name;
  fs::path beside;
  while (!next.empty()) {
    if (layers.size() == kMostLayers) throw FileError({Code::kRulesStandInRing, {}, {name}});
    const fs::path folder = FolderOf(next, beside, packs);
    layers.insert(layers.begin(), ReadLayer(folder));
    next = rules::LayerBelow(layers.front());
    beside = fs::absolute(folder).lexically_normal().parent_path();
  }
  return layers;
}

std::optional<rules::PreparedRules> LoadRules(const std::string& name, const fs::path& packs,
                                              Diagnostics& diagnostics) {
  std::optional<rules::RulePack> pack = rules::LoadRulePack(ReadRulePack(name, packs), diagnostics);
  if (!pack) return std::nullopt;
  return rules::PreparedRules(*std::move(pack));
}

}  // namespace dijia::io
