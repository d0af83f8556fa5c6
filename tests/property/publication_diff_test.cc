// Whatever two publications state: a publication does not differ from itself, and the way back is
// the mirror of the way there.
#include "dijia/publication_diff.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <utility>

#include "support/random_publication.h"

namespace dijia {
namespace {

using test::Draw;
using test::DrawPublication;

constexpr std::uint64_t kPairs = 300;

DiffKind Mirrored(DiffKind kind) {
  if (kind == DiffKind::kChanged) return kind;
  return kind == DiffKind::kAdded ? DiffKind::kDropped : DiffKind::kAdded;
}

// Without the changes in per cent, which have another divisor on the way back.
PublicationDiff Mirrored(PublicationDiff diff) {
  for (ConditionDiff& condition : diff.conditions) std::swap(condition.before, condition.after);
  for (PriceDiff& price : diff.prices) {
    std::swap(price.before, price.after);
    price.kind = Mirrored(price.kind);
    price.change.reset();
  }
  for (TableDiff& table : diff.tables) table.kind = Mirrored(table.kind);
  for (auto& [use, counts] : diff.counts) std::swap(counts.raised, counts.lowered);
  return diff;
}

// The next round of a publication: half of its prices move, some of its parts go.
Publication NextRound(Draw& draw, Publication publication) {
  publication.base_date = draw.Day();
  for (auto& [code, use] : publication.uses) {
    for (PublishedGrade& grade : use.grades) {
      if (draw.Coin()) grade.price = draw.Amount<UnitPrice>(9'999);
    }
    if (draw.Coin()) use.zones.clear();
    if (draw.Coin()) use.coefficients.erase("date");
    if (draw.Coin()) use.coefficients["shape"] = test::DrawLevels(draw);
  }
  return publication;
}

TEST(PublicationDiffLaws, NothingDiffersFromItself) {
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Publication publication = DrawPublication(draw);
    const PublicationDiff diff = DiffPublications(publication, publication);
    EXPECT_TRUE(diff.is_empty());
    for (const auto& [use, counts] : diff.counts) {
      EXPECT_EQ(counts.raised, 0U);
      EXPECT_EQ(counts.lowered, 0U);
    }
  }
}

TEST(PublicationDiffLaws, TheWayBackIsTheMirror) {
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Publication before = DrawPublication(draw);
    const Publication after = seed % 2 == 0 ? DrawPublication(draw) : NextRound(draw, before);
    const PublicationDiff there = DiffPublications(before, after);
    PublicationDiff back = DiffPublications(after, before);
    for (std::size_t i = 0; i < back.prices.size() && i < there.prices.size(); ++i) {
      const auto &way = there.prices[i].change, &return_way = back.prices[i].change;
      ASSERT_EQ(way.has_value(), return_way.has_value());
      if (way) {
        EXPECT_LE(ToDouble(*way) * ToDouble(*return_way), 0.0);
      }
      back.prices[i].change.reset();
    }
    EXPECT_EQ(back.conditions, Mirrored(there).conditions);
    EXPECT_EQ(back.prices, Mirrored(there).prices);
    EXPECT_EQ(back.tables, Mirrored(there).tables);
    EXPECT_EQ(back.counts, Mirrored(there).counts);
  }
}

TEST(PublicationDiffLaws, EveryPriceIsCountedOrListed) {
  for (std::uint64_t seed = 1; seed <= kPairs; ++seed) {
    SCOPED_TRACE(seed);
    Draw draw(seed);
    const Publication before = DrawPublication(draw);
    const PublicationDiff diff = DiffPublications(before, NextRound(draw, before));
    std::size_t moved = 0, listed = 0;
    for (const auto& [use, counts] : diff.counts) moved += counts.raised + counts.lowered;
    for (const PriceDiff& price : diff.prices) {
      listed += price.before && price.after && price.before->price && price.after->price &&
                price.before->price != price.after->price;
    }
    EXPECT_EQ(moved, listed);
  }
}

}  // namespace
}  // namespace dijia
