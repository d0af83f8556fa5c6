// The register of the bundled county: market sales and everything else that an office finds in it.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "draws.h"
#include "synthetic_county.h"

namespace dijia::example {
namespace {

// Rows of the draws that belong to no cell.
constexpr std::uint64_t kRecordRows = std::uint64_t{1} << 40;

const Cell& CellOf(std::string_view area, LandUse use, int grade) {
  const auto cells = Cells();
  return *std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
    return cell.area == area && cell.use == use && cell.grade == grade;
  });
}

// Builds the register piece by piece; each piece draws from cells beyond their own sales.
class Register {
 public:
  explicit Register(std::uint64_t seed)
      : options_{.seed = seed, .outlier_share = 0.025, .blank_share = 0.02, .mixed_units = true},
        plain_{.seed = seed + 1},
        draws_(seed, kRecordRows) {}

  void AddMarketSales() {
    for (const Cell& cell : Cells()) {
      std::vector<Sale> sales = DrawSales(cell, cell.sales, options_);
      std::move(sales.begin(), sales.end(), std::back_inserter(records_));
    }
  }

  void AddDuplicates(int count) {
    const auto originals = static_cast<int>(records_.size());
    for (int i = 0; i < count; ++i) {
      records_.push_back(records_[static_cast<std::size_t>(draws_.Below(originals))]);
    }
  }

  void AddAllocations(int count) {
    constexpr std::string_view kNames[] = {"公路用地", "街巷用地", "机关团体用地", "公共设施用地",
                                           "经济适用住房用地"};
    for (int i = 0; i < count; ++i) {
      Sale sale = Next(LandUse::kPublicService);
      sale.use_name = kNames[draws_.Below(5)];
      sale.method_name = "划拨";
      sale.price = draws_.Chance(0.5) ? std::optional(Money{}) : std::nullopt;
      sale.term.reset();
      records_.push_back(std::move(sale));
    }
  }

  void AddAgreements(int count) {
    for (int i = 0; i < count; ++i) {
      Sale sale = Next(draws_.Chance(0.6) ? LandUse::kResidential : LandUse::kIndustrial);
      sale.method_name = "协议出让";
      const double share = draws_.Uniform(0.3, 0.7);
      sale.price = Money::FromUnits(
          static_cast<std::int64_t>(share * static_cast<double>(sale.price->units()) / 1e4) *
          10'000);
      records_.push_back(std::move(sale));
    }
  }

  void AddMixedUse(int count) {
    for (int i = 0; i < count; ++i) {
      Sale sale = Next(LandUse::kResidential);
      if (draws_.Chance(0.5)) sale.use_name = "其他商服用地; 城镇住宅用地";
      sale.term.reset();
      sale.term_text = "其他商服用地40年; 城镇住宅用地70年";
      records_.push_back(std::move(sale));
    }
  }

  // Market sales with one thing wrong or missing.
  template <class Spoil>
  void AddSpoilt(int count, const Spoil& spoil) {
    for (int i = 0; i < count; ++i) {
      Sale sale = Next(draws_.Chance(0.5) ? LandUse::kResidential : LandUse::kCommercial);
      spoil(sale);
      records_.push_back(std::move(sale));
    }
  }

  void AddSampleKinds(int count) {
    for (int i = 0; i < count; ++i) {
      AddRecordedAs(SampleKind::kLandLease, LandUse::kCommercial);
      AddRecordedAs(SampleKind::kHouseLease, LandUse::kCommercial);
      AddRecordedAs(SampleKind::kHouseSale, LandUse::kResidential);
    }
  }

  Draws& draws() { return draws_; }

  // By date, undated records last, numbered in that order.
  std::vector<Sale> Take() {
    std::stable_sort(records_.begin(), records_.end(), [](const Sale& a, const Sale& b) {
      if (a.date.has_value() != b.date.has_value()) return a.date.has_value();
      return a.date < b.date;
    });
    int number = 0;
    for (Sale& sale : records_) {
      const std::string digits = std::to_string(100'000 + ++number);
      sale.sample_id = "S" + digits.substr(1);
    }
    return std::move(records_);
  }

 private:
  // A plain sale of the urban area, in grade 2 to 4, that no cell has.
  Sale Next(LandUse use) {
    const Cell& cell = CellOf("城区", use, 2 + draws_.Below(3));
    ++drawn_;
    return DrawSales(cell, drawn_, plain_).back();
  }
  void AddRecordedAs(SampleKind kind, LandUse use) {
    Sale sale = Next(use);  // before the seed: arguments have no order of their own
    const std::uint64_t seed = plain_.seed + static_cast<std::uint64_t>(++drawn_);
    records_.push_back(RecordedAs(kind, std::move(sale), seed));
  }

  DrawOptions options_, plain_;
  Draws draws_;
  std::vector<Sale> records_;
  int drawn_ = 0;
};

Money ToCents(double yuan) {
  const auto money = FromDouble<Money>(yuan, Rounding{RoundingMode::kHalfUp, 10'000});
  return money ? *money : Money{};
}

}  // namespace

Sale RecordedAs(SampleKind kind, Sale sale, std::uint64_t seed) {
  Draws draws(seed, 0);
  const HouseConstants constants;
  const double land_price = ToDouble(*sale.price);
  const double rate = MarketOf(sale.use).capitalization_rate;
  const double years = ToDouble(*sale.term);
  const double income = land_price * rate / (1.0 - std::pow(1.0 + rate, -years));
  sale.kind = kind;
  sale.method_name.clear();
  sale.unit = PriceUnit::kYuanPerSqmYear;
  if (kind == SampleKind::kLandLease) {
    sale.price = ToCents(income);
    return sale;
  }
  sale.rebuild_cost = 1500 + 100 * draws.Below(11);
  sale.newness = 0.6 + 0.05 * draws.Below(8);
  const double far = ToDouble(*sale.far);
  const double rebuild = *sale.rebuild_cost, newness = *sale.newness;
  if (kind == SampleKind::kHouseLease) {
    const double of_house = rebuild * (constants.repair_rate + newness * constants.insurance_rate +
                                       (1.0 - constants.residual_rate) / constants.life_years +
                                       newness * constants.house_capitalization_rate);
    sale.price = ToCents((income / far + of_house) /
                         (1.0 - constants.management_rate - constants.rent_tax_rate));
  } else {
    sale.unit = PriceUnit::kYuanPerSqmFloor;
    sale.price = ToCents((land_price / far + rebuild * newness) / (1.0 - constants.sale_tax_rate));
  }
  return sale;
}

std::vector<Sale> DrawCounty(std::uint64_t seed) {
  Register records(seed);
  records.AddMarketSales();
  records.AddDuplicates(24);
  records.AddAllocations(40);
  records.AddAgreements(30);
  records.AddMixedUse(16);
  records.AddSpoilt(8, [](Sale& sale) { sale.price.reset(); });
  records.AddSpoilt(8, [](Sale& sale) { sale.grade = 0; });
  records.AddSpoilt(5, [](Sale& sale) { sale.date.reset(); });
  records.AddSpoilt(6, [](Sale& sale) { sale.use_name = "仓储用地"; });
  records.AddSpoilt(8, [&](Sale& sale) {  // single flats
    sale.area_sqm = Area::FromUnits(600'000 + 100 * records.draws().Below(3000));
  });
  records.AddSpoilt(6, [](Sale& sale) {  // percentages in place of ratios
    sale.far = FloorAreaRatio::FromUnits(sale.far->units() * 100);
  });
  records.AddSpoilt(10, [](Sale& sale) {  // before the sample window
    sale.date = FromDays(ToDays(*sale.date) - 5 * 366);
  });
  records.AddSampleKinds(5);
  return records.Take();
}

}  // namespace dijia::example
