// What each method of a refresh makes of one use; private to the engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dijia/refresh.h"
#include "exact_number.h"

namespace dijia {

// What a refresh is made from.
struct RefreshCase {
  const Publication& old;
  const RefreshPlan& plan;
  const RefreshInputs& inputs;
};

// The method of a grade by the plan of its use; carry where there is none.
RefreshMethod MethodOf(const UseRefreshPlan* how, int grade);
// The index of a grade; empty where the plan has none for it.
const std::vector<IndexSeries::Point>& PointsOf(const UseRefreshPlan& how, int grade);
// Whether an index covers a day.
bool Reaches(const std::vector<IndexSeries::Point>& points, Date day);

// How prices of a publication are rounded; without a plan, to the last place of their type.
Rounding RoundingAt(const Publication& publication, const ExactNumber& numerator,
                    const ExactNumber& denominator);

// Whether a publication lists the grade or sub-use.
const PublishedGrade* FindGrade(const PublishedUse& use, int grade, const std::string& sub_use);
// The use in a publication that may not be there; null = not there.
const PublishedUse* FindUse(const std::optional<Publication>& publication, LandUse use);

// The prices of one use.
class UseMethods {
 public:
  // Reports a ratio that cannot be had, and prices beyond their type or not above 0.
  UseMethods(const RefreshCase& refresh, LandUse use, Diagnostics& diagnostics);

  // Fills in `planned`, how it came about and what it came to. Grade, name and `before` are there.
  void ProposeGrade(RefreshedPrice& price);
  // The same of a zone or street with an old price. `grade` is the record of its grade; null =
  // none.
  void ProposePlace(RefreshedPrice& price, const RefreshedPrice* grade);

  // numerator / denominator by the publication's plan, by another mode where one is stated.
  UnitPrice Rounded(const ExactNumber& numerator, const ExactNumber& denominator,
                    std::optional<RoundingMode> mode = std::nullopt);
  bool overflows() const { return overflows_; }

 private:
  struct Attempt {
    std::optional<UnitPrice> price;
    RefreshMethod method = RefreshMethod::kWithhold;
    RefreshWhy why = RefreshWhy::kPlanned;
    bool fails() const { return !price && method != RefreshMethod::kWithhold; }
  };

  struct Quotient {
    ExactNumber numerator, denominator;
  };

  void FindGrounds(RefreshedPrice& price);
  void FindIndexed(RefreshedPrice& price) const;
  // Precondition: an old price, and an index that reaches both base dates.
  Quotient IndexedPrice(const RefreshedPrice& price) const;
  Attempt Try(RefreshMethod method, RefreshedPrice& price);
  Attempt Carried(const RefreshedPrice& price) const;
  Attempt Indexed(RefreshedPrice& price);
  Attempt Resampled(RefreshedPrice& price);
  Attempt Blended(RefreshedPrice& price);
  Attempt Compared(RefreshedPrice& price);
  Attempt AsGrade(RefreshedPrice& price, const RefreshedPrice* grade);
  // Why a resampled price is thin; nothing when it is not.
  std::optional<RefreshWhy> Thinness(const RefreshGrounds& grounds) const;
  void Take(RefreshedPrice& price, const Attempt& attempt) const;
  std::optional<Coefficient> DeriveRatio() const;
  UnitPrice Positive(UnitPrice price);
  UnitPrice RoundedDouble(double value);

  const RefreshCase& case_;
  LandUse use_;
  const UseRefreshPlan* how_ = nullptr;  // null = carried
  std::optional<Coefficient> ratio_;     // to the comparable publication
  Diagnostics& diagnostics_;
  bool overflows_ = false;
};

}  // namespace dijia
