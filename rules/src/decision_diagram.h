// Decision diagrams over variables of a few values: conditions as sets of cases, compared and
// counted exactly. Equal sets are the same node, so that a proof over billions of cases is a
// comparison of two numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dijia::rules {

class DecisionDiagram {
 public:
  using Set = std::uint32_t;  // valid for the diagram that made it
  static constexpr Set kNone = 0, kEverything = 1;

  // A box of cases: the values of each variable that belong to it, as bits.
  using Box = std::vector<std::uint64_t>;

  // `sizes`: the number of values of each variable, 1 to 64.
  explicit DecisionDiagram(std::vector<std::uint8_t> sizes) : sizes_(std::move(sizes)) {}

  // The cases in which a variable has one of the values.
  Set Where(std::size_t variable, std::uint64_t values);
  Set And(Set a, Set b);
  Set Or(Set a, Set b);
  Set Not(Set a);
  Set Without(Set a, Set b) { return And(a, Not(b)); }

  // How many cases the set has, of all combinations of values.
  double Count(Set set);
  double CountAll() const;

  // Some case of the set; nothing for kNone. Variables that do not matter keep all their values.
  std::optional<Box> Some(Set set) const;

  // Disjoint boxes that make up the set, at most `most`; what exceeds them is left out.
  std::vector<Box> Boxes(Set set, std::size_t most) const;

 private:
  struct Node {
    std::uint32_t variable = 0;
    std::vector<Set> of_value;
  };

  std::uint32_t VariableOf(Set set) const;
  Set ChildOf(Set set, std::uint32_t variable, std::size_t value) const;
  Set Make(std::uint32_t variable, std::vector<Set> of_value);
  Box Whole() const;
  void AddBoxes(Set set, Box& box, std::size_t most, std::vector<Box>& boxes) const;

  std::vector<std::uint8_t> sizes_;
  std::vector<Node> nodes_;  // of the sets from 2
  std::map<std::pair<std::uint32_t, std::vector<Set>>, Set> known_;
  std::unordered_map<std::uint64_t, Set> and_;
  std::unordered_map<Set, Set> not_;
  std::unordered_map<Set, double> shares_;
};

}  // namespace dijia::rules
