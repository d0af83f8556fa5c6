#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::json {
namespace {

constexpr int kPriceScale = 4;
constexpr int kRatioScale = 6;

// The events of a document, into a tree.
class TreeSink {
 public:
  void BeginObject() { open_.emplace_back(Value::Object()); }
  void BeginArray() { open_.emplace_back(Value::Array()); }
  void End() {
    Value whole = std::move(open_.back());
    open_.pop_back();
    Put(std::move(whole));
  }
  void Name(std::string_view name) { names_.emplace_back(name); }
  void Text(std::string_view text) { Put(Value::Text(text)); }
  void Number(std::int64_t units, int scale) {
    Put(Value(Value::Number{FormatDecimal(units, scale)}));
  }
  void Flag(bool flag) { Put(Value(flag)); }
  void Null() { Put(Value()); }
  Value Take() { return std::move(root_); }

 private:
  void Put(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (Value::Array* items = open_.back().array()) {
      items->push_back(std::move(value));
    } else {
      open_.back().Add(names_.back(), std::move(value));
      names_.pop_back();
    }
  }

  std::vector<Value> open_;
  std::vector<std::string> names_;  // of the members under way
  Value root_;
};

// The same, into one line as ToLine writes it.
class LineSink {
 public:
  explicit LineSink(std::string& out) : out_(out) {}

  void BeginObject() { Begin('{', '}'); }
  void BeginArray() { Begin('[', ']'); }
  void End() {
    out_ += ends_.back();
    ends_.pop_back();
    first_ = false;
  }
  void Name(std::string_view name) {
    Separate();
    AppendString(name, out_);
    out_ += ": ";
    first_ = true;
  }
  void Text(std::string_view text) {
    Separate();
    AppendString(text, out_);
  }
  void Number(std::int64_t units, int scale) {
    Separate();
    out_ += FormatDecimal(units, scale);
  }
  void Flag(bool flag) {
    Separate();
    out_ += flag ? "true" : "false";
  }
  void Null() {
    Separate();
    out_ += "null";
  }

 private:
  void Separate() {
    if (!first_) out_ += ", ";
    first_ = false;
  }
  void Begin(char begin, char end) {
    Separate();
    out_ += begin;
    ends_.push_back(end);
    first_ = true;
  }

  std::string& out_;
  std::vector<char> ends_;
  bool first_ = true;
};

template <class Sink>
class CheckWriter {
 public:
  CheckWriter(Sink& sink, const rules::RulePack& pack, Language language)
      : sink_(sink), pack_(pack), language_(language) {}

  void Write(const rules::ReservePriceCheck& check, const rules::Inverse* inverse) {
    sink_.BeginObject();
    Text("case_id", check.case_id);
    Text("verdict", CodeOf(check.verdict));
    WriteFigures(check);
    Text("deciding_rule", check.deciding_rule);
    List("findings", check.findings, [this](const auto& finding) { WriteFinding(finding); });
    List("missing", check.missing, [this](const auto& missing) { WriteMissing(missing); });
    List("readings", check.readings, [this](const auto& reading) { WriteReading(reading); });
    Day("decided_on", check.decided_on, check.decided_on != kNoDate);
    sink_.Name("rule_pack");
    sink_.BeginObject();
    Text("id", pack_.id);
    Text("version", pack_.version);
    Text("sha256", pack_.sha256);
    sink_.End();
    if (inverse != nullptr) WriteInverse(*inverse);
    sink_.End();
  }

 private:
  void Text(std::string_view name, std::string_view text) {
    sink_.Name(name);
    sink_.Text(text);
  }
  void Optional(std::string_view name, const std::optional<std::int64_t>& units, int scale) {
    sink_.Name(name);
    if (units) {
      sink_.Number(*units, scale);
    } else {
      sink_.Null();
    }
  }
  void Day(std::string_view name, Days day, bool known) {
    sink_.Name(name);
    if (known) {
      sink_.Text(FormatDate(FromDays(day)));
    } else {
      sink_.Null();
    }
  }
  template <class Items, class WriteItem>
  void List(std::string_view name, const Items& items, WriteItem write) {
    sink_.Name(name);
    sink_.BeginArray();
    for (const auto& item : items) write(item);
    sink_.End();
  }

  void WriteFigures(const rules::ReservePriceCheck& check) {
    Optional("lawful_minimum_yuan_per_sqm", check.lawful_minimum, kPriceScale);
    Optional("price_yuan_per_sqm", check.price, kPriceScale);
    Optional("price_50y_yuan_per_sqm", check.price_full_term, kPriceScale);
    Optional("standard_yuan_per_sqm", check.standard, kPriceScale);
    Optional("ratio", check.ratio, kRatioScale);
    Optional("deficit_yuan_per_sqm", check.deficit, kPriceScale);
    sink_.Name("equal_within_rounding");
    sink_.Flag(check.equal_within_rounding);
  }

  void WriteFinding(const rules::Finding& finding) {
    sink_.BeginObject();
    Text("rule", finding.rule);
    Text("clause", finding.clause);
    Text("outcome", CodeOf(finding.outcome));
    Text("reason", finding.reason.In(language_));
    sink_.Name("citation");
    sink_.BeginObject();
    Text("instrument", finding.citation.instrument);
    Text("article", finding.citation.article);
    const Days from = finding.citation.in_force.from;
    Day("in_force_from", from, from != rules::kNoBeginning);
    Text("confidence", CodeOf(finding.citation.confidence));
    sink_.End();
    sink_.Name("values");
    sink_.BeginObject();
    for (const rules::NamedNumber& number : finding.values) {
      sink_.Name(number.name);
      sink_.Number(number.units, number.scale);
    }
    sink_.End();
    Text("words_sha256", finding.words_sha256);
    sink_.End();
  }

  void WriteMissing(const rules::MissingFact& missing) {
    sink_.BeginObject();
    Text("fact", missing.fact);
    Text("question", missing.question.In(language_));
    Text("evidence", missing.evidence.In(language_));
    Text("matters_because", missing.matters_because.In(language_));
    List("answers", missing.answers, [this](const rules::Answer& answer) {
      sink_.BeginObject();
      Text("value", answer.value);
      Text("verdict", CodeOf(answer.verdict));
      Optional("lawful_minimum_yuan_per_sqm", answer.minimum, kPriceScale);
      sink_.End();
    });
    sink_.End();
  }

  void WriteInverse(const rules::Inverse& inverse) {
    constexpr int kYearsScale = 4;
    const auto figure = [this](std::string_view name, const std::optional<std::int64_t>& units,
                               int scale) {
      if (units) Optional(name, units, scale);
    };
    sink_.Name("lowest_lawful");
    sink_.BeginObject();
    figure("price_yuan_per_sqm", inverse.price, kPriceScale);
    figure("rent_yuan_per_sqm_year", inverse.rent, kPriceScale);
    figure("transfer_price_yuan_per_sqm", inverse.transfer_price, kPriceScale);
    figure("longest_term_years", inverse.term, kYearsScale);
    sink_.End();
    List("nearest_lawful_facts", inverse.nearest, [this](const rules::LawfulFacts& facts) {
      sink_.BeginObject();
      List("changes", facts.changes, [this](const rules::FactChange& change) {
        sink_.BeginObject();
        Text("fact", change.fact);
        sink_.Name("from");
        if (change.from.empty()) {
          sink_.Null();
        } else {
          sink_.Text(change.from);
        }
        Text("to", change.to);
        sink_.End();
      });
      Optional("lawful_minimum_yuan_per_sqm", facts.minimum, kPriceScale);
      sink_.End();
    });
  }

  void WriteReading(const rules::ReadingVerdict& reading) {
    sink_.BeginObject();
    Text("reading", reading.reading);
    Text("verdict", CodeOf(reading.verdict));
    sink_.End();
  }

  Sink& sink_;
  const rules::RulePack& pack_;
  Language language_;
};

Value WriteProblem(const Diagnostic& problem, Language language) {
  Value value{Value::Object()};
  value.Add("code", Value(CodeId(problem.code)));
  const bool pointer = problem.where.field.starts_with('/');
  if (pointer) value.Add("pointer", Value(problem.where.field));
  if (problem.where.row > 0) value.Add("row", Value::Unsigned(problem.where.row));
  if (problem.where.column > 0) value.Add("column", Value::Unsigned(problem.where.column));
  if (!pointer && !problem.where.field.empty()) value.Add("field", Value(problem.where.field));
  value.Add("text", Value(TextOf(problem, language)));
  return value;
}

}  // namespace

Value WriteCheck(const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                 Language language, const rules::Inverse* inverse) {
  TreeSink sink;
  CheckWriter(sink, pack, language).Write(check, inverse);
  return sink.Take();
}

void AppendCheck(const rules::ReservePriceCheck& check, const rules::RulePack& pack,
                 Language language, std::string& out, const rules::Inverse* inverse) {
  LineSink sink(out);
  CheckWriter(sink, pack, language).Write(check, inverse);
}

Value WriteCaseError(const std::string& case_id, const Diagnostics& problems, Language language) {
  Value error{Value::Object()};
  error.Add("code", Value(CodeId(Code::kCaseNotUsable)));
  const std::string count = std::to_string(problems.errors());
  error.Add("title", Value(TextOf({Code::kCaseNotUsable, {}, {count}}, language)));
  Value list{Value::Array()};
  for (const Diagnostic& problem : problems.kept()) {
    if (RowOf(problem.code).severity != Severity::kError) continue;
    list.array()->push_back(WriteProblem(problem, language));
  }
  error.Add("errors", std::move(list));
  Value value{Value::Object()};
  value.Add("case_id", case_id.empty() ? Value() : Value(case_id));
  value.Add("error", std::move(error));
  return value;
}

}  // namespace dijia::json
