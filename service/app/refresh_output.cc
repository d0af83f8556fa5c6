#include "app/refresh_output.h"

#include <optional>
#include <string_view>
#include <vector>

#include "app/csv_text.h"
#include "app/evidence.h"
#include "dijia/base/sha256.h"
#include "dijia/publication_diff.h"
#include "io/file_text.h"
#include "io/refresh_plan_toml.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;

// Why a price went its way: the plan's reason for the use, or that the plan does not name it.
std::string ReasonOf(const RefreshPlan& plan, LandUse use) {
  const auto how = plan.uses.find(use);
  return how == plan.uses.end() ? "not in the plan" : how->second.reason;
}

// A row of cells.
class Row {
 public:
  explicit Row(CsvText& csv) : csv_(csv) {}

  void Add(std::string_view text) {
    Separate();
    csv_.PutText(text);
  }
  // An exact figure: no text that a spreadsheet would run, whatever its sign.
  template <class Unit, int kScale>
  void Add(const std::optional<Quantity<Unit, kScale>>& figure) {
    Separate();
    if (figure) csv_ += figure->ToString();
  }
  void Add(const std::optional<double>& figure, int places) {
    Separate();
    if (figure) csv_.PutRounded(*figure, places);
  }
  void Add(const std::optional<Interval>& interval, int places) {
    Add(interval ? std::optional(interval->low) : std::nullopt, places);
    Add(interval ? std::optional(interval->high) : std::nullopt, places);
  }
  void End() { csv_ += "\n"; }

 private:
  void Separate() {
    if (!is_first_) csv_ += ",";
    is_first_ = false;
  }

  CsvText& csv_;
  bool is_first_ = true;
};

constexpr int kPricePlaces = 4;
constexpr int kRatioPlaces = 6;

void AddGrounds(const RefreshGrounds& grounds, Row& row) {
  row.Add(grounds.interval, kPricePlaces);
  row.Add(grounds.samples == 0 ? "" : std::to_string(grounds.samples));
  row.Add(grounds.resampled);
  row.Add(grounds.resampled_method);
  row.Add(grounds.estimate, kRatioPlaces);
  row.Add(grounds.resampled_interval, kRatioPlaces);
  row.Add(grounds.resampled_weight, kRatioPlaces);
  row.Add(grounds.indexed, kRatioPlaces);
  row.Add(grounds.comparable);
  row.Add(grounds.ratio);
}

}  // namespace

std::string RefreshCsv(const Refreshed& refreshed) {
  CsvText csv;
  csv +=
      "use,place,grade,name,method,reason,old,proposed,cap,ordered,new,change_percent,"
      "planned,why,ci95_low,ci95_high,samples,resampled,resampled_method,estimate,estimate_low,"
      "estimate_high,resampled_weight,indexed,comparable,ratio\n";
  for (const RefreshedPrice& price : refreshed.result.prices) {
    Row row(csv);
    row.Add(CodeOf(price.use));
    row.Add(CodeOf(price.place));
    row.Add(price.grade == 0 ? "" : std::to_string(price.grade));
    row.Add(price.name);
    row.Add(CodeOf(price.method));
    row.Add(ReasonOf(refreshed.plan, price.use));
    row.Add(price.before);
    row.Add(price.proposed);
    row.Add(CodeOf(price.cap));
    row.Add(price.fitted ? "true" : "false");
    row.Add(price.price);
    const bool is_comparable = price.before && price.price;
    row.Add(is_comparable ? ChangePercent(*price.before, *price.price) : std::nullopt);
    row.Add(CodeOf(price.planned));
    row.Add(CodeOf(price.why));
    AddGrounds(price.grounds, row);
    row.End();
  }
  return std::string(csv.view());
}

std::string SpotCheckCsv(const Refreshed& refreshed) {
  CsvText csv;
  csv += "use,samples,ratio,ratio_low,ratio_high,coverage,tolerance_percent,outcome\n";
  for (const SpotCheck& check : refreshed.result.spot_checks) {
    Row row(csv);
    row.Add(CodeOf(check.use));
    row.Add(std::to_string(check.samples));
    row.Add(check.ratio, kRatioPlaces);
    row.Add(check.interval, kRatioPlaces);
    row.Add(check.samples == 0 ? std::nullopt : std::optional(check.interval.coverage),
            kRatioPlaces);
    row.Add(std::optional(check.tolerance));
    row.Add(CodeOf(check.outcome));
    row.End();
  }
  return std::string(csv.view());
}

void WriteRefreshed(const Refreshed& refreshed, const fs::path& folder) {
  std::vector<OutputRecord> outputs;
  const auto write = [&](const std::string& file, const std::string& text) {
    io::WriteText(folder / file, text);
    outputs.push_back({file, {text.size(), Sha256Of(text)}});
  };
  write("publication.json", json::ToPretty(json::WritePublication(refreshed.result.draft)));
  write("refresh.csv", RefreshCsv(refreshed));
  if (!refreshed.result.spot_checks.empty()) write("spot_check.csv", SpotCheckCsv(refreshed));
  const std::string plan = io::WriteRefreshPlanToml(refreshed.plan);
  json::Value evidence = EvidenceOf({{}, plan, refreshed.inputs, refreshed.effective_compute_plan},
                                    refreshed.result.draft);
  AddOutputs(evidence, outputs);
  io::WriteText(folder / std::string(kEvidenceFile), json::ToPretty(evidence));
}

}  // namespace dijia::app
