#include "app/technical_tables.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "app/csv_text.h"
#include "app/refresh_tables.h"
#include "dijia/publication_diff.h"
#include "report/number_text.h"

namespace dijia::app {
namespace {

using report::Style;
using Row = std::vector<TechnicalCell>;

// The prices of grades that a neighbour and the publication itself both state.
struct PricePair {
  LandUse use = LandUse::kOther;
  const PublishedGrade* own = nullptr;
  const PublishedGrade* other = nullptr;
};

bool IsOfFloors(const Publication& publication) {
  return publication.primary_unit == PriceUnit::kYuanPerSqmFloor;
}

std::vector<PricePair> PairsOf(const Publication& own, const Publication& other) {
  std::vector<PricePair> pairs;
  if (IsOfFloors(own) != IsOfFloors(other)) return pairs;
  for (const auto& [use, published] : own.uses) {
    const auto theirs = other.uses.find(use);
    if (theirs == other.uses.end()) continue;
    for (const PublishedGrade& grade : published.grades) {
      const auto same = std::ranges::find_if(theirs->second.grades, [&](const auto& one) {
        return one.grade == grade.grade && one.sub_use == grade.sub_use;
      });
      if (grade.price && same != theirs->second.grades.end() && same->price) {
        pairs.push_back({use, &grade, &*same});
      }
    }
  }
  return pairs;
}

double RatioOf(const PricePair& pair) {
  return ToDouble(*pair.own->price) / ToDouble(*pair.other->price);
}

// What the tables of the comparison are made of.
class Comparison {
 public:
  explicit Comparison(const TechnicalSources& sources)
      : sources_(sources), own_(sources.notice.publication) {}

  void Write(std::vector<TechnicalTable>& tables) const {
    if (sources_.notice.before) {
      const PublicationDiff diff = DiffPublications(*sources_.notice.before, own_);
      tables.push_back(ChangesByUse(diff));
      tables.push_back(ChangesByPrice(diff));
    }
    tables.push_back(Neighbours());
    tables.push_back(NeighbouringPublications());
  }

 private:
  std::string UseName(LandUse use) const { return UseNameIn(own_, use, sources_.labels); }

  TechnicalTable ChangesByUse(const PublicationDiff& diff) const {
    const Publication& before = *sources_.notice.before;
    TechnicalTable table{"与上一轮比较",
                         "上一轮：" + before.id + "，评估基准日 " + FormatDate(before.base_date) +
                             "；本轮评估基准日 " + FormatDate(own_.base_date) +
                             "。变动以上一轮价格为 100 计，单位为 %。",
                         {{"用途", 22.0},
                          {"上调", 9.0, Style::kCount},
                          {"下调", 9.0, Style::kCount},
                          {"不变", 9.0, Style::kCount},
                          {"不可比", 9.0, Style::kCount},
                          {"最小变动（%）", 14.0, Style::kHundredths},
                          {"最大变动（%）", 14.0, Style::kHundredths}},
                         {}};
    for (const auto& [use, counts] : diff.counts) {
      std::vector<double> changes(counts.same, 0.0);
      for (const PriceDiff& price : diff.prices) {
        if (price.use == use && price.change) changes.push_back(ToDouble(*price.change));
      }
      const auto [least, most] = std::ranges::minmax_element(changes);
      const bool is_known = !changes.empty();
      table.rows.push_back({UseName(use), Number(counts.raised), Number(counts.lowered),
                            Number(counts.same), Number(counts.unlike),
                            is_known ? TechnicalCell(*least) : TechnicalCell(),
                            is_known ? TechnicalCell(*most) : TechnicalCell()});
    }
    return table;
  }

  static TechnicalCell StatedPriceOf(const std::optional<StatedPrice>& stated) {
    return PriceCell(stated ? stated->price : std::nullopt);
  }
  // How a price was got, as far as its publication says.
  std::string WayOf(const std::optional<StatedPrice>& stated) const {
    if (!stated) return "未列";
    const std::string status(
        stated->status.empty() ? "" : sources_.labels.Of(stated->status, Language::kZh));
    const std::string method = MethodName(stated->method, sources_.labels);
    if (status.empty() && method.empty()) return "未载明";
    return status.empty() || method.empty() ? status + method : status + "，" + method;
  }

  TechnicalTable ChangesByPrice(const PublicationDiff& diff) const {
    TechnicalTable table{"与上一轮逐项比较",
                         "有变动的价格，元/㎡；与上一轮相同的价格不列。",
                         {{"用途", 22.0},
                          {"级别、区片、路线", 22.0},
                          {"上一轮", 14.0, Style::kPrice},
                          {"上一轮的得出", 26.0},
                          {"本轮", 14.0, Style::kPrice},
                          {"本轮的得出", 26.0},
                          {"变动（%）", 12.0, Style::kHundredths}},
                         {}};
    for (const PriceDiff& price : diff.prices) {
      const StatedPrice& stated = price.after ? *price.after : *price.before;
      table.rows.push_back(
          {UseName(price.use), PlaceName(price.place, stated.grade, price.name),
           StatedPriceOf(price.before), WayOf(price.before), StatedPriceOf(price.after),
           WayOf(price.after),
           price.change ? TechnicalCell(ToDouble(*price.change)) : TechnicalCell()});
    }
    return table;
  }

  TechnicalTable Neighbours() const {
    TechnicalTable table{
        "与周边比较",
        "同一盟市其他旗县在本成果施行日的基准地价，元/㎡；比率为本成果价格除以周边价格的中位数。"
        "各地的地价内涵和级别划分不同，供核对是否协调，不作为依据。",
        {{"用途", 22.0},
         {"级别", 14.0},
         {"本成果", 14.0, Style::kPrice},
         {"周边个数", 10.0, Style::kCount},
         {"周边最低", 14.0, Style::kPrice},
         {"最低所在", 22.0},
         {"周边中位数", 14.0, Style::kStatistic},
         {"周边最高", 14.0, Style::kPrice},
         {"最高所在", 22.0},
         {"比率", 10.0, Style::kRatio}},
        {}};
    std::map<const PublishedGrade*, std::vector<std::pair<UnitPrice, std::string>>> theirs;
    for (const Neighbour& neighbour : sources_.neighbours) {
      for (const PricePair& pair : PairsOf(own_, neighbour.publication)) {
        theirs[pair.own].emplace_back(*pair.other->price, PlaceOf(neighbour));
      }
    }
    for (const auto& [use, published] : own_.uses) {
      for (const PublishedGrade& grade : published.grades) {
        const auto found = theirs.find(&grade);
        if (found != theirs.end()) table.rows.push_back(AmongThem(use, grade, found->second));
      }
    }
    return table;
  }

  Row AmongThem(LandUse use, const PublishedGrade& own,
                std::vector<std::pair<UnitPrice, std::string>> theirs) const {
    std::ranges::sort(theirs);
    const std::size_t half = theirs.size() / 2;
    const double upper = ToDouble(theirs[half].first);
    const double median =
        theirs.size() % 2 == 1 ? upper : (ToDouble(theirs[half - 1].first) + upper) / 2.0;
    return {UseName(use),
            PlaceName(PricePlace::kGrade, own.grade, own.sub_use),
            *own.price,
            Number(theirs.size()),
            theirs.front().first,
            theirs.front().second,
            median,
            theirs.back().first,
            theirs.back().second,
            ToDouble(*own.price) / median};
  }

  static std::string PlaceOf(const Neighbour& neighbour) {
    const Publication& publication = neighbour.publication;
    return (neighbour.county_name.empty() ? publication.county : neighbour.county_name) +
           publication.area;
  }

  TechnicalTable NeighbouringPublications() const {
    TechnicalTable table{"周边成果",
                         "上表所比较的成果。",
                         {{"旗县", 22.0},
                          {"代码", 10.0},
                          {"片区", 14.0},
                          {"成果代号", 24.0},
                          {"文号", 26.0},
                          {"评估基准日", 14.0},
                          {"可比价格", 10.0, Style::kCount}},
                         {}};
    for (const Neighbour& neighbour : sources_.neighbours) {
      const Publication& one = neighbour.publication;
      table.rows.push_back({neighbour.county_name, one.county, one.area, one.id, one.document_no,
                            FormatDate(one.base_date), Number(PairsOf(own_, one).size())});
    }
    return table;
  }

  const TechnicalSources& sources_;
  const Publication& own_;
};

}  // namespace

std::vector<TechnicalTable> TechnicalTables(const TechnicalSources& sources) {
  std::vector<TechnicalTable> tables;
  if (sources.origin.refreshed) AddRefreshTables(*sources.origin.refreshed, sources.labels, tables);
  Comparison(sources).Write(tables);
  if (sources.origin.refreshed && sources.origin.computed != nullptr) {
    tables.push_back(
        ResampledSales(*sources.origin.refreshed, *sources.origin.computed, sources.labels));
  }
  std::erase_if(tables, [](const TechnicalTable& table) { return table.rows.empty(); });
  return tables;
}

std::string NeighboursCsv(const Publication& own, const std::vector<Neighbour>& neighbours) {
  constexpr int kRatioPlaces = 4;
  CsvText csv;
  csv +=
      "use,grade,sub_use,county,county_name,area,publication,base_date,price_yuan_per_sqm,"
      "own_yuan_per_sqm,own_to_neighbour\n";
  for (const Neighbour& neighbour : neighbours) {
    const Publication& other = neighbour.publication;
    for (const PricePair& pair : PairsOf(own, other)) {
      csv += std::string(CodeOf(pair.use)) + "," + std::to_string(pair.own->grade) + ",";
      const std::string texts[] = {pair.own->sub_use, other.county, neighbour.county_name,
                                   other.area,        other.id,     FormatDate(other.base_date)};
      for (const std::string& text : texts) {
        csv.PutText(text);
        csv += ",";
      }
      csv += pair.other->price->ToString() + "," + pair.own->price->ToString() + ",";
      csv.PutRounded(RatioOf(pair), kRatioPlaces);
      csv += "\n";
    }
  }
  return std::string(csv.view());
}

}  // namespace dijia::app
