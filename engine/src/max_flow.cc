#include "max_flow.h"

#include <algorithm>
#include <limits>

namespace dijia {

std::size_t FlowNetwork::AddEdge(std::size_t from, std::size_t to, double capacity) {
  edges_of_[from].push_back(arcs_.size());
  arcs_.push_back({to, capacity});
  edges_of_[to].push_back(arcs_.size());
  arcs_.push_back({from, 0.0});
  flow_.push_back(0.0);
  return flow_.size() - 1;
}

void FlowNetwork::Maximise(std::size_t source, std::size_t sink) {
  while (FindPath(source, sink)) {
    double amount = std::numeric_limits<double>::infinity();
    for (std::size_t node = sink; node != source; node = arcs_[reached_by_[node] ^ 1U].to) {
      amount = std::min(amount, arcs_[reached_by_[node]].left);
    }
    for (std::size_t node = sink; node != source; node = arcs_[reached_by_[node] ^ 1U].to) {
      const std::size_t arc = reached_by_[node];
      arcs_[arc].left -= amount;
      arcs_[arc ^ 1U].left += amount;
      flow_[arc / 2] += arc % 2 == 0 ? amount : -amount;
    }
  }
}

// Breadth first; leaves `reached_by_` as far as it came.
bool FlowNetwork::FindPath(std::size_t source, std::size_t sink) {
  reached_by_.assign(edges_of_.size(), kNone);
  reached_by_[source] = arcs_.size();  // no arc, but reached
  std::vector<std::size_t> queue{source};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (const std::size_t arc : edges_of_[queue[next]]) {
      const Arc& way = arcs_[arc];
      if (!(way.left > 0.0) || reached_by_[way.to] != kNone) continue;
      reached_by_[way.to] = arc;
      if (way.to == sink) return true;
      queue.push_back(way.to);
    }
  }
  return false;
}

}  // namespace dijia
