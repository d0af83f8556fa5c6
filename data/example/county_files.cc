// The example county as files.
#include <cstddef>
#include <utility>

#include "synthetic_county.h"

namespace dijia::example {
namespace {

// One CSV line; texts of the county hold no quotes and no line breaks.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) {}
  ~Line() { out_ += '\n'; }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void Text(std::string_view text) {
    Separate();
    const bool quoted = text.find(',') != std::string_view::npos;
    if (quoted) out_ += '"';
    out_ += text;
    if (quoted) out_ += '"';
  }
  template <class Quantity>
  void Decimal(const std::optional<Quantity>& quantity) {
    Text(quantity ? quantity->ToString() : std::string());
  }
  void Fixed(double value, int decimals) {
    const auto units = RoundDouble(value, 6, Rounding{RoundingMode::kHalfUp, 1});
    Text(units ? FormatFixed(*units, 6, decimals) : std::string());
  }
  void Fixed(const std::optional<double>& value, int decimals) {
    value ? Fixed(*value, decimals) : Text({});
  }
  void Whole(int value, bool blank = false) { Text(blank ? std::string() : std::to_string(value)); }

 private:
  void Separate() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  std::string& out_;
  bool first_ = true;
};

}  // namespace

std::string SamplesCsv(std::span<const Sale> sales) {
  std::string out =
      "sample_id,county,area,zone,use,sub_use,grade,kind,date,price,price_unit,area_sqm,far,"
      "term_years,development_level,circumstance_factor,method,land_class,x,y,note,"
      "rebuild_cost_yuan_per_sqm,newness_rate\n";
  for (const Sale& sale : sales) {
    Line line(out);
    line.Text(sale.sample_id);
    line.Text(kCounty);
    line.Text(sale.area);
    line.Text(sale.zone);
    line.Text(sale.use_name);
    line.Text({});  // sub_use
    line.Whole(sale.grade, sale.grade == 0);
    line.Text(CodeOf(sale.kind));
    line.Text(sale.date ? FormatDate(*sale.date) : std::string());
    line.Decimal(sale.price);
    line.Text(CodeOf(sale.unit));
    line.Decimal(sale.area_sqm);
    line.Decimal(sale.far);
    line.Text(sale.term ? sale.term->ToString() : sale.term_text);
    line.Text(sale.development_level);
    line.Decimal(sale.circumstance);
    line.Text(sale.method_name);
    line.Whole(sale.land_class, sale.land_class == 0);
    line.Whole(sale.x);
    line.Whole(sale.y);
    line.Text({});  // note
    line.Fixed(sale.rebuild_cost, 0);
    line.Fixed(sale.newness, 2);
  }
  return out;
}

std::string TruthCsv() {
  std::string out =
      "area,use,grade,true_price_yuan_per_sqm,far,far_exponent,term_years,capitalization_rate,"
      "development_level,relative_spread,sales\n";
  for (const Cell& cell : Cells()) {
    const UseMarket& market = MarketOf(cell.use);
    const FarCondition& far = market.far[static_cast<std::size_t>(cell.grade - 1)];
    Line line(out);
    line.Text(cell.area);
    line.Text(CodeOf(cell.use));
    line.Whole(cell.grade);
    line.Fixed(cell.true_price, 0);
    line.Fixed(far.base, 1);
    line.Fixed(far.exponent, 2);
    line.Whole(market.term_years);
    line.Fixed(market.capitalization_rate, 3);
    line.Text(kDevelopmentLevel);
    line.Fixed(cell.spread, 2);
    line.Whole(cell.sales);
  }
  return out;
}

}  // namespace dijia::example
