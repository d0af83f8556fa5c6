#include "report/publication_view.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace dijia::report {
namespace {

using Place = std::pair<std::uint16_t, std::uint16_t>;  // county, area

std::uint16_t PlannedCode(const Dictionary& names, const std::string& planned) {
  if (planned == "*") return 0;
  const std::uint32_t code = names.Find(planned);
  return code == Dictionary::kAbsent ? std::uint16_t{0} : static_cast<std::uint16_t>(code);
}

// Places seen so far; the last one found is tried first, because inputs come in runs.
class ScopeIndex {
 public:
  std::vector<PublicationScope> scopes;

  std::size_t IndexOf(Place place) {
    if (last_ < scopes.size() && scopes[last_].county == place.first &&
        scopes[last_].area == place.second) {
      return last_;
    }
    const auto [found, is_new] = places_.try_emplace(place, scopes.size());
    if (is_new) scopes.push_back({place.first, place.second, {}});
    return last_ = found->second;
  }

 private:
  std::map<Place, std::size_t> places_;
  std::size_t last_ = 0;
};

template <class Range>
auto PartOf(const Range& range, const PublicationScope& scope, auto key_of) {
  const auto inside = [&](const auto& item) {
    const CellKey& key = key_of(item);
    return key.county == scope.county && key.area == scope.area;
  };
  const auto first = std::find_if(range.begin(), range.end(), inside);
  const auto last = std::find_if_not(first, range.end(), inside);
  return std::span(first, last);
}

}  // namespace

std::vector<PublicationScope> ScopesOf(const SampleTable& samples, const ComputePlan& plan,
                                       const GradePriceReport& report) {
  const std::uint16_t county = PlannedCode(samples.counties, plan.county);
  const std::uint16_t area = PlannedCode(samples.areas, plan.area);
  const auto place_of = [&](std::size_t row) {
    return Place{samples.county[row] != 0 ? samples.county[row] : county,
                 samples.area[row] != 0 ? samples.area[row] : area};
  };
  ScopeIndex index;
  // Counted first, so that millions of rows are not moved while they become more.
  std::vector<std::size_t> counts;
  for (std::size_t row = 0; row < samples.size(); ++row) {
    const std::size_t scope = index.IndexOf(place_of(row));
    if (scope == counts.size()) counts.push_back(0);
    ++counts[scope];
  }
  for (std::size_t i = 0; i < counts.size(); ++i) index.scopes[i].rows.reserve(counts[i]);
  for (std::size_t row = 0; row < samples.size(); ++row) {
    index.scopes[index.IndexOf(place_of(row))].rows.push_back(static_cast<std::uint32_t>(row));
  }
  for (const GradePrice& cell : report.cells) index.IndexOf({cell.key.county, cell.key.area});
  const auto names = [&](const PublicationScope& scope) {
    return std::tie(samples.counties.Name(scope.county), samples.areas.Name(scope.area));
  };
  std::sort(
      index.scopes.begin(), index.scopes.end(),
      [&](const PublicationScope& a, const PublicationScope& b) { return names(a) < names(b); });
  return std::move(index.scopes);
}

std::span<const GradePrice> PublicationView::Cells() const {
  return PartOf(
      report.cells, scope, [](const GradePrice& cell) -> auto& { return cell.key; });
}

const std::string& PublicationView::SourceName(std::size_t row) const {
  const std::size_t source = samples.source[row];
  return source < source_names.size() ? source_names[source] : samples.sources[source];
}

std::span<const OrderCheck> PublicationView::Orders() const {
  return PartOf(
      report.orders, scope, [](const OrderCheck& order) -> auto& { return order.series; });
}

}  // namespace dijia::report
