#include "dijia/screening.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "dijia/location.h"
#include "dijia/scale.h"
#include "vector_math.h"

namespace dijia {
namespace {

double LimitOfRule(OutlierRule rule, double mad_limit) {
  switch (rule) {
    case OutlierRule::kNone:
      break;
    case OutlierRule::kMad:
      return mad_limit;
    case OutlierRule::kTwoSigma:
      return 2.0;
    case OutlierRule::kThreeSigma:
      return 3.0;
  }
  return std::nan("");
}

// Centre and scale of values[first, last) under a rule; values are log prices for MAD.
ScreeningPass Measure(OutlierRule rule, std::span<const double> values, std::size_t first,
                      std::size_t last) {
  const auto part = values.subspan(first, last - first);
  ScreeningPass pass;
  pass.first = first;
  pass.last = last;
  if (rule == OutlierRule::kMad) {
    pass.centre = Median(part);
    pass.scale = MedianAbsoluteDeviation(part);
  } else {
    pass.centre = Mean(part);
    pass.scale = StandardDeviation(part);
  }
  return pass;
}

// Narrows a measured pass to what lies within `limit` scales of the centre.
ScreeningPass Narrow(ScreeningPass pass, std::span<const double> values, double limit) {
  if (!(pass.scale > 0.0)) return pass;
  const double reach = limit * pass.scale;
  const auto begin = values.begin() + static_cast<std::ptrdiff_t>(pass.first);
  const auto end = values.begin() + static_cast<std::ptrdiff_t>(pass.last);
  const auto low =
      std::partition_point(begin, end, [&](double value) { return pass.centre - value > reach; });
  const auto high =
      std::partition_point(low, end, [&](double value) { return value - pass.centre <= reach; });
  pass.first = static_cast<std::size_t>(low - values.begin());
  pass.last = static_cast<std::size_t>(high - values.begin());
  return pass;
}

std::size_t RejectedBy(const ScreeningPass& measured, std::span<const double> values,
                       double limit) {
  const ScreeningPass pass = Narrow(measured, values, limit);
  return measured.last - measured.first - (pass.last - pass.first);
}

}  // namespace

Screening Screen(std::span<const double> sorted, const ScreeningPlan& plan) {
  Screening screening;
  screening.last = sorted.size();
  if (sorted.size() < plan.min_samples_to_screen) return screening;
  const std::size_t count = sorted.size();
  std::vector<double> logs(count);
  Log(sorted, logs);
  const ScreeningPass by_sigma = Measure(OutlierRule::kTwoSigma, sorted, 0, count);
  const ScreeningPass by_mad = Measure(OutlierRule::kMad, logs, 0, count);
  screening.by_two_sigma = RejectedBy(by_sigma, sorted, 2.0);
  screening.by_three_sigma = RejectedBy(by_sigma, sorted, 3.0);
  screening.by_mad = RejectedBy(by_mad, logs, plan.mad_limit);
  if (plan.rule == OutlierRule::kNone) return screening;
  const std::span<const double> values = plan.rule == OutlierRule::kMad ? logs : sorted;
  ScreeningPass pass = plan.rule == OutlierRule::kMad ? by_mad : by_sigma;
  std::size_t first = 0;
  std::size_t last = count;
  for (int i = 0; i < plan.max_passes && last >= first + plan.min_samples_to_screen; ++i) {
    if (i > 0) pass = Measure(plan.rule, values, first, last);
    pass = Narrow(pass, values, LimitOf(plan));
    if (pass.first == first && pass.last == last) break;
    first = pass.first;
    last = pass.last;
    screening.passes.push_back(pass);
  }
  screening.would_reject = sorted.size() - (last - first);
  const double share =
      static_cast<double>(screening.would_reject) / static_cast<double>(sorted.size());
  screening.capped = share > plan.largest_rejected_share || first == last;
  if (screening.capped) {
    screening.passes.clear();
  } else {
    screening.first = first;
    screening.last = last;
  }
  return screening;
}

RejectionFigure FigureOf(double price, std::span<const double> sorted, const Screening& screening,
                         OutlierRule rule) {
  for (std::size_t i = 0; i < screening.passes.size(); ++i) {
    const ScreeningPass& pass = screening.passes[i];
    assert(pass.first < pass.last);
    if (price >= sorted[pass.first] && price <= sorted[pass.last - 1]) continue;
    const double value = rule == OutlierRule::kMad ? LogOne(price) : price;
    return {.pass = static_cast<int>(i) + 1, .figure = std::fabs(value - pass.centre) / pass.scale};
  }
  return {};
}

double LimitOf(const ScreeningPlan& plan) { return LimitOfRule(plan.rule, plan.mad_limit); }

}  // namespace dijia
