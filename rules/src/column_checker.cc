#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <unordered_map>

#include "column_reader.h"
#include "dijia/rules/column_checks.h"
#include "marks.h"

namespace dijia::rules {
namespace {

constexpr std::size_t kMostOutlines = std::size_t{1} << 16;

// constant + Σ factor × column, in whole units: most figures are no more than that.
struct LinearFigure {
  std::int64_t constant = 0;
  std::int32_t factors[3] = {0, 0, 0};
  std::int16_t columns[3] = {0, 0, 0};
  bool is_linear = true;  // else it is worked out from its facts
  bool not_below_zero = false;

  std::int64_t At(DecisionForest::ColumnValues values, std::size_t row) const {
    std::int64_t sum = constant;
    for (int i = 0; i < 3; ++i) {
      sum += factors[i] * values[static_cast<std::size_t>(columns[i])][row];
    }
    return not_below_zero && sum < 0 ? 0 : sum;
  }
};

// Adds facts to a figure.
class LinearMaker {
 public:
  explicit LinearMaker(const std::vector<std::int16_t>& column_of_slot)
      : column_of_slot_(column_of_slot) {}

  void Add(std::int16_t slot, std::int32_t factor, std::int64_t fixed) {
    if (slot == kFixed) {
      figure_.constant += factor * fixed;
      return;
    }
    figure_.columns[count_] = column_of_slot_[static_cast<std::size_t>(slot)];
    figure_.factors[count_++] = factor;
  }
  // A limit in units of 10^-4; false when it is no whole number of them.
  bool AddLimit(const PriceLimit& limit) {
    const Int128 one = PowerOfTen(kPriceScale), denominator = limit.amount.denominator;
    if (limit.slot != kFixed) {
      if (limit.times * one != denominator) return false;
      Add(limit.slot, 1, 0);
      return true;
    }
    const Int128 units = limit.amount.numerator * one;
    if (units % denominator != 0 || units / denominator > INT32_MAX * one) return false;
    figure_.constant += static_cast<std::int64_t>(units / denominator);
    return true;
  }
  LinearFigure& figure() { return figure_; }

 private:
  const std::vector<std::int16_t>& column_of_slot_;
  LinearFigure figure_;
  int count_ = 0;
};

// Whole units of 10^-4 yuan per m² in one unit of the amount; 0 where they are no whole number.
std::int32_t WholeFactor(PriceUnit unit) {
  if (unit == PriceUnit::kYuanPerSqm || unit == PriceUnit::kYuanPerSqmYear) return 1;
  return unit == PriceUnit::kWanYuanPerMu ? 15 : 0;
}

LinearFigure LinearOf(const RowFigure& figure, const std::vector<std::int16_t>& column_of_slot) {
  using Kind = RowFigure::Kind;
  LinearFigure other;
  other.is_linear = false;
  const AgreedPrice& price = figure.price;
  const std::int32_t factor = WholeFactor(price.stated.unit);
  LinearMaker linear(column_of_slot);
  const bool plain =
      figure.kind == Kind::kPrice || figure.kind == Kind::kNet || IsPlain(price, figure.limit);
  if (figure.kind == Kind::kFact) {
    linear.Add(figure.slot, 1, 0);
    return linear.figure();
  }
  if (!plain) return other;
  if (figure.kind == Kind::kLimit) return linear.AddLimit(figure.limit) ? linear.figure() : other;
  if (factor == 0) return other;
  const bool deficit = figure.kind == Kind::kDeficit;
  const std::int32_t sign = deficit ? -1 : 1;
  if (deficit && !linear.AddLimit(figure.limit)) return other;
  linear.figure().not_below_zero = deficit;
  linear.Add(price.stated.units_slot, sign * factor, price.stated.units);
  const bool rebates =
      figure.kind != Kind::kPrice && (figure.kind == Kind::kNet || price.side != PriceSide::kRent);
  if (rebates) linear.Add(price.rebates_slot, -sign, price.rebates);
  return linear.figure();
}

struct Outline {
  ReservePriceCheck check;
  std::vector<RowFigure> figures;
  std::vector<std::uint8_t> dates;  // by figure
  std::optional<MarkedText> text;   // where it is all that counts

  bool IsSame(const Outline& other) const {
    return text ? LooksLike(other) : figures == other.figures && check == other.check;
  }

 private:
  bool LooksLike(const Outline& other) const {
    const auto is_same = [&](std::uint16_t a, std::uint16_t b) {
      const bool own = a < figures.size();
      return own == (b < other.figures.size()) && (!own || figures[a] == other.figures[b]);
    };
    return check.verdict == other.check.verdict && text->IsLike(*other.text) &&
           std::ranges::equal(text->figures(), other.text->figures(), is_same);
  }
};

// Of what differs between most outlines.
std::size_t HashOf(const Outline& outline) {
  if (outline.text) return outline.text->hash();
  std::size_t hash = outline.figures.size();
  const auto add = [&](std::size_t next) { hash = hash * 0x9E3779B97F4A7C15U + next; };
  const auto add_number = [&](const std::optional<std::int64_t>& number) {
    add(static_cast<std::size_t>(number.value_or(-1)));
  };
  const ReservePriceCheck& check = outline.check;
  for (const auto& number : {check.lawful_minimum, check.standard, check.ratio, check.deficit}) {
    add_number(number);
  }
  for (const Finding& finding : check.findings) {
    add(std::hash<std::string>()(finding.clause));
    add(std::hash<std::string>()(finding.reason.zh));
  }
  for (const MissingFact& missing : check.missing) {
    add(std::hash<std::string>()(missing.fact));
    for (const Answer& answer : missing.answers) add_number(answer.minimum);
  }
  return hash;
}

// A text of an outline with the figures of a case.
void Put(std::string& text, const Outline& outline, std::span<const std::int64_t> figures) {
  const MarkedText marked(text, outline.dates);
  std::vector<std::int64_t> values;
  for (const std::uint16_t figure : marked.figures()) values.push_back(figures[figure]);
  TextBuffer filled;
  marked.AppendTo(filled, values, {});
  text = filled.view();
}

void Put(std::int64_t& number, std::span<const std::int64_t> figures) {
  const std::int64_t figure = FigureOf(number);
  if (figure >= 0) number = figures[static_cast<std::size_t>(figure)];
}

void Put(std::optional<std::int64_t>& number, std::span<const std::int64_t> figures) {
  if (number) Put(*number, figures);
}

// A check that was traced: its case is found again by what it compared.
struct Lesson {
  Trace trace;
  std::shared_ptr<const Outline> outline;
};

}  // namespace

struct LearnedOutlines::Store {
  static constexpr std::size_t kMost = std::size_t{1} << 16;

  std::mutex mutex;
  // By where the cases begin.
  std::unordered_map<std::string, std::vector<std::shared_ptr<const Lesson>>> lessons;
  std::size_t count = 0;

  std::vector<std::shared_ptr<const Lesson>> Of(const std::string& root) {
    const std::lock_guard lock(mutex);
    const auto found = lessons.find(root);
    return found == lessons.end() ? std::vector<std::shared_ptr<const Lesson>>() : found->second;
  }
  void Add(const std::string& root, std::shared_ptr<const Lesson> lesson) {
    const std::lock_guard lock(mutex);
    if (count == kMost) return;
    lessons[root].push_back(std::move(lesson));
    ++count;
  }
};

LearnedOutlines::LearnedOutlines() : store_(std::make_unique<Store>()) {}
LearnedOutlines::~LearnedOutlines() = default;

struct ColumnChecker::State {
  State(const CaseColumns::Store& store, const PreparedRules& rules, Render the_render,
        std::shared_ptr<LearnedOutlines> the_shared)
      : reader(store, rules),
        forest(reader.MakeForest()),
        render(std::move(the_render)),
        shared(std::move(the_shared)) {}

  std::uint32_t Keep(const std::shared_ptr<const Outline>& outline);
  void Take(std::size_t row, DecisionForest::Branch& root);
  bool AddOutline(std::size_t row, DecisionForest::Branch& root);
  std::shared_ptr<const Outline> OutlineOf(std::size_t row, const Columns* traced);
  std::size_t FiguresOf(std::uint32_t outline) const {
    const std::size_t next = outline + 1;
    return (next < first_figure.size() ? first_figure[next] : linear.size()) -
           first_figure[outline];
  }
  std::int64_t FigureAt(std::uint32_t outline, std::size_t figure, std::size_t row) const;
  std::uint32_t FindSingly(std::size_t row, DecisionForest::Branch& root);
  std::uint32_t Find(std::size_t row);
  void FindBlock(std::size_t first, std::span<std::uint32_t> found);

  ColumnReader reader;
  DecisionForest forest;
  Render render;
  std::shared_ptr<LearnedOutlines> shared;  // may be null
  Trace trace;
  std::vector<std::shared_ptr<const Outline>> outlines;
  // The figures of all outlines one after another, and where those of an outline begin: what is
  // read for every row lies close together.
  std::vector<LinearFigure> linear;
  std::vector<std::uint32_t> first_figure;
  std::vector<std::int64_t> figures;  // of the row found last
  std::unordered_multimap<std::size_t, std::uint32_t> outlines_by_hash;
  std::size_t learned = 0;
};

// The number of an outline, that of the same one where there is one.
std::uint32_t ColumnChecker::State::Keep(const std::shared_ptr<const Outline>& outline) {
  const std::size_t hash = HashOf(*outline);
  const auto [begin, end] = outlines_by_hash.equal_range(hash);
  const auto same = std::find_if(
      begin, end, [&](const auto& entry) { return outlines[entry.second]->IsSame(*outline); });
  if (same != end) return same->second;
  const auto index = static_cast<std::uint32_t>(outlines.size());
  outlines_by_hash.emplace(hash, index);
  first_figure.push_back(static_cast<std::uint32_t>(linear.size()));
  for (const RowFigure& figure : outline->figures) {
    linear.push_back(LinearOf(figure, reader.columns_of_slots()));
  }
  outlines.push_back(outline);
  return index;
}

// What others have learned about cases that begin like that of a row.
void ColumnChecker::State::Take(std::size_t row, DecisionForest::Branch& root) {
  for (const auto& lesson : shared->store_->Of(reader.KeyOfRoot(row))) {
    if (outlines.size() == kMostOutlines) return;
    forest.Grow(
        root, lesson->trace,
        lesson->outline ? DecisionForest::EndWith(Keep(lesson->outline)) : DecisionForest::kSingly);
  }
}

bool ColumnChecker::State::AddOutline(std::size_t row, DecisionForest::Branch& root) {
  const Columns* traced = reader.Traced(trace);
  if (traced == nullptr || outlines.size() == kMostOutlines) return false;
  ++learned;
  trace.MarkFigures();
  std::shared_ptr<const Outline> outline = OutlineOf(row, traced);
  if (trace.irregular()) outline = nullptr;
  forest.Grow(root, trace,
              outline ? DecisionForest::EndWith(Keep(outline)) : DecisionForest::kSingly);
  if (shared) {
    shared->store_->Add(reader.KeyOfRoot(row), std::make_shared<Lesson>(Lesson{trace, outline}));
  }
  return outline != nullptr;
}

std::shared_ptr<const Outline> ColumnChecker::State::OutlineOf(std::size_t row,
                                                               const Columns* traced) {
  const auto outline = std::make_shared<Outline>();
  if (reader.IsDated(row)) {
    RowFigure day;
    day.slot = static_cast<std::int16_t>(
        reader.rules().compiled().eras.front().SlotOf(FormulaFact::kDecidedOn));
    trace.MarkOf(day);
  }
  outline->check = CheckIn(reader.CaseAt(row), reader.rules().compiled(), traced);
  outline->check.case_id = kMarkedCaseId;
  if (reader.IsDated(row)) outline->check.decided_on = kMarkedDay;
  outline->figures = trace.figures();
  for (const RowFigure& figure : outline->figures) {
    const bool date =
        figure.kind == RowFigure::Kind::kFact &&
        reader.rules().pack().facts[static_cast<std::size_t>(figure.slot)].type == FactType::kDate;
    outline->dates.push_back(date ? 1 : 0);
  }
  if (render && !trace.irregular()) outline->text = render(outline->check, outline->dates);
  return outline;
}

std::int64_t ColumnChecker::State::FigureAt(std::uint32_t outline, std::size_t figure,
                                            std::size_t row) const {
  const LinearFigure& found = linear[first_figure[outline] + figure];
  if (found.is_linear) return found.At(reader.values(), row);
  return ValueOf(outlines[outline]->figures[figure],
                 [&](std::int16_t slot) { return reader.ValueAt(slot, row); });
}

ColumnChecker::ColumnChecker(const CaseColumns& columns, const PreparedRules& rules)
    : ColumnChecker(columns, rules, nullptr) {}
ColumnChecker::ColumnChecker(const CaseColumns& columns, const PreparedRules& rules, Render render,
                             std::shared_ptr<LearnedOutlines> shared)
    : state_(
          std::make_unique<State>(columns.store(), rules, std::move(render), std::move(shared))) {}
ColumnChecker::~ColumnChecker() = default;
ColumnChecker::ColumnChecker(ColumnChecker&&) noexcept = default;
ColumnChecker& ColumnChecker::operator=(ColumnChecker&&) noexcept = default;

void ColumnChecker::Read() { state_->reader.Read(state_->reader.rows()); }

// The outline of a row that begins at a known root.
std::uint32_t ColumnChecker::State::FindSingly(std::size_t row, DecisionForest::Branch& root) {
  DecisionForest::Branch found = forest.Find(root, reader.values(), row);
  if (found == DecisionForest::kUnseen && shared) {
    Take(row, root);
    found = forest.Find(root, reader.values(), row);
  }
  if (found == DecisionForest::kUnseen) {
    if (!AddOutline(row, root)) return kNoOutline;
    found = forest.Find(root, reader.values(), row);
  }
  return DecisionForest::ValueOf(found).value_or(kNoOutline);
}

void ColumnChecker::State::FindBlock(std::size_t first, std::span<std::uint32_t> found) {
  std::array<DecisionForest::Branch*, DecisionForest::kBlock> roots;
  for (std::size_t i = 0; i < found.size(); ++i) {
    roots[i] = reader.RootOf(first + i);
    found[i] = roots[i] != nullptr ? *roots[i] : DecisionForest::kSingly;
  }
  forest.FindAll(found, reader.values(), first);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == DecisionForest::kUnseen) {
      found[i] = FindSingly(first + i, *roots[i]);
    } else {
      found[i] = DecisionForest::ValueOf(found[i]).value_or(kNoOutline);
    }
  }
}

// The outline of one row, with all its figures in `figures`.
std::uint32_t ColumnChecker::State::Find(std::size_t row) {
  std::uint32_t found = kNoOutline;
  FindBlock(row, std::span(&found, 1));
  figures.clear();
  for (std::size_t i = 0; found != kNoOutline && i < outlines[found]->figures.size(); ++i) {
    figures.push_back(FigureAt(found, i, row));
  }
  return found;
}

void ColumnChecker::FindAll(std::size_t first, std::span<std::uint32_t> outlines) {
  for (std::size_t done = 0; done < outlines.size(); done += DecisionForest::kBlock) {
    const std::size_t count = std::min(DecisionForest::kBlock, outlines.size() - done);
    state_->FindBlock(first + done, outlines.subspan(done, count));
  }
}

void ColumnChecker::ReadFigures(std::uint32_t outline, std::size_t row,
                                std::span<const std::uint16_t> wanted,
                                std::span<std::int64_t> values) const {
  const std::size_t count = state_->FiguresOf(outline);
  const LinearFigure* const figures = state_->linear.data() + state_->first_figure[outline];
  const DecisionForest::ColumnValues columns = state_->reader.values();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i] >= count) continue;
    const LinearFigure& figure = figures[wanted[i]];
    values[i] =
        figure.is_linear ? figure.At(columns, row) : state_->FigureAt(outline, wanted[i], row);
  }
}

std::optional<std::int64_t> ColumnChecker::NumberAt(std::uint32_t outline, std::size_t row,
                                                    std::optional<std::int64_t> number) const {
  const std::int64_t figure = number ? FigureOf(*number) : -1;
  if (figure < 0) return number;
  return state_->FigureAt(outline, static_cast<std::size_t>(figure), row);
}

const ReservePriceCheck& ColumnChecker::outline(std::uint32_t outline) const {
  return state_->outlines[outline]->check;
}

const MarkedText& ColumnChecker::text(std::uint32_t outline) const {
  return *state_->outlines[outline]->text;
}

std::span<const std::uint8_t> ColumnChecker::dates(std::uint32_t outline) const {
  return state_->outlines[outline]->dates;
}

std::size_t ColumnChecker::outlines() const { return state_->outlines.size(); }
std::size_t ColumnChecker::learned() const { return state_->learned; }

ReservePriceCheck ColumnChecker::Check(std::size_t row) {
  const std::uint32_t found = state_->render ? kNoOutline : state_->Find(row);
  if (found == kNoOutline) {
    return CheckReservePrice(state_->reader.CaseAt(row), state_->reader.rules());
  }
  const Outline& outline = *state_->outlines[found];
  const std::vector<std::int64_t>& figures = state_->figures;
  ReservePriceCheck check = outline.check;
  check.case_id.clear();
  if (check.decided_on == kMarkedDay) check.decided_on = static_cast<Days>(figures[0]);
  for (auto* number : {&check.lawful_minimum, &check.price, &check.price_full_term, &check.standard,
                       &check.deficit, &check.ratio}) {
    Put(*number, figures);
  }
  for (Finding& finding : check.findings) {
    Put(finding.reason.zh, outline, figures);
    Put(finding.reason.en, outline, figures);
    for (NamedNumber& value : finding.values) Put(value.units, figures);
  }
  for (MissingFact& missing : check.missing) {
    for (Answer& answer : missing.answers) Put(answer.minimum, figures);
  }
  return check;
}

}  // namespace dijia::rules
