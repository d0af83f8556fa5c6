#include "decision_forest.h"

#include <array>
#include <utility>

namespace dijia::rules {
namespace {

constexpr std::size_t kMostTests = std::size_t{1} << 22;

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

DecisionForest::DecisionForest(std::vector<std::int16_t> column_of_slot,
                               std::vector<std::int64_t> farthest)
    : column_of_slot_(std::move(column_of_slot)), farthest_(std::move(farthest)) {}

std::int16_t DecisionForest::ColumnOf(std::int16_t slot) const {
  return slot == kFixed ? kFixed : column_of_slot_[static_cast<std::size_t>(slot)];
}

DecisionForest::Branch* DecisionForest::BranchesOf(Branch test) {
  return test < kWide ? nodes_[test].branches : wide_[test - kWide].branches;
}

// The test as a node; nothing when it is no sum, or one that could leave int64.
std::optional<DecisionForest::Node> DecisionForest::NodeOf(const Test& test) const {
  LinearCondition linear;
  if (test.kind == Test::Kind::kAtLeast) {
    linear.slots[0] = test.slot;
    linear.factors[0] = 1;
    linear.least = test.least;
  } else if (test.kind == Test::Kind::kLinear) {
    linear = test.linear;
  } else {
    return std::nullopt;
  }
  const auto fits = [](Int128 value, Int128 most) { return value <= most && value >= -most; };
  if (!fits(linear.least, INT64_MAX)) return std::nullopt;
  Node node;
  node.least = static_cast<std::int64_t>(linear.least);
  Int128 farthest = 0;
  for (int i = 0; i < 3 && linear.slots[i] != kFixed; ++i) {
    if (!fits(linear.factors[i], INT32_MAX)) return std::nullopt;
    node.factors[i] = static_cast<std::int32_t>(linear.factors[i]);
    node.columns[i] = ColumnOf(linear.slots[i]);
    const Int128 factor = node.factors[i];
    farthest +=
        (factor < 0 ? -factor : factor) * farthest_[static_cast<std::size_t>(node.columns[i])];
  }
  if (farthest > INT64_MAX) return std::nullopt;
  return node;
}

DecisionForest::Branch DecisionForest::AddTest(const Test& test) {
  if (const auto node = NodeOf(test)) {
    nodes_.push_back(*node);
    return static_cast<Branch>(nodes_.size() - 1);
  }
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
  return kWide + static_cast<Branch>(wide_.size() - 1);
}

void DecisionForest::Grow(Branch& root, const Trace& trace, Branch end) {
  if (nodes_.size() + wide_.size() + trace.steps().size() > kMostTests) return;
  Branch test = 0;
  int side = -1;  // of the test; -1: the root itself
  const auto branch = [&]() -> Branch& { return side < 0 ? root : BranchesOf(test)[side]; };
  for (const Trace::Step& step : trace.steps()) {
    if (branch() == kUnseen) {
      const Branch added = AddTest(step.test);
      branch() = added;
    }
    if (branch() >= kEnd) return;
    test = branch();
    side = step.holds ? 1 : 0;
  }
  if (branch() == kUnseen) branch() = trace.irregular() ? kSingly : end;
}

DecisionForest::Branch DecisionForest::Find(Branch from, ColumnValues columns,
                                            std::size_t row) const {
  while (from < kEnd) {
    if (from < kWide) {
      const Node& node = nodes_[from];
      from = node.branches[node.Holds(columns.data(), row) ? 1 : 0];
    } else {
      const WideTest& wide = wide_[from - kWide];
      from = wide.branches[HoldsWide(wide.test, columns, row) ? 1 : 0];
    }
  }
  return from;
}

void DecisionForest::FindAll(std::span<Branch> at, ColumnValues columns, std::size_t first) const {
  const Node* const nodes = nodes_.data();
  const std::int64_t* const* const values = columns.data();
  std::array<std::uint16_t, kBlock> open;  // the cases that stand at a node
  std::size_t count = 0;
  const auto keep = [&](std::size_t i) {
    open[count] = static_cast<std::uint16_t>(i);
    count += at[i] < kWide ? 1 : 0;
  };
  for (std::size_t i = 0; i < at.size(); ++i) keep(i);
  // All of them make a step before any makes the next: their loads overlap, and nothing is guessed.
  while (count > 0) {
    const std::size_t before = std::exchange(count, 0);
    for (std::size_t k = 0; k < before; ++k) {
      const std::size_t i = open[k];
      const Node& node = nodes[at[i]];
      at[i] = node.branches[node.Holds(values, first + i) ? 1 : 0];
      keep(i);
    }
  }
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (at[i] < kEnd) at[i] = Find(at[i], columns, first + i);
  }
}

}  // namespace dijia::rules
