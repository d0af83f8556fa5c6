// Maximum flow through a network of real capacities; private to the engine.
#pragma once

#include <cstddef>
#include <vector>

namespace dijia {

// Shortest augmenting paths (Edmonds & Karp, Journal of the ACM 19 (1972) 248–264): ends after
// nodes × edges / 2 paths whatever the capacities, because each empties an edge exactly.
class FlowNetwork {
 public:
  explicit FlowNetwork(std::size_t nodes) : edges_of_(nodes) {}

  // A capacity >= 0, which may be infinite; the number of the edge.
  std::size_t AddEdge(std::size_t from, std::size_t to, double capacity);
  // The largest flow, from no flow or from the present one. At least one path has a finite
  // capacity.
  void Maximise(std::size_t source, std::size_t sink);
  double FlowOn(std::size_t edge) const { return flow_[edge]; }
  // Whether a node lies on the side of the source of the smallest cut. Precondition: Maximise.
  bool IsOnSourceSide(std::size_t node) const { return reached_by_[node] != kNone; }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // Each edge stands in two places: 2e forwards, 2e + 1 backwards.
  struct Arc {
    std::size_t to = 0;
    double left = 0.0;
  };

  bool FindPath(std::size_t source, std::size_t sink);

  std::vector<std::vector<std::size_t>> edges_of_;  // arcs out of each node
  std::vector<Arc> arcs_;
  std::vector<double> flow_;             // by edge
  std::vector<std::size_t> reached_by_;  // the arc into each node; kNone = not reached
};

}  // namespace dijia
