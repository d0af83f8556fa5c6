#include "decision_forest.h"

#include <algorithm>

namespace dijia::rules {
namespace {

constexpr std::size_t kMostNodes = std::size_t{1} << 22;
// Steps that a whole block makes together; most trees are not deeper.
constexpr int kStepsTogether = 12;

bool HoldsWide(const Test& test, DecisionForest::ColumnValues columns, std::size_t row) {
  const auto at = [&](std::int16_t column) {
    return columns[static_cast<std::size_t>(column)][row];
  };
  if (test.kind == Test::Kind::kAtLeast) return at(test.slot) >= test.least;
  if (test.kind == Test::Kind::kLinear) {
    Int128 sum = 0;
    for (int i = 0; i < 3 && test.linear.slots[i] != kFixed; ++i) {
      sum += Int128{test.linear.factors[i]} * at(test.linear.slots[i]);
    }
    return sum >= test.linear.least;
  }
  if (test.kind == Test::Kind::kYears) {
    return YearsHold(test.relation, test.years, at(test.slot), at(test.other_slot));
  }
  AgreedPrice price = test.price;
  PriceLimit limit = test.limit;
  PutValues(price, limit, at);
  return Reaches(Compare(price, limit), test.wanted);
}

}  // namespace

DecisionForest::DecisionForest(std::vector<std::int16_t> column_of_slot)
    : column_of_slot_(std::move(column_of_slot)), nodes_(kFirstTest) {
  for (Branch end = 0; end < kFirstTest; ++end) {
    nodes_[end].branches[0] = nodes_[end].branches[1] = end;
  }
}

std::int16_t DecisionForest::ColumnOf(std::int16_t slot) const {
  return slot == kFixed ? kFixed : column_of_slot_[static_cast<std::size_t>(slot)];
}

DecisionForest::Branch* DecisionForest::BranchesOf(Branch node) {
  const std::uint32_t wide = nodes_[node].wide;
  return wide != 0 ? wide_[wide - 1].branches : nodes_[node].branches;
}

DecisionForest::Branch DecisionForest::AddWide(const Test& test) {
  WideTest& wide = wide_.emplace_back();
  wide.test = test;
  wide.test.slot = ColumnOf(test.slot);
  wide.test.other_slot = ColumnOf(test.other_slot);
  for (std::int16_t& slot : wide.test.linear.slots) slot = ColumnOf(slot);
  StatedAmount& stated = wide.test.price.stated;
  for (std::int16_t* slot : {&stated.units_slot, &stated.area_slot, &stated.floor_area_ratio_slot,
                             &wide.test.price.rebates_slot, &wide.test.limit.slot}) {
    *slot = ColumnOf(*slot);
  }
  const auto index = static_cast<Branch>(nodes_.size());
  Node node;
  node.branches[0] = node.branches[1] = index;
  node.wide = static_cast<std::uint32_t>(wide_.size());
  nodes_.push_back(node);
  return index;
}

DecisionForest::Branch DecisionForest::AddNode(const Test& test) {
  Node node;
  node.branches[0] = node.branches[1] = kUnseen;
  if (test.kind == Test::Kind::kAtLeast) {
    node.columns[0] = ColumnOf(test.slot);
    node.factors[0] = 1;
    node.least = test.least;
  } else {
    const LinearCondition& linear = test.linear;
    const auto fits = [](Int128 value, std::int64_t most) {
      return value <= most && value >= -most;
    };
    const bool narrow =
        test.kind == Test::Kind::kLinear && fits(linear.least, INT64_MAX) &&
        std::ranges::all_of(linear.factors, [&](Int128 one) { return fits(one, INT32_MAX); });
    if (!narrow) return AddWide(test);
    for (int i = 0; i < 3 && linear.slots[i] != kFixed; ++i) {
      node.columns[i] = ColumnOf(linear.slots[i]);
      node.factors[i] = static_cast<std::int32_t>(linear.factors[i]);
    }
    node.least = static_cast<std::int64_t>(linear.least);
  }
  nodes_.push_back(node);
  return static_cast<Branch>(nodes_.size() - 1);
}

void DecisionForest::Grow(Branch& root, const Trace& trace, Branch end) {
  if (nodes_.size() + trace.steps().size() > kMostNodes) return;
  Branch node = 0;
  int side = -1;  // of the node; -1: the root itself
  const auto branch = [&]() -> Branch& { return side < 0 ? root : BranchesOf(node)[side]; };
  for (const Trace::Step& step : trace.steps()) {
    const bool ended = branch() < kFirstTest ? branch() != kUnseen : EndOf(branch()).has_value();
    if (ended) return;
    if (branch() == kUnseen) {
      const Branch added = AddNode(step.test);
      branch() = added;
    }
    node = branch();
    side = step.holds ? 1 : 0;
  }
  if (branch() != kUnseen) return;
  branch() = trace.irregular() ? kSingly : end;
}

DecisionForest::Branch DecisionForest::AddEnd(std::uint32_t value) {
  const auto index = static_cast<Branch>(nodes_.size());
  Node node;
  node.branches[0] = node.branches[1] = index;
  node.wide = kEnd + value;
  nodes_.push_back(node);
  return index;
}

std::optional<std::uint32_t> DecisionForest::EndOf(Branch branch) const {
  const std::uint32_t wide = nodes_[branch].wide;
  return wide >= kEnd ? std::optional(wide - kEnd) : std::nullopt;
}

inline Int128 DecisionForest::SumOf(const Node& node, const std::int64_t* const* values,
                                    std::size_t row) {
  return Int128{node.factors[0]} * values[node.columns[0]][row] +
         Int128{node.factors[1]} * values[node.columns[1]][row] +
         Int128{node.factors[2]} * values[node.columns[2]][row];
}

DecisionForest::Branch DecisionForest::Find(Branch from, ColumnValues columns,
                                            std::size_t row) const {
  while (from >= kFirstTest) {
    const Node& node = nodes_[from];
    if (node.wide >= kEnd) return from;
    if (node.wide != 0) {
      const WideTest& wide = wide_[node.wide - 1];
      from = wide.branches[HoldsWide(wide.test, columns, row) ? 1 : 0];
      continue;
    }
    const Int128 sum = SumOf(node, columns.data(), row);
    from = node.branches[sum >= node.least ? 1 : 0];
  }
  return from;
}

void DecisionForest::FindAll(std::span<Branch> at, ColumnValues columns, std::size_t first) const {
  const Node* const nodes = nodes_.data();
  const std::int64_t* const* const values = columns.data();
  // All cases of the block make a step before any makes the next: their loads overlap, and nothing
  // is guessed.
  bool open = true;
  for (int step = 0; open && step < kStepsTogether; ++step) {
    Branch highest = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const Node& node = nodes[at[i]];
      const Int128 sum = SumOf(node, values, first + i);
      at[i] = node.branches[sum >= node.least ? 1 : 0];
      highest = std::max(highest, at[i]);
    }
    open = highest >= kFirstTest;
  }
  if (!open) return;
  for (std::size_t i = 0; i < at.size(); ++i) at[i] = Find(at[i], columns, first + i);
}

}  // namespace dijia::rules
