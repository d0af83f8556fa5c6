// Each case must not compile; without a case the file must. tests/tools/compile_fail.cmake tries
// them all. CASE is the number of the line to try.
#include "dijia/base/date.h"
#include "dijia/base/land.h"

using namespace dijia;  // NOLINT(google-build-using-namespace)

int main() {
  const UnitPrice price = UnitPrice::Of(84);
  const FloorPrice floor = FloorPrice::Of(42);
  const Money money = Money::Of(1);
  const Area area = Area::Of(100);
  const Grade grade{1};
  const LandClass land_class{14};
  (void)price, (void)floor, (void)money, (void)area, (void)grade, (void)land_class;
#if CASE == 1
  (void)(price * price);
#elif CASE == 2
  (void)(price + floor);
#elif CASE == 3
  (void)(price < money);
#elif CASE == 4
  const UnitPrice from_double = 1.5;
  (void)from_double;
#elif CASE == 5
  const Money from_price = price;
  (void)from_price;
#elif CASE == 6
  (void)(price == floor);
#elif CASE == 7
  (void)Total(floor, area, Rounding{});
#elif CASE == 8
  const Grade from_class = land_class;
  (void)from_class;
#elif CASE == 9
  (void)(grade < land_class);
#elif CASE == 10
  (void)UnitPriceOf(price);  // a price per mu is wanted
#elif CASE == 11
  (void)AreaFromMu(AreaInHectares::Of(1), Rounding{});
#elif CASE == 12
  const Date date = "2025-04-01";
#endif
  return (price + price).units() > 0 ? 0 : 1;
}
