#include "app/sample_cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "dijia/base/date.h"
#include "json/text.h"
#include "json/value.h"

namespace dijia::app {
namespace {

using json::Value;

// Four decimals, as in samples.csv; null where nothing was computed.
Value Figure(double figure) {
  if (!std::isfinite(figure)) return Value();
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%.4f", figure);
  if (length <= 0 || static_cast<std::size_t>(length) >= text.size()) return Value();
  return Value(Value::Number{std::string(text.data(), static_cast<std::size_t>(length))});
}

Value PriceOf(const std::optional<UnitPrice>& price) {
  return price ? Value(Value::Number{price->ToString()}) : Value();
}

class Writer {
 public:
  Writer(const Computed& computed, const Publication& kept)
      : computed_(computed), kept_(kept), scope_(computed.publications.front().scope) {
    for (const GradePrice& cell : computed.report.cells) {
      if (cell.key.county != scope_.county || cell.key.area != scope_.area) continue;
      rows_[NameOf(cell.key)].cell = &cell;
    }
    for (const std::uint32_t row : scope_.rows) {
      const auto cell = rows_.find(NameOfRow(row));
      if (cell == rows_.end()) {
        ++left_out_[static_cast<std::size_t>(computed.samples.fate[row])];
      } else {
        cell->second.rows.push_back(row);
      }
    }
  }

  SampleDocuments Write() const {
    SampleDocuments documents;
    Value cells{Value::Array()};
    for (const GradePrice& cell : computed_.report.cells) {
      const auto found = rows_.find(NameOf(cell.key));
      if (found == rows_.end() || found->second.cell != &cell) continue;
      Value described = Describe(cell, found->second.rows), alone{Value::Array()};
      cells.array()->push_back(described);
      described.Add("samples", SamplesOf(found->second.rows));
      alone.array()->push_back(std::move(described));
      documents.of_cell[found->first] = TextWith(std::move(alone));
    }
    documents.cells = TextWith(std::move(cells));
    return documents;
  }

 private:
  struct Rows {
    const GradePrice* cell = nullptr;
    std::vector<std::uint32_t> rows;
  };

  CellName NameOf(const CellKey& key) const {
    return {key.use, key.grade, computed_.samples.sub_uses.Name(key.sub_use)};
  }
  // Of a row that says too little it is the name of no cell.
  CellName NameOfRow(std::size_t row) const {
    const SampleTable& samples = computed_.samples;
    if (samples.use[row] == kMissing8) return {};
    return {static_cast<LandUse>(samples.use[row]), samples.grade[row],
            samples.sub_uses.Name(samples.sub_use[row])};
  }

  std::string TextWith(Value cells) const {
    Value all{Value::Object()};
    all.Add("publication", Value(kept_.id));
    all.Add("county", Value(kept_.county));
    all.Add("area", Value(kept_.area));
    all.Add("cells", std::move(cells));
    all.Add("left_out", LeftOut());
    all.Add("decisions", Decisions());
    return json::ToLine(all);
  }

  // The price of the document, which people may have changed.
  std::optional<UnitPrice> KeptPrice(const CellName& name) const {
    const auto use = kept_.uses.find(name.use);
    if (use == kept_.uses.end()) return std::nullopt;
    const auto grade = std::ranges::find_if(use->second.grades, [&name](const PublishedGrade& one) {
      return one.grade == name.grade && one.sub_use == name.sub_use;
    });
    return grade == use->second.grades.end() ? std::nullopt : grade->price;
  }

  std::string UseName(LandUse use) const {
    const auto published = kept_.uses.find(use);
    return published == kept_.uses.end() ? std::string(CodeOf(use)) : published->second.name;
  }

  Value Describe(const GradePrice& cell, const std::vector<std::uint32_t>& rows) const {
    const CellName name = NameOf(cell.key);
    Value value{Value::Object()};
    value.Add("use", Value::Text(CodeOf(name.use)));
    value.Add("name", Value(UseName(name.use)));
    value.Add("sub_use", Value(name.sub_use));
    value.Add("grade", Value::Integer(name.grade));
    value.Add("status", Value::Text(CodeOf(cell.status)));
    value.Add("method", Value(cell.method));
    value.Add("price_yuan_per_sqm", PriceOf(KeptPrice(name)));
    value.Add("computed_price_yuan_per_sqm", PriceOf(cell.price));
    value.Add("rows", Value::Unsigned(rows.size()));
    value.Add("screened", Value::Unsigned(cell.samples));
    value.Add("used", Value::Unsigned(cell.used));
    value.Add("excluded", Value::Unsigned(cell.excluded));
    value.Add("included", Value::Unsigned(cell.included));
    const auto figure = [&value, &cell](std::string_view of, double number) {
      value.Add(of, cell.used == 0 ? Value() : Figure(number));
    };
    figure("mean", cell.mean);
    figure("median", cell.median);
    figure("cv", cell.cv);
    value.Add("estimate", Figure(cell.estimate));
    value.Add("interval_low", cell.interval ? Figure(cell.interval->low) : Value());
    value.Add("interval_high", cell.interval ? Figure(cell.interval->high) : Value());
    value.Add("interval_coverage", cell.interval ? Figure(cell.interval->coverage) : Value());
    return value;
  }

  Value SamplesOf(const std::vector<std::uint32_t>& rows) const {
    Value samples{Value::Array()};
    for (const std::uint32_t row : rows) samples.array()->push_back(SampleOf(row));
    return samples;
  }

  Value SampleOf(std::size_t row) const {
    const SampleTable& samples = computed_.samples;
    const Fate fate = samples.fate[row];
    Value value{Value::Object()};
    value.Add("row", Value::Unsigned(samples.row[row]));
    value.Add("source", Value(computed_.source_names[samples.source[row]]));
    value.Add("sample_id", Value::Text(samples.sample_id[row]));
    const Days date = samples.date[row];
    value.Add("date", date == kNoDate ? Value() : Value(FormatDate(FromDays(date))));
    value.Add("raw_price_yuan_per_sqm", Figure(computed_.report.normalized.raw_price[row]));
    value.Add("normalized_price_yuan_per_sqm", Figure(computed_.report.normalized.normalized[row]));
    value.Add("kept", Value(fate == Fate::kUsed));
    value.Add("reason", Value::Text(CodeOf(fate)));
    AddRejection(row, value);
    const SampleDecision decision = samples.DecisionOn(row);
    const Fate overruled = samples.OverruledOf(row);
    value.Add("decision",
              decision == SampleDecision::kNone ? Value() : Value::Text(CodeOf(decision)));
    value.Add("overruled", overruled == Fate::kUsed ? Value() : Value::Text(CodeOf(overruled)));
    return value;
  }

  static const Rejection* Find(const std::vector<Rejection>& all, std::size_t row) {
    const auto found = std::ranges::lower_bound(all, row, {}, &Rejection::sample);
    return found != all.end() && found->sample == row ? &*found : nullptr;
  }

  // By which rule a sample was rejected, or would have been, with the figure beyond the limit.
  void AddRejection(std::size_t row, Value& value) const {
    const Rejection* found = Find(computed_.report.rejections, row);
    if (found == nullptr) found = Find(computed_.report.overruled, row);
    value.Add("rule", found != nullptr ? Value::Text(CodeOf(found->rule)) : Value());
    value.Add("figure", found != nullptr ? Figure(found->figure) : Value());
    value.Add("limit", found != nullptr ? Figure(found->limit) : Value());
  }

  Value Decisions() const {
    Value list{Value::Array()};
    for (const AppraiserDecision& decision : computed_.decisions.rows) {
      Value one{Value::Object()};
      one.Add("sample_id", Value(decision.sample_id));
      one.Add("decision", Value::Text(CodeOf(decision.decision)));
      one.Add("reason", Value(decision.reason));
      one.Add("decided_by", Value(decision.decided_by));
      one.Add("decided_at", Value(decision.decided_at));
      list.array()->push_back(std::move(one));
    }
    return list;
  }

  Value LeftOut() const {
    Value list{Value::Array()};
    for (std::size_t i = 0; i < kFateCount; ++i) {
      if (left_out_[i] == 0) continue;
      Value one{Value::Object()};
      one.Add("reason", Value::Text(CodeOf(static_cast<Fate>(i))));
      one.Add("rows", Value::Unsigned(left_out_[i]));
      list.array()->push_back(std::move(one));
    }
    return list;
  }

  const Computed& computed_;
  const Publication& kept_;
  const report::PublicationScope& scope_;
  std::map<CellName, Rows> rows_;
  std::array<std::size_t, kFateCount> left_out_{};
};

}  // namespace

SampleDocuments WriteSamples(const Computed& computed, const Publication& kept) {
  return Writer(computed, kept).Write();
}

}  // namespace dijia::app
