#include "findings.h"

#include <algorithm>
#include <map>

#include "dijia/base/decimal.h"
#include "dijia/base/land.h"
#include "sentence.h"

namespace dijia::rules {
namespace {

constexpr int kRatioScale = 6;

// The figures of one clause in one state, for sentences and values.
struct Figures {
  AgreedPrice price;
  PriceLimit limit;
  bool known = false;   // the term does not blur the limit
  bool single = false;  // nor does any other unknown fact
  std::int64_t limit_units = 0;
  std::int64_t deficit_units = 0;  // at least 0
};

// A mark for a stated fact that differs between cases; nothing where its value is to be shown.
std::optional<std::int64_t> MarkOfFact(const State& state, std::size_t slot) {
  const bool marks = state.trace != nullptr && state.trace->marks_figures();
  if (!marks || !state.slots[slot].Varies(false)) return std::nullopt;
  RowFigure figure;
  figure.slot = static_cast<std::int16_t>(slot);
  return state.trace->MarkOf(std::move(figure));
}

// a > b, where either may be a mark.
bool Exceeds(const State& state, std::int64_t a, std::int64_t b) {
  return state.trace != nullptr ? state.trace->Exceeds(a, b) : a > b;
}

// At the corner of the unknown facts that is best or worst for the price: a price that is lawful at
// the worst, or unlawful at the best, is so everywhere.
Figures FiguresOf(const Era& era, const State& state, const Limit& limit, bool best) {
  Evaluation evaluation(era, state);
  Figures figures;
  figures.price = evaluation.PriceAt(limit.side, best);
  figures.limit = evaluation.HeldLimitAt(limit, best);
  const PriceLimit other = evaluation.HeldLimitAt(limit, !best);
  const bool rent = limit.side == PriceSide::kRent;
  const bool full_term = limit.side == PriceSide::kTransfer &&
                         figures.price.term == era.full_term * PowerOfTen(kYearsScale);
  const bool plain = full_term || (!limit.normalised && limit.side != PriceSide::kPackage);
  // A rent is restated to the full term, whatever its own is.
  const bool restatable = (rent || state.slots[era.SlotOf(FormulaFact::kTerm)].IsSingle()) &&
                          state.slots[era.SlotOf(FormulaFact::kRate)].IsSingle();
  figures.known = plain || restatable;
  figures.single = figures.known && other.amount.numerator * figures.limit.amount.denominator ==
                                        figures.limit.amount.numerator * other.amount.denominator;
  figures.limit_units = Shown(state, RowFigure::Kind::kLimit, figures.price, figures.limit);
  figures.deficit_units = Shown(state, RowFigure::Kind::kDeficit, figures.price, figures.limit);
  return figures;
}

Outcome OutcomeOf(const Clause& clause, const ClauseState& state) {
  // A limit that is met for certain binds nobody, whether it applies or not.
  const bool met = clause.kind == ClauseKind::kLimit && state.met == Truth::kTrue;
  if (state.applies == Truth::kUnknown && !met) return Outcome::kNeedsFacts;
  switch (clause.kind) {
    case ClauseKind::kLimit:
      if (state.met == Truth::kUnknown) return Outcome::kNeedsFacts;
      return state.met == Truth::kTrue ? Outcome::kLawful : Outcome::kUnlawful;
    case ClauseKind::kUnlawful:
      return Outcome::kUnlawful;
    case ClauseKind::kDefect:
    case ClauseKind::kDuty:
      return Outcome::kDefect;
    case ClauseKind::kRatio:
      return Outcome::kLawful;
  }
  return Outcome::kNeedsFacts;
}

// Limits speak whenever they apply; other clauses when their condition holds, or might and matters.
bool Speaks(const Clause& clause, const ClauseState& state, Verdict verdict) {
  if (state.applies == Truth::kTrue) return true;
  if (state.applies == Truth::kFalse) return false;
  if (clause.kind == ClauseKind::kDefect || clause.kind == ClauseKind::kDuty) return false;
  return verdict == Verdict::kNeedsFacts || verdict == Verdict::kConflictReview;
}

// 1 to 99 as classes are written: 一, 十, 十四, 二十.
std::string ChineseNumeral(std::int64_t number) {
  static constexpr std::string_view kDigits[] = {"",   "一", "二", "三", "四",
                                                 "五", "六", "七", "八", "九"};
  const auto tens = static_cast<std::size_t>(number / 10 % 10);
  std::string text = tens > 1 ? std::string(kDigits[tens]) : std::string();
  if (tens > 0) text += "十";
  return text + std::string(kDigits[static_cast<std::size_t>(number % 10)]);
}

// Of a placeholder such as `floor_zh`.
Language LanguageOf(std::string_view placeholder) {
  return placeholder.ends_with("_zh") ? Language::kZh : Language::kEn;
}

class Sentences {
 public:
  Sentences(const Era& era, const State& state, const Clause& clause, Outcome outcome)
      : era_(era), state_(state) {
    const bool best = outcome == Outcome::kUnlawful;
    const bool decided = best || outcome == Outcome::kLawful;
    if (clause.kind == ClauseKind::kLimit) {
      figures_ = FiguresOf(era, state, clause.limit, best);
      figures_->known = decided ? figures_->known : figures_->single;
      hides_in_rounding_ =
          outcome == Outcome::kLawful &&
          !Evaluation(era, state).Reaches(figures_->price, figures_->limit, Meeting::kMet);
    }
    const RatioRange ratios = Evaluation(era, state).HeldRatios();
    const bool own = clause.kind == ClauseKind::kRatio || clause.kind == ClauseKind::kDuty;
    ratio_ = best ? ratios.low : ratios.high;
    if (own) ratio_ = clause.ratio;
  }

  std::string Value(std::string_view name) const {
    const auto fact = era_.facts_by_id->find(name);
    if (fact != era_.facts_by_id->end()) return OfFact(fact->second);
    const auto units = [](std::int64_t value) { return FormatDecimal(value, kPriceScale); };
    if (name == "ratio") return FormatDecimal(ratio_, kRatioScale);
    if (name == "ratio_percent") return FormatDecimal(ratio_, kRatioScale - 2) + "%";
    if (name == "class") return OfFact(era_.SlotOf(FormulaFact::kLandClass));
    if (name == "standard") return StandardNumber().value_or("?");
    if (name == "price") {
      if (!IsPriceStated(era_, state_)) return "?";
      return units(Shown(state_, RowFigure::Kind::kNet, NetPrice()));
    }
    if (name == "duty") return Duty();
    if (name.starts_with("price_kind_")) return PriceKindIn(LanguageOf(name));
    if (name.starts_with("standard_")) return StandardIn(LanguageOf(name));
    if (name.starts_with("floor_")) return FloorIn(LanguageOf(name));
    if (!figures_) return "?";
    if (name == "limit") return figures_->known ? units(figures_->limit_units) : "?";
    if (name == "price_full_term") {
      PriceLimit full_term;
      full_term.full_term = era_.full_term;
      return units(
          Shown(state_, RowFigure::Kind::kFullTerm, LessKnownRebates(figures_->price), full_term));
    }
    return units(figures_->deficit_units);
  }

  const std::optional<Figures>& figures() const { return figures_; }
  std::int64_t ratio() const { return ratio_; }
  // Below the limit, but by less than rounding hides.
  bool hides_in_rounding() const { return hides_in_rounding_; }

 private:
  // An unknown fact shows as "?".
  std::string OfFact(std::size_t fact) const {
    const Domain& domain = state_.slots[fact];
    if (!domain.IsSingle()) return "?";
    if (const auto mark = MarkOfFact(state_, fact)) {
      const bool date = era_.pack->facts[fact].type == FactType::kDate;
      return FormatDecimal(*mark, date ? 0 : era_.pack->facts[fact].scale);
    }
    return FormatFact(era_.pack->facts[fact], domain.low);
  }
  std::optional<std::string> StandardNumber() const {
    const auto standard = Evaluation(era_, state_).Standard();
    if (!standard || !standard->IsSingle()) return std::nullopt;
    const Table& table = era_.pack->tables[era_.pack->formula.standard_table];
    return FormatDecimal(standard->low, table.scale);
  }
  // The Chinese name of what is held against the limit. A stated amount that is not single is a
  // starting price: the reserve lies at or above it.
  std::string PriceKindIn(Language language) const {
    static constexpr std::string_view kZh[] = {"底价", "起始价", "成交价"};
    static constexpr std::string_view kEn[] = {"reserve", "starting price", "closing price"};
    const bool zh = language == Language::kZh;
    const Domain& kind = state_.slots[era_.SlotOf(FormulaFact::kPriceKind)];
    const std::size_t amount = era_.SlotOf(FormulaFact::kAmount);
    const bool opened = state_.stated.test(amount) && !state_.slots[amount].IsSingle();
    if (!kind.IsSingle() && !opened) return zh ? "价格" : "price";
    const auto index = opened ? static_cast<std::size_t>(PriceKind::kStarting)
                              : static_cast<std::size_t>(kind.low);
    return std::string(zh ? kZh[index] : kEn[index]);
  }
  // "十四等最低价标准 84 元/㎡".
  std::string StandardIn(Language language) const {
    const bool zh = language == Language::kZh;
    const auto number = StandardNumber();
    if (!number) return zh ? "最低价标准（等别不明）" : "the minimum price (class unknown)";
    const Domain& land_class = state_.slots[era_.SlotOf(FormulaFact::kLandClass)];
    if (zh) return ChineseNumeral(land_class.low) + "等最低价标准 " + *number + " 元/㎡";
    return "the class " + OfFact(era_.SlotOf(FormulaFact::kLandClass)) + " minimum price of " +
           *number + " yuan/m²";
  }
  // The standard, in part and for the term where those count, with the number that is left.
  std::string FloorIn(Language language) const {
    const bool zh = language == Language::kZh;
    std::string text = StandardIn(language);
    if (!figures_ || !figures_->known) return text;
    const bool part = ratio_ != PowerOfTen(kRatioScale);
    const std::int64_t full = era_.full_term * PowerOfTen(kYearsScale);
    const bool short_term = figures_->price.term != full;
    const bool classed = StandardNumber().has_value();
    const std::string percent = FormatDecimal(ratio_, kRatioScale - 2) + "%";
    const std::string years = FormatDecimal(figures_->price.term, kYearsScale);
    const std::string limit = FormatDecimal(figures_->limit_units, kPriceScale);
    if (part) text = zh ? text + " 的 " + percent : percent + " of " + text;
    if (short_term) text += zh ? "按 " + years + " 年期修正" : " restated to " + years + " years";
    if (classed && !part && !short_term) return text;
    return text + (zh ? "（" + limit + " 元/㎡）" : " (" + limit + " yuan/m²)");
  }
  AgreedPrice NetPrice() const {
    Evaluation evaluation(era_, state_);
    return LessKnownRebates(evaluation.PriceAt(evaluation.SideOfPrice(), false));
  }
  // Unknown rebates are not taken off: a sentence tells the price that was stated.
  AgreedPrice LessKnownRebates(AgreedPrice price) const {
    if (state_.slots[era_.SlotOf(FormulaFact::kRebates)].IsSingle()) return price;
    price.rebates = 0;
    price.rebates_slot = kFixed;
    return price;
  }
  // `ratio` × the price of the whole parcel, in yuan.
  std::string Duty() const {
    const Domain& area = state_.slots[era_.SlotOf(FormulaFact::kArea)];
    if (!area.IsSingle()) return "?";
    const Fraction net = NetAmount(NetPrice());
    if (state_.trace != nullptr) state_.trace->GiveUp();  // rare enough to be shown one by one
    const auto total =
        RoundQuotient(net.numerator * area.low, net.denominator, 1, RoundingMode::kHalfUp);
    if (!total) return "?";
    const auto share =
        RoundQuotient(Int128{*total} * ratio_, PowerOfTen(kRatioScale), 1, RoundingMode::kHalfUp);
    return share ? FormatDecimal(*share, kPriceScale) : "?";
  }

  const Era& era_;
  const State& state_;
  std::optional<Figures> figures_;
  bool hides_in_rounding_ = false;
  std::int64_t ratio_ = 0;
};

std::string Fill(const std::string& sentence, const Sentences& sentences) {
  return FillSentence(sentence, [&](std::string_view name) { return sentences.Value(name); });
}

Bilingual ReasonOf(const Clause& clause, Outcome outcome, const Sentences& sentences) {
  const Bilingual* text = &clause.met;
  if (outcome == Outcome::kUnlawful || outcome == Outcome::kDefect) text = &clause.failed;
  if (outcome == Outcome::kNeedsFacts || outcome == Outcome::kConflictReview) text = &clause.open;
  if (outcome == Outcome::kLawful && sentences.hides_in_rounding() && !clause.failed.zh.empty()) {
    return {Fill(clause.failed.zh, sentences) + "；差额在四舍五入误差之内，视为相等",
            Fill(clause.failed.en, sentences) + "; rounding hides that much: it counts as equal"};
  }
  if (text->zh.empty()) text = &clause.says;
  return {Fill(text->zh, sentences), Fill(text->en, sentences)};
}

// What the limit is made of, so that a reader can work it out again.
void AddLimitValues(const Era& era, const State& state, const Limit& limit,
                    const Sentences& sentences, std::vector<NamedNumber>& values) {
  if (limit.amount == Limit::Amount::kFact) {
    const Domain& of = state.slots[limit.fact];
    if (!of.IsSingle()) return;
    values.push_back({"of_yuan_per_sqm", MarkOfFact(state, limit.fact).value_or(of.low),
                      era.pack->facts[limit.fact].scale});
    if (limit.times != PowerOfTen(kRatioScale)) {
      values.push_back({"share", limit.times, kRatioScale});
    }
    return;
  }
  const auto classes = Evaluation(era, state).Standard();
  if (!classes || !classes->IsSingle()) return;
  const Table& table = era.pack->tables[era.pack->formula.standard_table];
  values.push_back({"standard_yuan_per_sqm", classes->low, table.scale});
  values.push_back({"ratio", sentences.ratio(), kRatioScale});
}

// What the price is made of where it is more than one number.
void AddPriceValues(const Era& era, const State& state, const Limit& limit,
                    const AgreedPrice& price, std::vector<NamedNumber>& values) {
  const auto single = [&](FormulaFact fact) -> const Domain* {
    const Domain& domain = state.slots[era.SlotOf(fact)];
    return domain.IsSingle() ? &domain : nullptr;
  };
  const Domain *unit = single(FormulaFact::kUnit), *area = single(FormulaFact::kArea);
  if (unit != nullptr && (unit->bits & 0b1100U) != 0 && area != nullptr) {
    const bool wan = static_cast<PriceUnit>(unit->low) == PriceUnit::kWanYuanTotal;
    const auto number = [&](FormulaFact fact) {
      const std::size_t slot = era.SlotOf(fact);
      return MarkOfFact(state, slot).value_or(state.slots[slot].low);
    };
    values.push_back({"total_yuan", number(FormulaFact::kAmount), wan ? 0 : kPriceScale});
    values.push_back({"area_sqm", number(FormulaFact::kArea), Area::kScale});
  }
  const bool rent = limit.side != PriceSide::kTransfer;
  const std::int64_t full = era.full_term * PowerOfTen(kYearsScale);
  if (limit.normalised && (rent || price.term != full)) {
    // A present value of rents and transfer takes the years of the lease alone.
    if (limit.side != PriceSide::kPackage) values.push_back({"full_term_years", era.full_term, 0});
    if (!rent) values.push_back({"term_years", price.term, kYearsScale});
    values.push_back({"capitalization_rate", price.rate, kRateScale});
    if (rent) values.push_back({"rent_in_advance", price.advance ? 1 : 0, 0});
  }
  if (limit.side == PriceSide::kPackage) {
    values.push_back({"lease_years", price.lease_years, kYearsScale});
    values.push_back({"transfer_price_yuan_per_sqm", price.transfer, kPriceScale});
    if (!limit.normalised) values.push_back({"capitalization_rate", price.rate, kRateScale});
  }
  if (limit.side == PriceSide::kRent && !limit.normalised) return;
  const bool some = price.rebates > 0;
  if (state.trace != nullptr && price.rebates_slot != kFixed) {
    state.trace->AddAtLeast(price.rebates_slot, 1, some);
  }
  const std::size_t slot = era.SlotOf(FormulaFact::kRebates);
  const std::int64_t rebates = MarkOfFact(state, slot).value_or(price.rebates);
  if (some) values.push_back({"rebates_yuan_per_sqm", rebates, kPriceScale});
}

std::vector<NamedNumber> ValuesOf(const Era& era, const State& state, const Clause& clause,
                                  const Sentences& sentences) {
  std::vector<NamedNumber> values;
  if (clause.kind == ClauseKind::kRatio || clause.kind == ClauseKind::kDuty) {
    values.push_back({"ratio", clause.ratio, kRatioScale});
  }
  const auto& figures = sentences.figures();
  if (!figures || !figures->known) return values;
  AddLimitValues(era, state, clause.limit, sentences, values);
  AddPriceValues(era, state, clause.limit, figures->price, values);
  values.push_back({"minimum_yuan_per_sqm", figures->limit_units, kPriceScale});
  values.push_back(
      {"price_yuan_per_sqm", Shown(state, RowFigure::Kind::kPrice, figures->price), kPriceScale});
  values.push_back({"deficit_yuan_per_sqm", figures->deficit_units, kPriceScale});
  return values;
}

Finding MakeFinding(const Era& era, const State& state, const Clause& clause, Outcome outcome) {
  const Sentences sentences(era, state, clause, outcome);
  Finding finding;
  finding.rule = clause.rule;
  finding.clause = clause.key;
  finding.outcome = outcome;
  finding.reason = ReasonOf(clause, outcome, sentences);
  finding.citation = clause.citation;
  finding.words_sha256 = clause.sha256;
  finding.values = ValuesOf(era, state, clause, sentences);
  return finding;
}

// What the clause says in that state; nothing where it does not speak.
std::optional<Outcome> OutcomeIn(const Judgement& judgement, const State& state,
                                 const Clause& clause) {
  const ClauseState says = Evaluation(*judgement.era, state).Of(clause);
  if (!Speaks(clause, says, judgement.verdict)) return std::nullopt;
  return OutcomeOf(clause, says);
}

// Is every limit of the rule met under every reading under which it applies? Readings may give the
// same limit in clauses of their own.
bool IsMetUnderEveryReading(const Judgement& judgement, const std::string& rule) {
  for (const Clause* clause : judgement.era->clauses) {
    if (clause->rule != rule || clause->kind != ClauseKind::kLimit) continue;
    for (const ReadingCase& one : judgement.cases) {
      if (OutcomeIn(judgement, one.state, *clause).value_or(Outcome::kLawful) != Outcome::kLawful) {
        return false;
      }
    }
  }
  return true;
}

// What the clause says with every reading at its default; when readings conflict and the clause
// does not say the same under all of them, that, unless nobody contests its rule.
std::optional<Outcome> OutcomeUnderReadings(const Judgement& judgement, const State& by_default,
                                            const Clause& clause) {
  const std::optional<Outcome> outcome = OutcomeIn(judgement, by_default, clause);
  if (judgement.verdict != Verdict::kConflictReview) return outcome;
  const bool same = std::ranges::all_of(judgement.cases, [&](const ReadingCase& one) {
    return OutcomeIn(judgement, one.state, clause) == outcome;
  });
  const bool limit = clause.kind == ClauseKind::kLimit;
  if (same || (limit && IsMetUnderEveryReading(judgement, clause.rule))) return outcome;
  return Outcome::kConflictReview;
}

// The clause that the verdict hangs on: the limit that binds, or the first that fails.
void SetDecidingRule(const Judgement& judgement, ReservePriceCheck& check) {
  static constexpr std::pair<Verdict, Outcome> kWanted[] = {
      {Verdict::kLawful, Outcome::kLawful},
      {Verdict::kUnlawful, Outcome::kUnlawful},
      {Verdict::kNeedsFacts, Outcome::kNeedsFacts},
      {Verdict::kConflictReview, Outcome::kConflictReview}};
  const auto wanted =
      std::ranges::find(kWanted, judgement.verdict, &std::pair<Verdict, Outcome>::first);
  if (wanted == std::end(kWanted)) return;
  std::int64_t highest = INT64_MIN;
  for (const Finding& finding : check.findings) {
    if (finding.outcome != wanted->second) continue;
    const auto minimum =
        std::ranges::find(finding.values, "minimum_yuan_per_sqm", &NamedNumber::name);
    const bool limit = minimum != finding.values.end();
    const bool ratio = !limit && (finding.outcome == Outcome::kLawful || !finding.values.empty());
    if (ratio) continue;
    const std::int64_t rank = limit ? minimum->units : INT64_MIN + 1;
    if (Exceeds(judgement.state, rank, highest)) {
      highest = rank;
      check.deciding_rule = finding.rule;
      check.deciding_clause = finding.clause;
      if (limit && check.verdict != Verdict::kNeedsFacts) {
        const auto deficit =
            std::ranges::find(finding.values, "deficit_yuan_per_sqm", &NamedNumber::name);
        check.deficit = deficit->units;
      }
    }
  }
}

}  // namespace

std::int64_t Shown(const State& state, RowFigure::Kind kind, const AgreedPrice& price,
                   const PriceLimit& limit) {
  RowFigure figure;
  figure.kind = kind;
  figure.price = price;
  figure.limit = limit;
  const bool marks = state.trace != nullptr && state.trace->marks_figures();
  // A limit does not depend on the price it is held against, but on its term and rate.
  const bool varies = limit.slot != kFixed || (kind != RowFigure::Kind::kLimit && Varies(price));
  if (!marks || !varies) return ValueOf(figure);
  if (kind == RowFigure::Kind::kLimit) {
    figure.price.stated = {};
    figure.price.rebates = 0;
    figure.price.rebates_slot = kFixed;
  }
  return state.trace->MarkOf(std::move(figure));
}

bool IsPriceStated(const Era& era, const State& state) {
  const auto stated = [&](FormulaFact fact) { return state.stated.test(era.SlotOf(fact)); };
  if (!stated(FormulaFact::kAmount)) return false;
  if (!stated(FormulaFact::kUnit)) return true;
  const std::uint64_t units = state.slots[era.SlotOf(FormulaFact::kUnit)].bits;
  const auto may_be = [units](PriceUnit unit) {
    return (units >> static_cast<unsigned>(unit) & 1U) != 0;
  };
  const bool total = may_be(PriceUnit::kYuanTotal) || may_be(PriceUnit::kWanYuanTotal);
  if (total && !stated(FormulaFact::kArea)) return false;
  return !may_be(PriceUnit::kYuanPerSqmFloor) || stated(FormulaFact::kFar);
}

std::optional<std::int64_t> MinimumOf(const Era& era, const State& state, Verdict verdict) {
  std::optional<std::int64_t> minimum;
  for (const Clause* clause : era.clauses) {
    if (clause->kind != ClauseKind::kLimit) continue;
    const Truth applies = Evaluation(era, state).Of(clause->when);
    if (applies == Truth::kFalse) continue;
    if (applies == Truth::kUnknown && verdict == Verdict::kUnlawful) continue;
    const bool decided = verdict == Verdict::kLawful || verdict == Verdict::kUnlawful;
    const Figures figures = FiguresOf(era, state, clause->limit, verdict == Verdict::kUnlawful);
    const bool usable = decided ? figures.known : figures.single && applies == Truth::kTrue;
    if (!usable) return std::nullopt;
    if (!minimum || Exceeds(state, figures.limit_units, *minimum)) minimum = figures.limit_units;
  }
  return minimum;
}

std::vector<Finding> FindingsOf(const Era& era, const State& state, std::string_view rule) {
  const State by_default = WithDefaultReadings(era, state);
  std::vector<Finding> findings;
  for (const Clause* clause : era.clauses) {
    if (clause->rule != rule) continue;
    const ClauseState says = Evaluation(era, by_default).Of(*clause);
    if (says.applies == Truth::kFalse) continue;
    const bool open = says.applies == Truth::kUnknown;
    const Outcome outcome = open ? Outcome::kNeedsFacts : OutcomeOf(*clause, says);
    findings.push_back(MakeFinding(era, by_default, *clause, outcome));
  }
  return findings;
}

void AddFindings(const Judgement& judgement, ReservePriceCheck& check) {
  const Era& era = *judgement.era;
  const State state = DefaultState(judgement);
  for (const Clause* clause : era.clauses) {
    const auto outcome = OutcomeUnderReadings(judgement, state, *clause);
    if (!outcome) continue;
    check.findings.push_back(MakeFinding(era, state, *clause, *outcome));
  }
  SetDecidingRule(judgement, check);
}

}  // namespace dijia::rules
