#include "decision_forest.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace dijia::rules {
namespace {

constexpr std::size_t kMostTests = std::size_t{1} << 22;
constexpr std::size_t kFirstPlaces = 64;
constexpr std::size_t kFewNodes = 4096;  // not worth tidying

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
    : column_of_slot_(std::move(column_of_slot)),
      farthest_(std::move(farthest)),
      index_(kFirstPlaces) {}

std::int16_t DecisionForest::ColumnOf(std::int16_t slot) const {
  return slot == kFixed ? kFixed : column_of_slot_[static_cast<std::size_t>(slot)];
}

const DecisionForest::Branch* DecisionForest::BranchesOf(Branch test) const {
  return test < kWide ? nodes_[test].branches : wide_[test - kWide].branches;
}

// The test as a sum; nothing when it is none, or one that could leave int64.
std::optional<DecisionForest::Sum> DecisionForest::SumOf(const Test& test) const {
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
  Sum sum;
  sum.least = static_cast<std::int64_t>(linear.least);
  Int128 farthest = 0;
  for (int i = 0; i < 3 && linear.slots[i] != kFixed; ++i) {
    if (!fits(linear.factors[i], INT32_MAX)) return std::nullopt;
    sum.factors[i] = static_cast<std::int32_t>(linear.factors[i]);
    sum.columns[i] = ColumnOf(linear.slots[i]);
    const Int128 factor = sum.factors[i];
    farthest +=
        (factor < 0 ? -factor : factor) * farthest_[static_cast<std::size_t>(sum.columns[i])];
  }
  if (farthest > INT64_MAX) return std::nullopt;
  return sum;
}

DecisionForest::Branch DecisionForest::AddTest(const Test& test) {
  if (const auto sum = SumOf(test)) {
    const auto next = static_cast<std::uint32_t>(sums_.size());
    const auto [at, is_new] = number_of_sum_.try_emplace(*sum, next);
    if (is_new) sums_.push_back(*sum);
    return NodeLike({at->second, {kUnseen, kUnseen}});
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

std::size_t DecisionForest::PlaceOf(const Node& node) const {
  std::uint64_t hash = node.sum;
  for (const Branch branch : node.branches) {
    hash = (hash ^ branch) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 32;
  }
  const std::size_t mask = index_.size() - 1;
  std::size_t place = hash & mask;
  while (index_[place] != 0 && nodes_[index_[place] - 1] != node) place = (place + 1) & mask;
  return place;
}

// The node that is equal to this one.
DecisionForest::Branch DecisionForest::NodeLike(const Node& node) {
  std::size_t place = PlaceOf(node);
  if (index_[place] != 0) return index_[place] - 1;
  nodes_.push_back(node);
  whole_.push_back(IsWhole(node.branches[0]) && IsWhole(node.branches[1]) ? 1 : 0);
  index_[place] = static_cast<std::uint32_t>(nodes_.size());
  if (nodes_.size() * 2 > index_.size()) IndexNodes(index_.size() * 2);
  return static_cast<Branch>(nodes_.size() - 1);
}

void DecisionForest::IndexNodes(std::size_t places) {
  index_.assign(places, 0);
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    index_[PlaceOf(nodes_[i])] = static_cast<std::uint32_t>(i + 1);
  }
}

bool DecisionForest::IsWhole(Branch branch) const {
  return branch < kWide ? whole_[branch] != 0 : branch >= kEnd && branch != kUnseen;
}

DecisionForest::Branch DecisionForest::With(Branch test, bool side, Branch branch) {
  if (test >= kWide) {
    wide_[test - kWide].branches[side ? 1 : 0] = branch;
    return test;
  }
  Node node = nodes_[test];
  node.branches[side ? 1 : 0] = branch;
  // What comes out the same either way, whatever else there may be, need not be asked.
  const bool idle = node.branches[0] == node.branches[1] && IsWhole(branch);
  return idle ? branch : NodeLike(node);
}

void DecisionForest::Grow(Branch& root, const Trace& trace, Branch end) {
  const std::vector<Trace::Step>& steps = trace.steps();
  if (nodes_.size() + wide_.size() + steps.size() > kMostTests) return;
  std::vector<Branch> path;  // the tests, from the root on
  Branch at = root;
  for (const Trace::Step& step : steps) {
    if (at == kUnseen) at = AddTest(step.test);
    if (at >= kEnd) return;
    path.push_back(at);
    at = BranchesOf(at)[step.holds ? 1 : 0];
  }
  if (at != kUnseen) return;
  at = trace.irregular() ? kSingly : end;
  for (std::size_t i = path.size(); i > 0; --i) at = With(path[i - 1], steps[i - 1].holds, at);
  root = at;
}

void DecisionForest::Tidy(std::span<std::vector<Branch>> roots) {
  if (nodes_.size() < 2 * tidied_ + kFewNodes) return;
  std::vector<Branch> place(nodes_.size(), kUnseen), order, open;
  const auto reach = [&](Branch tree) {
    for (open.push_back(tree); !open.empty();) {
      const Branch at = open.back();
      open.pop_back();
      if (at >= kWide || place[at] != kUnseen) continue;
      place[at] = static_cast<Branch>(order.size());
      order.push_back(at);
      open.insert(open.end(), std::begin(nodes_[at].branches), std::end(nodes_[at].branches));
    }
  };
  for (const std::vector<Branch>& some : roots) std::ranges::for_each(some, reach);
  for (const WideTest& wide : wide_) std::ranges::for_each(wide.branches, reach);

  const auto move = [&](Branch& branch) { branch = branch < kWide ? place[branch] : branch; };
  std::vector<Node> nodes;
  std::vector<std::uint8_t> whole;
  for (const Branch old : order) {
    std::ranges::for_each(nodes.emplace_back(nodes_[old]).branches, move);
    whole.push_back(whole_[old]);
  }
  for (std::vector<Branch>& some : roots) std::ranges::for_each(some, move);
  for (WideTest& wide : wide_) std::ranges::for_each(wide.branches, move);
  nodes_ = std::move(nodes);
  whole_ = std::move(whole);
  tidied_ = nodes_.size();
  IndexNodes(index_.size());
}

DecisionForest::Branch DecisionForest::Find(Branch from, ColumnValues columns,
                                            std::size_t row) const {
  while (from < kEnd) {
    if (from < kWide) {
      const Node& node = nodes_[from];
      from = node.branches[sums_[node.sum].Holds(columns.data(), row) ? 1 : 0];
    } else {
      const WideTest& wide = wide_[from - kWide];
      from = wide.branches[HoldsWide(wide.test, columns, row) ? 1 : 0];
    }
  }
  return from;
}

void DecisionForest::FindAll(std::span<Branch> at, ColumnValues columns, std::size_t first) const {
  const Node* const nodes = nodes_.data();
  const Sum* const sums = sums_.data();
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
      at[i] = node.branches[sums[node.sum].Holds(values, first + i) ? 1 : 0];
      keep(i);
    }
  }
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (at[i] < kEnd) at[i] = Find(at[i], columns, first + i);
  }
}

}  // namespace dijia::rules
