#include "dijia/table_lint.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <variant>

#include "coefficient_lint.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "figures.h"
#include "places.h"

namespace dijia {
namespace {

// 万元/亩 with two places are multiples of 0.15 yuan; whole ones of 15.
constexpr std::int64_t kWholeMu = 15 * UnitPrice::kOne;
constexpr std::int64_t kHundredthOfMu = kWholeMu / 100;

class PublicationLint {
 public:
  PublicationLint(const Publication& publication, const TableLintOptions& options)
      : publication_(publication), options_(options) {}

  std::vector<Diagnostic> Take() {
    CheckUnit();
    for (const auto& [code, use] : publication_.uses) {
      const std::string pointer = PointerTo("/uses", CodeOf(code));
      CheckGrades(use, PointerTo(pointer, "grades"));
      CheckDecimals(use, pointer);
      if (code == LandUse::kIndustrial) CheckMinimum(use, pointer);
      const CoefficientLint lint(publication_, use, options_, findings_);
      for (const auto& [name, table] : use.coefficients) {
        lint.Check(name, table, PointerTo(PointerTo(pointer, "coefficients"), name));
      }
    }
    return std::move(findings_);
  }

 private:
  void Report(Code code, std::string pointer, std::vector<std::string> arguments) {
    findings_.push_back({code, {"", 0, 0, std::move(pointer)}, std::move(arguments)});
  }

  // Prices of one sub-use fall with the grade, and grades are listed from the best on.
  void CheckGrades(const PublishedUse& use, const std::string& pointer) {
    std::map<std::string, std::map<int, std::size_t>> by_sub_use;
    std::map<std::string, int> last;
    for (std::size_t i = 0; i < use.grades.size(); ++i) {
      const PublishedGrade& grade = use.grades[i];
      if (grade.price) by_sub_use[grade.sub_use].emplace(grade.grade, i);
      int& before = last[grade.sub_use];
      if (grade.grade < before) {
        Report(Code::kHeadingsOutOfOrder, PointerTo(PointerTo(pointer, i), "grade"),
               {std::to_string(grade.grade), std::to_string(before), "1, 2, 3 …"});
      }
      before = grade.grade;
    }
    for (const auto& [sub_use, grades] : by_sub_use) {
      for (auto below = grades.begin(); below != grades.end(); ++below) {
        if (below == grades.begin()) continue;
        const PublishedGrade& better = use.grades[std::prev(below)->second];
        const PublishedGrade& worse = use.grades[below->second];
        if (*worse.price < *better.price) continue;
        Report(Code::kGradePricesOutOfOrder, PointerTo(PointerTo(pointer, below->second), "price"),
               {std::to_string(worse.grade), worse.price->ToString(), std::to_string(better.grade),
                better.price->ToString()});
      }
    }
  }

  // A price unlike all others: one that is no multiple of five yuan, or has more decimals.
  void CheckDecimals(const PublishedUse& use, const std::string& pointer) {
    if (publication_.primary_unit != PriceUnit::kYuanPerSqm) return;
    std::vector<Figure> prices;
    for (std::size_t i = 0; i < use.grades.size(); ++i) {
      if (!use.grades[i].price) continue;
      const std::string place = PointerTo(PointerTo(PointerTo(pointer, "grades"), i), "price");
      prices.push_back({"", place, use.grades[i].price->units(), UnitPrice::kScale});
    }
    const std::int64_t steps[] = {5 * UnitPrice::kOne, UnitPrice::kOne, UnitPrice::kOne / 10};
    if (const auto odd = OddOneOut(prices, steps)) findings_.push_back(*odd);
  }

  void CheckMinimum(const PublishedUse& use, const std::string& pointer) {
    if (!options_.industrial_minimum) return;
    const TableLintOptions::Minimum& minimum = *options_.industrial_minimum;
    const auto check = [&](const std::optional<UnitPrice>& price, const std::string& place) {
      if (!price || *price >= minimum.price) return;
      Report(Code::kBelowMinimum, PointerTo(place, "price"),
             {price->ToString(), std::to_string(minimum.land_class), minimum.price.ToString(),
              minimum.source});
    };
    for (std::size_t i = 0; i < use.grades.size(); ++i) {
      check(use.grades[i].price, PointerTo(PointerTo(pointer, "grades"), i));
    }
    for (std::size_t i = 0; i < use.zones.size(); ++i) {
      check(use.zones[i].price, PointerTo(PointerTo(pointer, "zones"), i));
    }
  }

  // Whether the figures look as if set in the other unit.
  void CheckUnit() {
    constexpr std::size_t kFew = 5;
    std::size_t count = 0, whole_mu = 0, short_mu = 0;
    for (const auto& [code, use] : publication_.uses) {
      for (const PublishedGrade& grade : use.grades) {
        if (!grade.price) continue;
        ++count;
        whole_mu += grade.price->units() % kWholeMu == 0 ? 1 : 0;
        short_mu += grade.price->units() % kHundredthOfMu == 0 ? 1 : 0;
      }
    }
    if (count < kFew) return;
    const bool is_yuan = publication_.primary_unit == PriceUnit::kYuanPerSqm;
    if (is_yuan && whole_mu == count) {
      Doubt(PriceUnit::kWanYuanPerMu, count, whole_mu);
    } else if (publication_.primary_unit == PriceUnit::kWanYuanPerMu && short_mu * 2 < count) {
      Doubt(PriceUnit::kYuanPerSqm, count, count - short_mu);
    }
  }
  void Doubt(PriceUnit unit, std::size_t count, std::size_t like) {
    Report(Code::kPrimaryUnitDoubtful, "/primary_unit",
           {std::string(CodeOf(publication_.primary_unit)), std::string(CodeOf(unit)),
            std::to_string(count), std::to_string(like)});
  }

  const Publication& publication_;
  const TableLintOptions& options_;
  std::vector<Diagnostic> findings_;
};

}  // namespace

std::vector<Diagnostic> LintTables(const Publication& publication,
                                   const TableLintOptions& options) {
  return PublicationLint(publication, options).Take();
}

}  // namespace dijia
