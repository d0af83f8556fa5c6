#include "decision_forest.h"

namespace dijia::rules {
namespace {

constexpr std::size_t kMostNodes = std::size_t{1} << 22;

}  // namespace

bool DecisionForest::HoldsOther(const Node& node, std::span<const std::int64_t* const> columns,
                                std::size_t row) const {
  const auto at = [&](std::int16_t column) {
    return columns[static_cast<std::size_t>(column)][row];
  };
  const auto index = static_cast<std::size_t>(node.least);
  if (node.kind == Test::Kind::kLinear) {
    const LinearCondition& condition = linear_[index];
    Int128 sum = 0;
    for (int i = 0; i < 3 && condition.slots[i] != kFixed; ++i) {
      sum += Int128{condition.factors[i]} * at(condition.slots[i]);
    }
    return sum >= condition.least;
  }
  AgreedPrice price = prices_[index].price;
  PriceLimit limit = prices_[index].limit;
  StatedAmount& stated = price.stated;
  if (stated.units_slot != kFixed) stated.units = at(stated.units_slot);
  if (stated.area_slot != kFixed) stated.area = at(stated.area_slot);
  if (stated.floor_area_ratio_slot != kFixed) {
    stated.floor_area_ratio = at(stated.floor_area_ratio_slot);
  }
  if (price.rebates_slot != kFixed) price.rebates = at(price.rebates_slot);
  if (limit.slot != kFixed) limit.amount.numerator = Int128{at(limit.slot)} * limit.times;
  price.amount = AmountOf(stated);
  return Compare(price, limit) != Meeting::kShort;
}

DecisionForest::Branch DecisionForest::AddNode(const Test& test) {
  const auto column = [&](std::int16_t& slot) {
    if (slot != kFixed) slot = column_of_slot_[static_cast<std::size_t>(slot)];
  };
  Node node;
  node.kind = test.kind;
  if (test.kind == Test::Kind::kAtLeast) {
    node.column = test.slot;
    column(node.column);
    node.least = test.least;
  } else if (test.kind == Test::Kind::kLinear) {
    node.least = static_cast<std::int64_t>(linear_.size());
    for (std::int16_t& slot : linear_.emplace_back(test.linear).slots) column(slot);
  } else {
    node.least = static_cast<std::int64_t>(prices_.size());
    PriceCondition& condition = prices_.emplace_back(PriceCondition{test.price, test.limit});
    column(condition.price.stated.units_slot);
    column(condition.price.stated.area_slot);
    column(condition.price.stated.floor_area_ratio_slot);
    column(condition.price.rebates_slot);
    column(condition.limit.slot);
  }
  nodes_.push_back(node);
  return static_cast<Branch>(nodes_.size() - 1);
}

void DecisionForest::Grow(Branch& root, const Trace& trace, Verdict verdict) {
  if (nodes_.size() + trace.steps().size() > kMostNodes) return;
  std::size_t node = 0;
  int side = -1;  // of the node; -1: the root itself
  const auto branch = [&]() -> Branch& { return side < 0 ? root : nodes_[node].branches[side]; };
  for (const Trace::Step& step : trace.steps()) {
    if (branch() >= kVerdict && branch() != kUnseen) return;
    if (branch() == kUnseen) {
      const Branch added = AddNode(step.test);
      branch() = added;
    }
    node = branch();
    side = step.holds ? 1 : 0;
  }
  if (branch() != kUnseen) return;
  branch() = trace.irregular() ? kSingly : kVerdict | static_cast<Branch>(verdict);
}

}  // namespace dijia::rules
