#include <algorithm>
#include <array>

#include "column_reader.h"

namespace dijia::rules {

struct ColumnJudge::State {
  State(const CaseColumns::Store& store, const PreparedRules& rules)
      : reader(store, rules), forest(reader.MakeForest()) {}

  Verdict JudgeSingly(std::size_t row, DecisionForest::Branch* root);
  void JudgeBlock(std::size_t first, std::span<Verdict> verdicts);

  ColumnReader reader;
  DecisionForest forest;
  Trace trace;
  std::size_t judged_singly = 0;
};

Verdict ColumnJudge::State::JudgeSingly(std::size_t row, DecisionForest::Branch* root) {
  ++judged_singly;
  const Columns* traced = root != nullptr ? reader.Traced(trace) : nullptr;
  const Verdict verdict = VerdictIn(reader.CaseAt(row), reader.rules().compiled(), traced);
  if (traced != nullptr) {
    forest.Grow(*root, trace, DecisionForest::EndWith(static_cast<std::uint32_t>(verdict)));
  }
  return verdict;
}

void ColumnJudge::State::JudgeBlock(std::size_t first, std::span<Verdict> verdicts) {
  std::array<DecisionForest::Branch, DecisionForest::kBlock> at_all;
  std::array<DecisionForest::Branch*, DecisionForest::kBlock> roots;
  const std::span at(at_all.data(), verdicts.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    roots[i] = reader.RootOf(first + i);
    at[i] = roots[i] != nullptr ? *roots[i] : DecisionForest::kSingly;
  }
  forest.FindAll(at, reader.values(), first);
  for (std::size_t i = 0; i < at.size(); ++i) {
    // What a case before it in the block has shown counts.
    if (at[i] == DecisionForest::kUnseen) {
      at[i] = forest.Find(*roots[i], reader.values(), first + i);
    }
    if (const auto verdict = DecisionForest::ValueOf(at[i])) {
      verdicts[i] = static_cast<Verdict>(*verdict);
    } else {
      const bool known = at[i] == DecisionForest::kSingly;
      verdicts[i] = JudgeSingly(first + i, known ? nullptr : roots[i]);
    }
  }
}

ColumnJudge::ColumnJudge(const CaseColumns& columns, const PreparedRules& rules)
    : state_(std::make_unique<State>(columns.store(), rules)) {}
ColumnJudge::~ColumnJudge() = default;
ColumnJudge::ColumnJudge(ColumnJudge&&) noexcept = default;
ColumnJudge& ColumnJudge::operator=(ColumnJudge&&) noexcept = default;

void ColumnJudge::Judge(std::size_t first, std::span<Verdict> verdicts) {
  state_->reader.Read(first + verdicts.size());
  for (std::size_t done = 0; done < verdicts.size(); done += DecisionForest::kBlock) {
    const std::size_t count = std::min(DecisionForest::kBlock, verdicts.size() - done);
    state_->JudgeBlock(first + done, verdicts.subspan(done, count));
  }
  state_->forest.Tidy(state_->reader.roots());
}

std::size_t ColumnJudge::judged_singly() const { return state_->judged_singly; }

std::vector<Verdict> VerdictsOf(const CaseColumns& columns, const PreparedRules& rules) {
  std::vector<Verdict> verdicts(columns.size());
  ColumnJudge(columns, rules).Judge(0, verdicts);
  return verdicts;
}

}  // namespace dijia::rules
