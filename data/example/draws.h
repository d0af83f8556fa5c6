// Random numbers of the example county: the k-th draw of row r under seed s is a function of (s, r,
// k) alone, and the distributions are ours, because those of the standard library differ between
// implementations.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace dijia::example {

// The finaliser of SplitMix64 (Steele, Lea and Flood 2014): a bijection of 64 bits.
constexpr std::uint64_t Mix(std::uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
  return bits ^ (bits >> 31);
}

class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t row)
      : state_(Mix(seed + kStep) ^ Mix((row + 1) * kStep)) {}

  // In (0, 1), never an end.
  double Uniform() {
    state_ += kStep;
    return (static_cast<double>(Mix(state_) >> 11) + 0.5) * 0x1p-53;
  }
  double Uniform(double low, double high) { return low + (high - low) * Uniform(); }
  // 0 … count − 1. Precondition: 0 < count < 2^31.
  int Below(int count) { return static_cast<int>(Uniform() * count); }
  bool Chance(double probability) { return Uniform() < probability; }
  // Standard normal (Box and Muller 1958), two uniforms each.
  double Normal() {
    const double radius = std::sqrt(-2.0 * std::log(Uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * Uniform());
  }
  template <class Choices>
  const auto& OneOf(const Choices& choices) {
    return choices[static_cast<std::size_t>(Below(static_cast<int>(choices.size())))];
  }

 private:
  static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15;
  std::uint64_t state_;
};

}  // namespace dijia::example
