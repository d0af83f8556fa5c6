#include "duplicates.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "dijia/parallel.h"

namespace dijia {
namespace {

constexpr std::size_t kBlockRows = 262'144;
constexpr std::uint32_t kNotCompared = 0;  // in place of a hash
constexpr int kPartBits = 8;
constexpr std::size_t kParts = std::size_t{1} << kPartBits;

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  __extension__ using Product = unsigned __int128;
  const Product product = Product{a ^ 0x9e3779b97f4a7c15ULL} * (b ^ 0xe7037ed1a0b428dbULL);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// What two records must share to be one.
struct Identity {
  std::uint64_t place, day_and_kind, price, area;
  friend bool operator==(const Identity&, const Identity&) = default;
};

Identity IdentityOf(const SampleTable& samples, const PlanRules& rules, std::size_t row) {
  const std::uint64_t county = rules.CountyOf(samples, row);
  const std::uint64_t area = rules.AreaOf(samples, row);
  return {.place =
              county << 32 | area << 16 | std::uint64_t{samples.use[row]} << 8 | samples.grade[row],
          .day_and_kind = std::uint64_t{static_cast<std::uint32_t>(samples.date[row])} << 8 |
                          samples.price_unit[row],
          .price = static_cast<std::uint64_t>(samples.price[row]),
          .area = static_cast<std::uint64_t>(samples.area_sqm[row])};
}

std::uint32_t HashOf(const Identity& identity) {
  const std::uint64_t hash =
      Mix(Mix(identity.place, identity.day_and_kind), Mix(identity.price, identity.area));
  return static_cast<std::uint32_t>(hash >> 32) | 1U;  // never kNotCompared
}

bool IsCompared(const SampleTable& samples, const PlanRules& rules, std::size_t row) {
  return samples.fate[row] == Fate::kUsed && samples.price[row] > 0 && samples.area_sqm[row] > 0 &&
         rules.RulesOf(samples, row)->drop_duplicates;
}

std::span<const ConversionFigure> FiguresOf(const SampleTable& samples, std::size_t row) {
  const auto range = std::equal_range(
      samples.figures.begin(), samples.figures.end(),
      ConversionFigure{.row = static_cast<std::uint32_t>(row)},
      [](const ConversionFigure& a, const ConversionFigure& b) { return a.row < b.row; });
  return {range.first, range.second};
}

// The rest of the content of a row: by names, because dictionary codes follow the order of rows.
auto ContentOf(const SampleTable& samples, std::size_t row) {
  const bool placed = !samples.x.empty();
  return std::tuple(
      samples.sample_id[row], std::string_view(samples.zones.Name(samples.zone[row])),
      std::string_view(samples.sub_uses.Name(samples.sub_use[row])),
      std::string_view(samples.development_levels.Name(samples.development_level[row])),
      samples.kind[row], samples.method[row], samples.land_class[row], samples.far[row],
      samples.term_years[row], samples.circumstance[row],
      std::bit_cast<std::uint64_t>(placed ? samples.x[row] : 0.0),
      std::bit_cast<std::uint64_t>(placed ? samples.y[row] : 0.0));
}

// True when row `a` is the one to keep of two records of one sale. Rows that agree in everything
// are as good as each other: the earlier is kept.
bool IsKeptBefore(const SampleTable& samples, std::uint32_t a, std::uint32_t b) {
  const auto content_a = ContentOf(samples, a);
  const auto content_b = ContentOf(samples, b);
  if (content_a != content_b) return content_a < content_b;
  const auto figures_a = FiguresOf(samples, a);
  const auto figures_b = FiguresOf(samples, b);
  const auto less = [](const ConversionFigure& x, const ConversionFigure& y) {
    return std::pair(x.name, x.value) < std::pair(y.name, y.value);
  };
  if (std::lexicographical_compare(figures_a.begin(), figures_a.end(), figures_b.begin(),
                                   figures_b.end(), less)) {
    return true;
  }
  if (std::lexicographical_compare(figures_b.begin(), figures_b.end(), figures_a.begin(),
                                   figures_a.end(), less)) {
    return false;
  }
  return a < b;
}

struct HashedRow {
  std::uint32_t hash = kNotCompared, row = 0;
};

// The compared rows by the leading bits of their hash, each part in ascending order of rows.
struct Parts {
  std::vector<HashedRow> rows;
  std::array<std::size_t, kParts + 1> first{};
};

Parts PartsOf(const SampleTable& samples, const PlanRules& rules, unsigned threads) {
  const std::size_t blocks = (samples.size() + kBlockRows - 1) / kBlockRows;
  const auto end_of = [&](std::size_t block) {
    return std::min((block + 1) * kBlockRows, samples.size());
  };
  std::vector<std::uint32_t> hash(samples.size(), kNotCompared);
  std::vector<std::array<std::size_t, kParts>> place(blocks);  // counts, then where to write
  ForEachIndex(blocks, threads, [&](std::size_t block) {
    for (std::size_t row = block * kBlockRows; row < end_of(block); ++row) {
      if (!IsCompared(samples, rules, row)) continue;
      hash[row] = HashOf(IdentityOf(samples, rules, row));
      ++place[block][hash[row] >> (32 - kPartBits)];
    }
  });
  Parts parts;
  std::size_t total = 0;
  for (std::size_t part = 0; part < kParts; ++part) {
    parts.first[part] = total;
    for (auto& counts : place) total += std::exchange(counts[part], total);
  }
  parts.first[kParts] = total;
  parts.rows.resize(total);
  ForEachIndex(blocks, threads, [&](std::size_t block) {
    for (std::size_t row = block * kBlockRows; row < end_of(block); ++row) {
      if (hash[row] == kNotCompared) continue;
      parts.rows[place[block][hash[row] >> (32 - kPartBits)]++] = {
          .hash = hash[row], .row = static_cast<std::uint32_t>(row)};
    }
  });
  return parts;
}

// Leaves a row out as a duplicate, unless an appraiser decided that it is a sale of its own.
void MarkDuplicate(SampleTable& samples, std::size_t row) {
  if (samples.DecisionOn(row) != SampleDecision::kInclude) {
    samples.fate[row] = Fate::kDuplicate;
  } else if (samples.overruled[row] == Fate::kUsed) {
    samples.overruled[row] = Fate::kDuplicate;
  }
}

// Marks the duplicates among rows of one part, by a table of the rows kept so far. The records
// themselves are looked at only where hashes agree. Which record stands for a sale does not depend
// on decisions to include, so that these change nothing about the others.
void MarkInPart(SampleTable& samples, const PlanRules& rules, std::span<const HashedRow> rows) {
  const std::size_t mask = std::bit_ceil(rows.size() * 2 + 1) - 1;
  std::vector<HashedRow> kept(mask + 1);
  const auto is_same = [&](const HashedRow& a, const HashedRow& b) {
    return a.hash == b.hash &&
           IdentityOf(samples, rules, a.row) == IdentityOf(samples, rules, b.row);
  };
  for (const HashedRow& row : rows) {
    std::size_t slot = (row.hash >> 1) & mask;
    while (kept[slot].hash != kNotCompared && !is_same(kept[slot], row)) slot = (slot + 1) & mask;
    if (kept[slot].hash == kNotCompared) {
      kept[slot] = row;
    } else if (IsKeptBefore(samples, row.row, kept[slot].row)) {
      MarkDuplicate(samples, std::exchange(kept[slot], row).row);
    } else {
      MarkDuplicate(samples, row.row);
    }
  }
}

}  // namespace

void MarkDuplicates(SampleTable& samples, const PlanRules& rules, unsigned threads) {
  const Parts parts = PartsOf(samples, rules, threads);
  ForEachIndex(kParts, threads, [&](std::size_t part) {
    const auto rows =
        std::span(parts.rows).subspan(parts.first[part], parts.first[part + 1] - parts.first[part]);
    MarkInPart(samples, rules, rows);
  });
}

}  // namespace dijia
