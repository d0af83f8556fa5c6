#include "app/coefficients.h"

#include <algorithm>
#include <utility>

#include "app/sampled_tables.h"
#include "dijia/base/codes.h"
#include "dijia/term_table.h"
#include "io/file_text.h"
#include "io/table_plan_toml.h"

namespace dijia::app {
namespace {

// One use under derivation.
class UseDerivation {
 public:
  UseDerivation(const DerivationInput& input, LandUse use, std::vector<DerivedTable>& derived,
                Diagnostics& diagnostics)
      : input_(input),
        plan_(input.plan),
        use_(use),
        derived_(derived),
        diagnostics_(diagnostics),
        path_("uses." + std::string(CodeOf(use))) {
    if (input.publication == nullptr) return;
    const auto found = input.publication->uses.find(use);
    if (found != input.publication->uses.end()) published_ = &found->second;
  }

  void Run(const UseTablesPlan& tables) {
    if (tables.capitalization) AddRate(*tables.capitalization);
    if (tables.regional) AddRegional(*tables.regional);
    if (tables.term_table) AddTerms(tables);
    if (tables.development) AddDevelopment(*tables.development);
    if (tables.far) AddFromSamples(path_ + ".far", *tables.far);
    if (tables.date) AddFromSamples(path_ + ".date", *tables.date);
  }

 private:
  void Report(const std::string& field, Code code, std::vector<std::string> arguments) {
    diagnostics_.Add(code, {input_.source, 0, 0, path_ + "." + field}, std::move(arguments));
  }
  std::nullopt_t Needs(const std::string& table, const std::string& figure) {
    Report(table, Code::kTableNeedsFigure, {path_ + "." + table, figure});
    return std::nullopt;
  }
  void AddRegional(const RegionalPlan& plan) {
    DerivedTable table = NamedTable(use_, plan.name, "amplitude_weights");
    RegionalOptions options;
    std::ranges::copy_n(plan.levels.begin(), kRegionalLevels, options.levels.begin());
    options.half_of = plan.half_of;
    options.percent = *plan_.rounding.percent;
    Factors factors;
    for (const auto& [grade, of_grade] : plan.grades) {
      const auto amplitude = Amplitude(grade, of_grade);
      if (!amplitude) continue;
      const auto& weights = of_grade.weights.empty() ? plan.weights : of_grade.weights;
      auto rows = RegionalFactors(*amplitude, weights, options);
      if (!rows) {
        Report("regional", Code::kTableTooLarge, {path_ + ".regional"});
        continue;
      }
      factors.tables[grade] = *std::move(rows);
      table.figures.push_back({"upward_percent", grade, amplitude->upward.ToString()});
      table.figures.push_back({"downward_percent", grade, amplitude->downward.ToString()});
    }
    factors.by =
        factors.tables.size() == 1 && factors.tables.contains(0) ? TableBy::kAll : TableBy::kGrade;
    table.content = std::move(factors);
    derived_.push_back(std::move(table));
  }

  std::optional<RegionalAmplitude> Amplitude(int grade, const RegionalGradePlan& plan) {
    if (plan.upward && plan.downward) return RegionalAmplitude{*plan.upward, *plan.downward};
    const std::string table = "regional.grades." + GradeKey(grade);
    const auto benchmark = plan.benchmark ? plan.benchmark : PublishedPrice(grade);
    const auto [dearest, cheapest] = ZonePrices(grade);
    const auto highest = plan.highest ? plan.highest : dearest;
    const auto lowest = plan.lowest ? plan.lowest : cheapest;
    if (!benchmark) Needs(table, "benchmark_yuan_per_sqm");
    if (!highest) Needs(table, "highest_yuan_per_sqm");
    if (!lowest) Needs(table, "lowest_yuan_per_sqm");
    if (!benchmark || !highest || !lowest) return std::nullopt;
    const auto amplitude = AmplitudeOf(*benchmark, *highest, *lowest, *plan_.rounding.amplitude);
    if (!amplitude) {
      Report(
          table, Code::kAmplitudeImpossible,
          {std::to_string(grade), lowest->ToString(), benchmark->ToString(), highest->ToString()});
    }
    return amplitude;
  }

  std::optional<UnitPrice> PublishedPrice(int grade) const {
    if (published_ == nullptr) return std::nullopt;
    for (const PublishedGrade& published : published_->grades) {
      if (published.grade == grade && published.sub_use.empty()) return published.price;
    }
    return std::nullopt;
  }

  // Of the dearest and of the cheapest zone of the grade.
  std::pair<std::optional<UnitPrice>, std::optional<UnitPrice>> ZonePrices(int grade) const {
    std::optional<UnitPrice> highest, lowest;
    if (published_ == nullptr) return {};
    for (const PublishedZone& zone : published_->zones) {
      if (zone.grade != grade || !zone.price) continue;
      highest = highest ? std::max(*highest, *zone.price) : *zone.price;
      lowest = lowest ? std::min(*lowest, *zone.price) : *zone.price;
    }
    return {highest, lowest};
  }

  void AddTerms(const UseTablesPlan& tables) {
    auto term = tables.term;
    auto rate = rate_ ? rate_ : tables.capitalization_rate;
    if (!term && published_ != nullptr) term = published_->term;
    if (!rate && published_ != nullptr) rate = published_->capitalization_rate;
    if (!term) Needs("term", "term_years");
    if (!rate) Needs("term", "capitalization_rate");
    if (!term || !rate) return;
    DerivedTable table = NamedTable(use_, tables.term_table->name, "term_formula");
    auto curve = TermTable(*rate, *term, *plan_.rounding.coefficient);
    if (!curve) return Report("term", Code::kTableTooLarge, {path_ + ".term"});
    table.content = *std::move(curve);
    table.figures = {{"capitalization_rate", 0, rate->ToString()},
                     {"term_years", 0, term->ToString()}};
    derived_.push_back(std::move(table));
  }

  // The rate of a method: stated, or rounded from what it is made of.
  std::optional<Rate> RateBy(RateMethod method, const RateMethodPlan& plan) {
    if (plan.rate) return plan.rate;
    const Rounding& rounding = *plan_.rounding.method_rate;
    if (method == RateMethod::kRentToPrice) return RateOfCases(plan.cases, rounding);
    if (method == RateMethod::kSafeRate) return WeightedSum(*plan.safe_rate, plan.risks, rounding);
    const Coefficient own_share = Coefficient::Of(1) - *plan.loan_share;
    return WeightedSum(Rate(),
                       std::vector<WeightedRate>{{*plan.loan_share, *plan.loan_rate},
                                                 {own_share, *plan.equity_return}},
                       rounding);
  }

  std::optional<Rate> RateOfCases(const std::vector<RentCase>& cases, const Rounding& rounding) {
    const Result<double> rate = RateFromRents(cases);
    if (!rate) {
      Report("capitalization.methods.rent_to_price.cases", rate.error().code,
             {rate.error().detail});
      return std::nullopt;
    }
    const Result<Rate> rounded = FromDouble<Rate>(*rate, rounding);
    if (rounded) return *rounded;
    Report("capitalization.methods.rent_to_price.cases", rounded.error().code,
           {rounded.error().detail});
    return std::nullopt;
  }

  void AddRate(const CapitalizationPlan& plan) {
    DerivedTable table = NamedTable(use_, "capitalization_rate", "weighted_methods");
    std::vector<WeightedRate> rates;
    for (const auto& [method, of_method] : plan.methods) {
      const auto rate = RateBy(method, of_method);
      if (!rate) continue;
      rates.push_back({of_method.weight, *rate});
      const std::string name(CodeOf(method));
      table.figures.push_back({name + ".rate", 0, rate->ToString()});
      table.figures.push_back({name + ".weight", 0, of_method.weight.ToString()});
    }
    if (rates.size() < plan.methods.size()) return;
    rate_ = WeightedSum(Rate(), rates, *plan_.rounding.rate);
    if (!rate_ || *rate_ <= Rate()) {
      rate_.reset();
      return Report("capitalization", Code::kNotPositive, {path_ + ".capitalization"});
    }
    if (plan.house_premium) {
      table.figures.push_back({"house_rate", 0, (*rate_ + *plan.house_premium).ToString()});
    }
    table.content = *rate_;
    derived_.push_back(std::move(table));
  }

  void AddDevelopment(const DevelopmentPlan& plan) {
    std::string base = plan.base;
    if (base.empty() && published_ != nullptr) base = published_->development_level;
    if (!plan.levels.contains(base)) {
      Needs("development", "base");
      return;
    }
    auto differences = DevelopmentDifferences(plan.levels, plan.costs, base);
    if (!differences) {
      return Report("development", Code::kTableTooLarge, {path_ + ".development"});
    }
    DerivedTable table = NamedTable(use_, plan.name, "cost_differences");
    table.content = *std::move(differences);
    table.figures = {{"base_level", 0, base}};
    derived_.push_back(std::move(table));
  }

  template <class Plan>
  void AddFromSamples(const std::string& path, const Plan& plan) {
    if (input_.computed == nullptr) {
      diagnostics_.Add(Code::kNoSalesForTable, {input_.source, 0, 0, path}, {path});
      return;
    }
    AddSampledTables({*input_.computed,
                      use_,
                      {input_.source, 0, 0, path},
                      *plan_.rounding.coefficient,
                      plan_.seed,
                      input_.threads},
                     plan, derived_, diagnostics_);
  }

  const DerivationInput& input_;
  const TablePlan& plan_;
  LandUse use_;
  std::vector<DerivedTable>& derived_;
  Diagnostics& diagnostics_;
  std::string path_;
  const PublishedUse* published_ = nullptr;
  std::optional<Rate> rate_;  // derived
};

}  // namespace

std::optional<std::vector<DerivedTable>> DeriveTables(const DerivationInput& input,
                                                      Diagnostics& diagnostics) {
  Diagnostics found;
  std::vector<DerivedTable> derived;
  for (const auto& [use, tables] : input.plan.uses) {
    UseDerivation(input, use, derived, found).Run(tables);
  }
  diagnostics.Append(found);
  if (found.has_errors()) return std::nullopt;
  return derived;
}

std::optional<Publication> WithTables(Publication publication, const std::string& source,
                                      const std::vector<DerivedTable>& tables,
                                      Diagnostics& diagnostics) {
  if (publication.status != PublicationStatus::kDraft) {
    diagnostics.Add(Code::kNotADraft, {source, 0, 0, "status"},
                    {publication.id, std::string(CodeOf(publication.status))});
    return std::nullopt;
  }
  bool fits = true;
  for (const DerivedTable& table : tables) {
    const auto use = publication.uses.find(table.use);
    if (use == publication.uses.end()) {
      diagnostics.Add(Code::kUseNotInPublication, {source, 0, 0, "uses"},
                      {publication.id, std::string(CodeOf(table.use))});
      fits = false;
    } else if (const Rate* rate = std::get_if<Rate>(&table.content)) {
      use->second.capitalization_rate = *rate;
    } else if (const CoefficientTable* coefficients = table.table()) {
      use->second.coefficients.insert_or_assign(table.name, *coefficients);
    }
  }
  if (!fits) return std::nullopt;
  return publication;
}

std::optional<TablePlan> ReadTablePlanFile(const std::filesystem::path& file,
                                           Diagnostics& diagnostics) {
  const std::string text = io::ReadText(file == "-" ? std::filesystem::path("/dev/stdin") : file);
  return io::ReadTablePlanToml(text, file.string(), diagnostics);
}

}  // namespace dijia::app
