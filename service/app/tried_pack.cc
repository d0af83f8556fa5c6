#include "app/tried_pack.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "app/stored_classes.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"

namespace dijia::app {
namespace {

// A layer has the name by which the one above stands on it.
std::vector<std::string> IdsOf(const MadeRules& made) {
  std::vector<std::string> ids;
  for (std::size_t i = 1; i < made.layers.size(); ++i) {
    ids.push_back(rules::LayerBelow(made.layers[i]));
  }
  if (!made.layers.empty()) ids.push_back(made.rules.pack().id);
  return ids;
}

// The layers in force up to that of an id; none where none has it.
std::vector<rules::PackLayer> LayersUpTo(const std::string& id, const MadeRules& made) {
  const std::vector<std::string> ids = IdsOf(made);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] != id) continue;
    return {made.layers.begin(), made.layers.begin() + static_cast<std::ptrdiff_t>(i) + 1};
  }
  return {};
}

// Of what is wrong in the files of a pack the place in the request.
void AppendAt(const std::string& pointer, const PackTexts& texts, const Diagnostics& found,
              Diagnostics& diagnostics) {
  for (Diagnostic problem : found.kept()) {
    const std::string& source = problem.where.source;
    problem.where.field = texts.contains(source) ? PointerTo(pointer, source) : pointer;
    diagnostics.Add(std::move(problem));
  }
}

// The files in the order of their names; those of other kinds are reported.
rules::PackLayer LayerOf(const PackTexts& texts, const std::string& pointer,
                         Diagnostics& diagnostics) {
  rules::PackLayer layer;
  for (const auto& [name, text] : texts) {
    if (!name.ends_with(".toml") && !name.ends_with(".csv")) {
      diagnostics.Add(Code::kUnknownChoice, {"", 0, 0, PointerTo(pointer, name)},
                      {"\"" + name + "\"", "*.toml, *.csv"});
    }
    layer.push_back({name, text});
  }
  return layer;
}

}  // namespace

std::optional<rules::PreparedRules> LoadTriedPack(const PackTexts& texts, const MadeRules& in_force,
                                                  const std::string& pointer,
                                                  Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const rules::PackLayer own = LayerOf(texts, pointer, diagnostics);
  const std::string on = rules::LayerBelow(own);
  std::vector<rules::PackLayer> layers = on.empty() ? in_force.layers : LayersUpTo(on, in_force);
  if (layers.empty()) {
    const std::vector<std::string> ids = IdsOf(in_force);
    const std::vector<std::string_view> allowed(ids.begin(), ids.end());
    diagnostics.Add(Code::kUnknownChoice, {"", 0, 0, pointer},
                    {"on = \"" + on + "\"", JoinNames(allowed)});
    return std::nullopt;
  }
  layers.push_back(own);
  Diagnostics found;
  auto pack = rules::LoadRulePack(layers, found);
  // Why no layer was named may stand among these already, as where the TOML cannot be read.
  if (on.empty() && !found.has_errors()) {
    found.Add(Code::kMissingField, {}, {"on"});
  }
  AppendAt(pointer, texts, found, diagnostics);
  if (!pack || diagnostics.errors() > before) return std::nullopt;
  return WithLandClasses(rules::PreparedRules(*std::move(pack)), in_force.classes);
}

}  // namespace dijia::app
