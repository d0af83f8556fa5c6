// Verdicts by the outcomes of comparisons: a tree for every profile and span of time, grown from
// the traces of judgements.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dijia/rules/reserve_price.h"
#include "trace.h"

namespace dijia::rules {

class DecisionForest {
 public:
  // A node, or one of the marks below, or a verdict.
  using Branch = std::uint32_t;
  static constexpr Branch kUnseen = 0xffffffff;  // nothing judged yet
  static constexpr Branch kSingly = 0xfffffffe;  // every such case is judged by itself
  static constexpr Branch kVerdict = 0x80000000;

  struct Node {
    Test::Kind kind = Test::Kind::kAtLeast;
    std::int16_t column = 0;                  // kAtLeast
    Branch branches[2] = {kUnseen, kUnseen};  // the test does not hold, holds
    std::int64_t least = 0;                   // kAtLeast; else the index of the condition
  };
  struct PriceCondition {
    AgreedPrice price;
    PriceLimit limit;
  };

  // `columns`: by slot, the column of facts that have one.
  explicit DecisionForest(std::vector<std::int16_t> column_of_slot)
      : column_of_slot_(std::move(column_of_slot)) {}

  // Adds a judged case below `root`. Beyond the largest size nothing is added.
  void Grow(Branch& root, const Trace& trace, Verdict verdict);

  // Where the case of a row arrives: a verdict or a mark.
  Branch Find(Branch from, std::span<const std::int64_t* const> columns, std::size_t row) const {
    while (from < kVerdict) {
      const Node& node = nodes_[from];
      const bool holds = node.kind == Test::Kind::kAtLeast
                             ? columns[static_cast<std::size_t>(node.column)][row] >= node.least
                             : HoldsOther(node, columns, row);
      from = node.branches[holds ? 1 : 0];
    }
    return from;
  }

 private:
  bool HoldsOther(const Node& node, std::span<const std::int64_t* const> columns,
                  std::size_t row) const;
  Branch AddNode(const Test& test);
  bool IsTest(const Node& node, const Test& test) const;

  std::vector<std::int16_t> column_of_slot_;
  std::vector<Node> nodes_;
  std::vector<LinearCondition> linear_;  // slots are columns
  std::vector<PriceCondition> prices_;   // slots are columns
};

}  // namespace dijia::rules
