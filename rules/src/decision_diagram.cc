#include "decision_diagram.h"

#include <algorithm>
#include <bit>

namespace dijia::rules {
namespace {

std::uint64_t AllValues(std::uint8_t size) {
  return size >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << size) - 1;
}

}  // namespace

std::uint32_t DecisionDiagram::VariableOf(Set set) const {
  return set <= kEverything ? UINT32_MAX : nodes_[set - 2].variable;
}

DecisionDiagram::Set DecisionDiagram::ChildOf(Set set, std::uint32_t variable,
                                              std::size_t value) const {
  return VariableOf(set) == variable ? nodes_[set - 2].of_value[value] : set;
}

DecisionDiagram::Set DecisionDiagram::Make(std::uint32_t variable, std::vector<Set> of_value) {
  const Set first = of_value.front();
  if (std::ranges::all_of(of_value, [&](Set set) { return set == first; })) return first;
  auto [place, is_new] = known_.try_emplace({variable, of_value}, 0);
  if (is_new) {
    nodes_.push_back({variable, std::move(of_value)});
    place->second = static_cast<Set>(nodes_.size() + 1);
  }
  return place->second;
}

DecisionDiagram::Set DecisionDiagram::Where(std::size_t variable, std::uint64_t values) {
  std::vector<Set> of_value;
  for (std::uint8_t value = 0; value < sizes_[variable]; ++value) {
    of_value.push_back((values >> value & 1U) != 0 ? kEverything : kNone);
  }
  return Make(static_cast<std::uint32_t>(variable), std::move(of_value));
}

DecisionDiagram::Set DecisionDiagram::And(Set a, Set b) {
  if (a == b || b == kEverything) return a;
  if (a == kEverything) return b;
  if (a == kNone || b == kNone) return kNone;
  if (a > b) std::swap(a, b);
  const std::uint64_t pair = std::uint64_t{a} << 32 | b;
  if (const auto found = and_.find(pair); found != and_.end()) return found->second;
  const std::uint32_t variable = std::min(VariableOf(a), VariableOf(b));
  std::vector<Set> of_value;
  for (std::size_t value = 0; value < sizes_[variable]; ++value) {
    of_value.push_back(And(ChildOf(a, variable, value), ChildOf(b, variable, value)));
  }
  return and_[pair] = Make(variable, std::move(of_value));
}

DecisionDiagram::Set DecisionDiagram::Not(Set a) {
  if (a <= kEverything) return a == kNone ? kEverything : kNone;
  if (const auto found = not_.find(a); found != not_.end()) return found->second;
  const Node node = nodes_[a - 2];  // a copy: the nodes may move
  std::vector<Set> of_value;
  for (const Set child : node.of_value) of_value.push_back(Not(child));
  const Set result = Make(node.variable, std::move(of_value));
  not_[a] = result;
  not_[result] = a;
  return result;
}

DecisionDiagram::Set DecisionDiagram::Or(Set a, Set b) { return Not(And(Not(a), Not(b))); }

double DecisionDiagram::CountAll() const {
  double all = 1;
  for (const std::uint8_t size : sizes_) all *= size;
  return all;
}

double DecisionDiagram::Count(Set set) {
  // The share of the cases that belong to the set.
  const auto share = [&](const auto& self, Set of) -> double {
    if (of <= kEverything) return of;
    if (const auto found = shares_.find(of); found != shares_.end()) return found->second;
    double sum = 0;
    for (const Set child : nodes_[of - 2].of_value) sum += self(self, child);
    return shares_[of] = sum / static_cast<double>(nodes_[of - 2].of_value.size());
  };
  return share(share, set) * CountAll();
}

DecisionDiagram::Box DecisionDiagram::Whole() const {
  Box box;
  for (const std::uint8_t size : sizes_) box.push_back(AllValues(size));
  return box;
}

std::optional<DecisionDiagram::Box> DecisionDiagram::Some(Set set) const {
  std::vector<Box> boxes = Boxes(set, 1);
  if (boxes.empty()) return std::nullopt;
  for (std::uint64_t& values : boxes[0]) {
    const std::uint64_t all = AllValues(sizes_[static_cast<std::size_t>(&values - &boxes[0][0])]);
    if (values != all) values &= -values;  // the first of several
  }
  return boxes[0];
}

std::vector<DecisionDiagram::Box> DecisionDiagram::Boxes(Set set, std::size_t most) const {
  std::vector<Box> boxes;
  Box box = Whole();
  AddBoxes(set, box, most, boxes);
  return boxes;
}

void DecisionDiagram::AddBoxes(Set set, Box& box, std::size_t most, std::vector<Box>& boxes) const {
  if (set == kNone || boxes.size() >= most) return;
  if (set == kEverything) {
    boxes.push_back(box);
    return;
  }
  const Node& node = nodes_[set - 2];
  const std::uint64_t whole = box[node.variable];
  std::uint64_t done = 0;
  for (std::size_t value = 0; value < node.of_value.size(); ++value) {
    if ((done >> value & 1U) != 0) continue;
    std::uint64_t same = 0;  // the values that lead on in the same way
    for (std::size_t other = value; other < node.of_value.size(); ++other) {
      if (node.of_value[other] == node.of_value[value]) same |= std::uint64_t{1} << other;
    }
    done |= same;
    box[node.variable] = same;
    AddBoxes(node.of_value[value], box, most, boxes);
  }
  box[node.variable] = whole;
}

}  // namespace dijia::rules
