// The input arrays of the jobs: those that the peers' generator wrote, or, without them, arrays of
// the same size and shape made here, whose check values differ from the peers'.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace dijia::bench {

class Arrays {
 public:
  // `folder` holds NAME.f64, NAME.i32 and NAME.u8, raw little-endian; empty or without consts.json:
  // arrays are made. `scale` shrinks made arrays, for a quick look.
  explicit Arrays(std::filesystem::path folder, double scale = 1.0);

  // True when the peers' own arrays are read.
  bool from_peers() const { return from_peers_; }
  const std::filesystem::path& folder() const { return folder_; }

  // The array of a name; the program ends with a message when it can be neither read nor made.
  std::vector<double> Doubles(std::string_view name) const;
  std::vector<std::int32_t> Integers(std::string_view name) const;
  std::vector<std::uint8_t> Bytes(std::string_view name) const;

  // A CSV of ten million parcels with the columns id, use, grade, area, far, term, month, k1 … k6,
  // dev, paid: the peers' own, or one made in the folder for temporary files and kept there.
  std::filesystem::path ParcelsCsv() const;

  // A table of parameters by name (the same numbers as the peers' consts.json): base factors of 4
  // uses such as rate, N, farstd, beta.
  static constexpr int kUses = 4, kMonths = 120, kGroups = 200;
  static constexpr double kRate[kUses] = {0.06, 0.055, 0.05, 0.065};
  static constexpr double kTerm[kUses] = {40, 70, 50, 50};
  static constexpr double kBaseFar[kUses] = {2.0, 1.8, 1.0, 1.5};
  static constexpr double kFarExponent[kUses] = {0.62, 0.55, 0.12, 0.4};
  // Index of a use in a month, counted back from the base date: idx[use][month].
  static double IndexOf(int use, int month);

 private:
  std::filesystem::path folder_;
  double scale_;
  bool from_peers_;
};

}  // namespace dijia::bench
