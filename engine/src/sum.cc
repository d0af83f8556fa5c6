#include "dijia/sum.h"

#include <array>
#include <cassert>
#include <cstddef>

#include "native_vector.h"

namespace dijia {
namespace {

constexpr std::size_t kLanes = 4;
using Lanes = Native<kLanes>;

// A sum and what rounding took from it: of one lane, or of all side by side.
template <class Number>
struct Compensated {
  Number sum{};
  Number lost{};

  DIJIA_ALWAYS_INLINE void Add(const Number& x) {  // Knuth's branch-free exact addition
    const Number total = sum + x;
    const Number part = total - sum;
    lost += (sum - (total - part)) + (x - part);
    sum = total;
  }
};

enum class Term { kValue, kWeighted, kDeviation, kSquare };

// What is added up, as the loops see it.
struct Terms {
  const double *values, *weights;
  double centre;
  std::size_t count;
};

template <Term kTerm, class Number>
DIJIA_ALWAYS_INLINE void LoadTerm(const Terms& terms, std::size_t i, Number& out) {
  Load(out, terms.values + i);
  if constexpr (kTerm == Term::kWeighted) {
    Number weight;
    Load(weight, terms.weights + i);
    out = weight * out;
  }
  if constexpr (kTerm == Term::kDeviation || kTerm == Term::kSquare) out -= terms.centre;
  if constexpr (kTerm == Term::kSquare) out *= out;
}

// Adds term 0 … term count − 1, the i-th to lane i mod 4, then the lanes in order.
template <Term kTerm>
DIJIA_ALWAYS_INLINE double SumLanes(const Terms& terms) {
  Compensated<Lanes> lanes;
  const std::size_t whole = terms.count - terms.count % kLanes;
  for (std::size_t i = 0; i < whole; i += kLanes) {
    Lanes term;
    LoadTerm<kTerm>(terms, i, term);
    lanes.Add(term);
  }
  Compensated<double> all;
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    Compensated<double> one{lanes.sum[lane], lanes.lost[lane]};
    if (whole + lane < terms.count) {
      double term = 0.0;
      LoadTerm<kTerm>(terms, whole + lane, term);
      one.Add(term);
    }
    all.Add(one.sum);
    all.Add(one.lost);
  }
  return all.sum + all.lost;
}

template <Term kTerm>
double SumBaseline(const Terms& terms) {
  return SumLanes<kTerm>(terms);
}
template <Term kTerm>
DIJIA_TARGET_AVX2 double SumAvx2(const Terms& terms) {
  return SumLanes<kTerm>(terms);
}

template <Term kTerm>
double SumOf(const Terms& terms) {
  return ForLevel(BestSimdLevel(), SumBaseline<kTerm>, SumAvx2<kTerm>, SumAvx2<kTerm>)(terms);
}

}  // namespace

double Sum(std::span<const double> values) {
  return SumOf<Term::kValue>({values.data(), nullptr, 0.0, values.size()});
}

double WeightedSum(std::span<const double> values, std::span<const double> weights) {
  assert(values.size() == weights.size());
  return SumOf<Term::kWeighted>({values.data(), weights.data(), 0.0, values.size()});
}

double SumOfSquares(std::span<const double> values, double centre) {
  if (values.empty()) return 0;
  const Terms terms{values.data(), nullptr, centre, values.size()};
  const double squares = SumOf<Term::kSquare>(terms);
  const double shift = SumOf<Term::kDeviation>(terms);
  return squares - shift * shift / static_cast<double>(values.size());
}

}  // namespace dijia
