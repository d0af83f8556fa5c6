// Which sample prices a chart draws.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

#include "dijia/parallel.h"
#include "report/series.h"

namespace dijia::report {
namespace {

// Prices of one mark (used, rejected) of one cell. Prices are kept while there are few; beyond,
// only how many fall into each of many narrow price classes, so that ten million need no sorting.
class Thinning {
 public:
  explicit Thinning(std::size_t drawn) : drawn_(drawn) {}

  void Expect(double price) {
    ++total_;
    low_ = std::min(low_, price);
    high_ = std::max(high_, price);
  }
  std::size_t total() const { return total_; }

  // After every price was expected once: takes them once more.
  void Take(double price) {
    if (total_ <= drawn_) {
      prices_.push_back(price);
      return;
    }
    if (classes_.empty()) classes_.resize(kClasses);
    Class& at = classes_[ClassOf(price)];
    ++at.count;
    at.lowest = std::min(at.lowest, price);
  }

  // Takes over what another one, of other rows, was told.
  void JoinExpected(const Thinning& other) {
    total_ += other.total_;
    low_ = std::min(low_, other.low_);
    high_ = std::max(high_, other.high_);
  }
  void JoinTaken(const Thinning& other) {
    prices_.insert(prices_.end(), other.prices_.begin(), other.prices_.end());
    if (classes_.empty()) classes_.resize(other.classes_.size());
    for (std::size_t i = 0; i < other.classes_.size(); ++i) {
      classes_[i].count += other.classes_[i].count;
      classes_[i].lowest = std::min(classes_[i].lowest, other.classes_[i].lowest);
    }
  }

  std::vector<double> Drawn() && {
    if (total_ > drawn_) PickByRank();
    std::sort(prices_.begin(), prices_.end());
    return std::move(prices_);
  }

 private:
  // Narrower than the pen of the chart, whose axis is 700 wide.
  static constexpr std::size_t kClasses = 4096;
  struct Class {
    std::size_t count = 0;
    double lowest = std::numeric_limits<double>::infinity();
  };

  std::size_t ClassOf(double price) const {
    const double width = high_ - low_;
    if (!(width > 0.0)) return 0;
    const double place = (price - low_) / width * static_cast<double>(kClasses);
    return std::min(static_cast<std::size_t>(place), kClasses - 1);
  }

  // The samples of rank (i + ½) · total / drawn, each to its class.
  void PickByRank() {
    std::size_t passed = 0, picked = 0;
    for (const Class& at : classes_) {
      passed += at.count;
      while (picked < drawn_ && (2 * picked + 1) * total_ / (2 * drawn_) < passed) {
        prices_.push_back(at.lowest);
        ++picked;
      }
    }
  }

  std::size_t drawn_, total_ = 0;
  double low_ = std::numeric_limits<double>::infinity();
  double high_ = -std::numeric_limits<double>::infinity();
  std::vector<double> prices_;
  std::vector<Class> classes_;
};

// The cell of a row, by use and grade, and by sub-use where the cells have one.
class CellIndex {
 public:
  explicit CellIndex(std::span<const GradePrice> cells) {
    places_.fill(kNone);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const CellKey& key = cells[i].key;
      if (key.sub_use != 0) {
        by_sub_use_[{key.use, key.sub_use, key.grade}] = i;
      } else {
        places_[Place(static_cast<std::uint8_t>(key.use), key.grade)] = i;
      }
    }
  }

  // kNone when the row belongs to no cell.
  std::size_t Find(const SampleTable& samples, std::size_t row) const {
    const std::uint8_t use = samples.use[row];
    if (use >= kLandUseCount) return kNone;
    if (!by_sub_use_.empty()) {
      const auto found =
          by_sub_use_.find({static_cast<LandUse>(use), samples.sub_use[row], samples.grade[row]});
      if (found != by_sub_use_.end()) return found->second;
    }
    return places_[Place(use, samples.grade[row])];
  }

  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

 private:
  static std::size_t Place(std::uint8_t use, std::uint8_t grade) {
    return std::size_t{use} * 256 + grade;
  }

  std::array<std::size_t, kLandUseCount * 256> places_{};
  std::map<std::tuple<LandUse, std::uint16_t, std::uint8_t>, std::size_t> by_sub_use_;
};

// Calls visit(mark, normalised price) for each of the rows that is drawn: mark 2c for used samples
// of cell c, 2c + 1 for rejected ones, by a rule or by decision.
template <class Visit>
void ForEachPrice(const PublicationView& view, std::span<const std::uint32_t> rows,
                  const CellIndex& index, Visit visit) {
  const SampleTable& samples = view.samples;
  for (const std::uint32_t row : rows) {
    const Fate fate = samples.fate[row];
    const bool is_drawn = fate == Fate::kUsed || fate == Fate::kOutlier || fate == Fate::kExcluded;
    if (!is_drawn) continue;
    const double price = view.report.normalized.normalized[row];
    const std::size_t cell = index.Find(samples, row);
    if (cell == CellIndex::kNone || !(price > 0.0) || !std::isfinite(price)) continue;
    visit(2 * cell + (fate == Fate::kUsed ? 0U : 1U), price);
  }
}

// Shows every price to tell(mark of a part of the rows, price), the parts side by side, and joins
// the parts by join(mark, mark of a part). Counts and least prices do not depend on the parts.
template <class Tell, class Join>
void Spread(const PublicationView& view, const CellIndex& index, std::vector<Thinning>& marks,
            Tell tell, Join join) {
  constexpr std::size_t kRowsWorthAThread = 250'000;
  const std::span<const std::uint32_t> rows(view.scope.rows);
  const std::size_t parts =
      std::clamp<std::size_t>(rows.size() / kRowsWorthAThread, 1, ThreadCount(view.threads));
  std::vector<std::vector<Thinning>> told(parts, marks);
  ForEachIndex(parts, view.threads, [&](std::size_t part) {
    const std::size_t first = rows.size() * part / parts;
    const std::size_t last = rows.size() * (part + 1) / parts;
    ForEachPrice(view, rows.subspan(first, last - first), index,
                 [&](std::size_t mark, double price) { tell(told[part][mark], price); });
  });
  for (const std::vector<Thinning>& part : told) {
    for (std::size_t mark = 0; mark < marks.size(); ++mark) join(marks[mark], part[mark]);
  }
}

}  // namespace

std::vector<Strip> StripsOf(const PublicationView& view) {
  const std::span<const GradePrice> cells = view.Cells();
  const CellIndex index(cells);
  std::vector<Thinning> marks;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    marks.emplace_back(kDrawnPerGrade);
    marks.emplace_back(kRejectedDrawnPerGrade);
  }
  Spread(
      view, index, marks, [](Thinning& mark, double price) { mark.Expect(price); },
      [](Thinning& mark, const Thinning& part) { mark.JoinExpected(part); });
  Spread(
      view, index, marks, [](Thinning& mark, double price) { mark.Take(price); },
      [](Thinning& mark, const Thinning& part) { mark.JoinTaken(part); });
  std::vector<Strip> strips(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    strips[i].used_total = marks[2 * i].total();
    strips[i].rejected_total = marks[2 * i + 1].total();
    strips[i].used = std::move(marks[2 * i]).Drawn();
    strips[i].rejected = std::move(marks[2 * i + 1]).Drawn();
  }
  return strips;
}

}  // namespace dijia::report
