// Hartigan's dip.
#pragma once

#include <cstddef>
#include <span>

namespace dijia {

// The largest distance between the empirical distribution function of ascending values and the
// nearest unimodal one (Hartigan and Hartigan, Annals of Statistics 13 (1985) 70-84): between
// 1 / (2 n) and 1 / 4. O(n) after a few rounds. 1 / (2 n) for equal values; 0 for none.
double Dip(std::span<const double> sorted);

// P(the dip of n uniform values >= dip), n >= 4: the largest that any unimodal distribution gives
// for large n. By interpolation in a table of 21 probabilities from 0.99 to 0.0001, which are also
// the largest and the smallest answer but for 1 at the least possible dip.
double DipTail(double dip, std::size_t count);

}  // namespace dijia
