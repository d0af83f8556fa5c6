#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "dijia/table_lint.h"
#include "figures.h"

namespace dijia {
namespace {

constexpr std::string_view kAbsent = "—";

// The document and since when it holds.
std::string SourceOf(const Publication& official) {
  const std::string& name = official.document_no.empty() ? official.id : official.document_no;
  return name + ", " + FormatDate(FirstDay(official));
}

class Comparison {
 public:
  explicit Comparison(const Publication& tested) : tested_(tested) {}

  std::vector<Diagnostic> With(std::span<const Publication> officials) {
    std::string in_force, all;
    for (const Publication& official : officials) {
      (all += all.empty() ? "" : "; ") += SourceOf(official);
      if (!IsInForceOn(official, FirstDay(tested_))) continue;
      (in_force += in_force.empty() ? "" : "; ") += SourceOf(official);
      Compare(official);
    }
    if (in_force.empty()) {
      Report(Code::kNoOfficialInForce, "/base_date", {FormatDate(FirstDay(tested_)), all});
    } else if (compared_ == 0) {
      Report(Code::kNothingToCompare, "/uses", {in_force});
    }
    return std::move(findings_);
  }

 private:
  void Report(Code code, std::string pointer, std::vector<std::string> arguments) {
    findings_.push_back({code, {"", 0, 0, std::move(pointer)}, std::move(arguments)});
  }

  void Compare(const Publication& official) {
    for (const auto& [code, use] : tested_.uses) {
      const auto same_use = official.uses.find(code);
      if (same_use == official.uses.end()) continue;
      const std::string uses = PointerTo("/uses", CodeOf(code));
      for (const auto& [name, table] : use.coefficients) {
        const auto same = same_use->second.coefficients.find(name);
        const bool comparable =
            same != same_use->second.coefficients.end() && same->second.index() == table.index();
        if (!comparable) continue;
        ++compared_;
        CompareTables(table, same->second, PointerTo(PointerTo(uses, "coefficients"), name),
                      SourceOf(official));
      }
    }
  }

  void CompareTables(const CoefficientTable& table, const CoefficientTable& official,
                     const std::string& pointer, const std::string& source) {
    std::map<std::string, Figure> expected;
    for (Figure& figure : FiguresOf(official, "")) expected.emplace(figure.name, figure);
    for (const Figure& figure : FiguresOf(table, pointer)) {
      const auto known = expected.find(figure.name);
      if (known == expected.end()) {
        Differ(figure.name, figure.pointer, figure.ToString(), std::string(kAbsent), source);
        continue;
      }
      if (known->second.units != figure.units) {
        Differ(figure.name, figure.pointer, figure.ToString(), known->second.ToString(), source);
      }
      expected.erase(known);
    }
    for (const auto& [name, figure] : expected) {
      Differ(name, pointer, std::string(kAbsent), figure.ToString(), source);
    }
  }

  void Differ(const std::string& name, std::string pointer, std::string found, std::string expected,
              const std::string& source) {
    Report(Code::kDiffersFromOfficial, std::move(pointer),
           {name, std::move(found), std::move(expected), source});
  }

  const Publication& tested_;
  std::vector<Diagnostic> findings_;
  std::size_t compared_ = 0;
};

}  // namespace

std::vector<Diagnostic> CompareWithOfficial(const Publication& publication,
                                            std::span<const Publication> officials) {
  return Comparison(publication).With(officials);
}

}  // namespace dijia
