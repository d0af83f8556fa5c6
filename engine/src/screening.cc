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

// One cell under one rule: values on the rule's own scale, log prices for MAD.
class Rule {
 public:
  Rule(OutlierRule rule, double mad_limit, std::span<const double> prices,
       std::span<const double> logs)
      : rule_(rule),
        limit_(LimitOfRule(rule, mad_limit)),
        values_(rule == OutlierRule::kMad ? logs : prices) {}

  // What one pass over values[first, last) keeps.
  ScreeningPass Apply(std::size_t first, std::size_t last) const {
    const auto values = values_.subspan(first, last - first);
    ScreeningPass pass{.first = first, .last = last};
    if (rule_ == OutlierRule::kMad) {
      pass.centre = Median(values);
      pass.scale = MedianAbsoluteDeviation(values);
    } else {
      pass.centre = Mean(values);
      pass.scale = StandardDeviation(values);
    }
    if (!(pass.scale > 0.0)) return pass;
    const double reach = limit_ * pass.scale;
    const auto too_low = [&](double value) { return pass.centre - value > reach; };
    const auto in_reach = [&](double value) { return value - pass.centre <= reach; };
    pass.first += Count(std::partition_point(values.begin(), values.end(), too_low), values);
    pass.last = first + Count(std::partition_point(values.begin(), values.end(), in_reach), values);
    return pass;
  }

  std::size_t RejectedOnce() const {
    const ScreeningPass pass = Apply(0, values_.size());
    return values_.size() - (pass.last - pass.first);
  }

 private:
  static std::size_t Count(std::span<const double>::iterator end, std::span<const double> values) {
    return static_cast<std::size_t>(end - values.begin());
  }

  OutlierRule rule_;
  double limit_;
  std::span<const double> values_;
};

}  // namespace

Screening Screen(std::span<const double> sorted, const ScreeningPlan& plan) {
  Screening screening;
  screening.last = sorted.size();
  if (sorted.size() < plan.min_samples_to_screen) return screening;
  std::vector<double> logs(sorted.size());
  Log(sorted, logs);
  const auto once = [&](OutlierRule rule) {
    return Rule(rule, plan.mad_limit, sorted, logs).RejectedOnce();
  };
  screening.by_two_sigma = once(OutlierRule::kTwoSigma);
  screening.by_three_sigma = once(OutlierRule::kThreeSigma);
  screening.by_mad = once(OutlierRule::kMad);
  if (plan.rule == OutlierRule::kNone) return screening;
  const Rule rule(plan.rule, plan.mad_limit, sorted, logs);
  std::size_t first = 0;
  std::size_t last = sorted.size();
  for (int i = 0; i < plan.max_passes && last >= first + plan.min_samples_to_screen; ++i) {
    const ScreeningPass pass = rule.Apply(first, last);
    if (pass.first == first && pass.last == last) break;
    first = pass.first;
    last = std::max(pass.first, pass.last);
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
