#include "app/refresh_tables.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <set>
#include <string_view>
#include <utility>

#include "dijia/base/date.h"
#include "dijia/normalise.h"
#include "dijia/publication_diff.h"
#include "report/number_text.h"
#include "report/publication_view.h"

namespace dijia::app {
namespace {

using report::SheetColumn;
using report::Style;
using Row = std::vector<TechnicalCell>;

constexpr Language kZh = Language::kZh;

const SheetColumn kUseColumn{"用途", 22.0};
const SheetColumn kPlaceColumn{"级别、区片、路线", 20.0};

TechnicalCell Figure(const std::optional<double>& figure) {
  return figure && std::isfinite(*figure) ? TechnicalCell(*figure) : TechnicalCell();
}
template <class Unit, int kScale>
TechnicalCell Figure(const std::optional<Quantity<Unit, kScale>>& figure) {
  return figure ? TechnicalCell(ToDouble(*figure)) : TechnicalCell();
}
TechnicalCell Low(const std::optional<Interval>& interval) {
  return Figure(interval ? std::optional(interval->low) : std::nullopt);
}
TechnicalCell High(const std::optional<Interval>& interval) {
  return Figure(interval ? std::optional(interval->high) : std::nullopt);
}

// The tables of one refresh.
class RefreshTables {
 public:
  RefreshTables(const Refreshed& refreshed, const report::Labels& labels)
      : refreshed_(refreshed), labels_(labels) {}

  void Add(std::vector<TechnicalTable>& tables) const {
    tables.push_back(Ways());
    tables.push_back(Prices());
    tables.push_back(Indices());
    tables.push_back(Resampled());
    tables.push_back(Blends());
    tables.push_back(Comparisons());
    tables.push_back(ChangeControl());
    tables.push_back(SpotChecks());
  }

 private:
  const RefreshPlan& plan() const { return refreshed_.plan; }
  std::string Label(std::string_view group, std::string_view code) const {
    return std::string(labels_.Of(std::string(group) + std::string(code), kZh));
  }
  std::string MethodOf(RefreshMethod method) const { return Label("diff.", CodeOf(method)); }
  std::string UseName(LandUse use) const {
    return UseNameIn(refreshed_.result.draft, use, labels_);
  }
  Row Named(const RefreshedPrice& price) const {
    return {UseName(price.use), PlaceName(price.place, price.grade, price.name)};
  }

  // A table with a row for every price to which `cells` gives some.
  TechnicalTable OfPrices(std::string name, std::string says, std::vector<SheetColumn> columns,
                          const std::function<Row(const RefreshedPrice&)>& cells) const {
    TechnicalTable table{std::move(name), std::move(says), {kUseColumn, kPlaceColumn}, {}};
    std::ranges::move(columns, std::back_inserter(table.columns));
    for (const RefreshedPrice& price : refreshed_.result.prices) {
      Row own = cells(price);
      if (own.empty()) continue;
      Row row = Named(price);
      std::ranges::move(own, std::back_inserter(row));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  std::string GradesThatGoAnotherWay(const UseRefreshPlan& how) const {
    std::string text;
    for (const auto& [grade, method] : how.method_by_grade) {
      text += (text.empty() ? "" : "；") + report::GradeText(grade, kZh) + "级 " + MethodOf(method);
    }
    return text;
  }

  TechnicalTable Ways() const {
    TechnicalTable table{
        "更新方案",
        "现行成果 " + refreshed_.before.id + "，评估基准日 " +
            FormatDate(refreshed_.before.base_date) + "；更新后评估基准日 " +
            FormatDate(plan().base_date) +
            "。样点少于最少样点数，或 95% 区间的半宽超过容许值，即为样点偏少；标准误用于加权合成。",
        {kUseColumn,
         {"方法", 14.0},
         {"理由", 44.0, Style::kWrapped},
         {"另行方法的级别", 24.0},
         {"得不出时", 14.0},
         {"最少样点数", 11.0, Style::kCount},
         {"区间半宽容许（%）", 13.0, Style::kStatistic},
         {"指数标准误（%）", 13.0, Style::kStatistic},
         {"现行价标准误（%）", 13.0, Style::kStatistic}},
        {}};
    for (const auto& [use, published] : refreshed_.result.draft.uses) {
      const auto how = plan().uses.find(use);
      if (how == plan().uses.end()) {
        Row row{UseName(use), MethodOf(RefreshMethod::kCarry), std::string("方案未列此用途")};
        row.resize(table.columns.size());
        table.rows.push_back(std::move(row));
        continue;
      }
      const UseRefreshPlan& own = how->second;
      table.rows.push_back(
          {UseName(use), MethodOf(own.method), own.reason, GradesThatGoAnotherWay(own),
           MethodOf(own.fallback),
           own.min_samples ? TechnicalCell(static_cast<double>(*own.min_samples)) : TechnicalCell(),
           Figure(own.widest_interval), Figure(own.index_error), Figure(own.old_error)});
    }
    return table;
  }

  TechnicalTable Prices() const {
    return OfPrices("各价格的更新", "元/㎡；方法得出的价格经级别次序和变动上限后为更新价。",
                    {{"现行价", 14.0, Style::kPrice},
                     {"方案方法", 13.0},
                     {"采用方法", 13.0},
                     {"原因", 24.0},
                     {"方法得出", 14.0, Style::kPrice},
                     {"95% 下限", 12.0, Style::kStatistic},
                     {"95% 上限", 12.0, Style::kStatistic},
                     {"更新价", 14.0, Style::kPrice},
                     {"变动（%）", 11.0, Style::kHundredths}},
                    [this](const RefreshedPrice& price) -> Row {
                      const bool is_comparable = price.before && price.price;
                      return {PriceCell(price.before),
                              MethodOf(price.planned),
                              MethodOf(price.method),
                              Label("why.", CodeOf(price.why)),
                              PriceCell(price.proposed),
                              Low(price.grounds.interval),
                              High(price.grounds.interval),
                              PriceCell(price.price),
                              Figure(is_comparable ? ChangePercent(*price.before, *price.price)
                                                   : std::optional<Percent>())};
                    });
  }

  TechnicalTable Indices() const {
    return OfPrices("指数推算",
                    "指数比率为 " + FormatDate(plan().base_date) + " 的指数除以 " +
                        FormatDate(refreshed_.before.base_date) +
                        " 的指数，指数点之间按日直线内插；按指数价未取整。",
                    {{"现行价", 14.0, Style::kPrice},
                     {"指数比率", 12.0, Style::kFactor},
                     {"按指数价", 14.0, Style::kStatistic},
                     {"是否采用", 18.0}},
                    [](const RefreshedPrice& price) -> Row {
                      if (!price.grounds.indexed || !price.before) return {};
                      const char* taken =
                          price.method == RefreshMethod::kIndex ? "采用"
                          : price.method == RefreshMethod::kBlend && price.grounds.resampled_weight
                              ? "参与合成"
                              : "供核对";
                      return {*price.before, *price.grounds.indexed / ToDouble(*price.before),
                              *price.grounds.indexed, std::string(taken)};
                    });
  }

  TechnicalTable Resampled() const {
    return OfPrices("重新测算", "样点经修正和筛选后的估计值及其 95% 区间，元/㎡；样点见样点表。",
                    {{"样点数", 10.0, Style::kCount},
                     {"估计值", 12.0, Style::kStatistic},
                     {"95% 下限", 12.0, Style::kStatistic},
                     {"95% 上限", 12.0, Style::kStatistic},
                     {"测算价", 14.0, Style::kPrice},
                     {"估计方法", 24.0},
                     {"是否采用", 18.0}},
                    [this](const RefreshedPrice& price) -> Row {
                      const RefreshGrounds& grounds = price.grounds;
                      if (grounds.samples == 0 && !grounds.resampled) return {};
                      const char* taken = price.method == RefreshMethod::kResample ? "采用"
                                          : price.method == RefreshMethod::kBlend  ? "参与合成"
                                                                                   : "供核对";
                      return {Number(grounds.samples),
                              Figure(grounds.estimate),
                              Low(grounds.resampled_interval),
                              High(grounds.resampled_interval),
                              PriceCell(grounds.resampled),
                              MethodName(grounds.resampled_method, labels_),
                              std::string(taken)};
                    });
  }

  TechnicalTable Blends() const {
    return OfPrices(
        "加权合成",
        "测算价与按指数价按方差的倒数加权，在对数上合成；方差为价格对数的方差，权重之和为 1。",
        {{"样点数", 9.0, Style::kCount},
         {"测算估计值", 12.0, Style::kStatistic},
         {"方差", 12.0, Style::kFactor},
         {"权重", 9.0, Style::kRatio},
         {"按指数价", 12.0, Style::kStatistic},
         {"方差", 12.0, Style::kFactor},
         {"权重", 9.0, Style::kRatio},
         {"合成价", 14.0, Style::kPrice},
         {"95% 下限", 12.0, Style::kStatistic},
         {"95% 上限", 12.0, Style::kStatistic}},
        [](const RefreshedPrice& price) -> Row {
          const RefreshGrounds& grounds = price.grounds;
          if (price.method != RefreshMethod::kBlend || !grounds.resampled_weight) return {};
          return {Number(grounds.samples),
                  Figure(grounds.estimate),
                  Figure(grounds.resampled_variance),
                  *grounds.resampled_weight,
                  Figure(grounds.indexed),
                  Figure(grounds.indexed_variance),
                  1.0 - *grounds.resampled_weight,
                  PriceCell(price.proposed),
                  Low(grounds.interval),
                  High(grounds.interval)};
        });
  }

  TechnicalTable Comparisons() const {
    const std::optional<Publication>& other = refreshed_.comparable;
    const std::string which = other ? "可比成果：" + other->county + " " + other->area + " " +
                                          other->id + "，评估基准日 " +
                                          FormatDate(other->base_date) + "。"
                                    : "";
    return OfPrices("比较法",
                    which +
                        "比较价为可比价乘以比率；方案没有给出比率时，"
                        "比率为共有级别测算价与可比价之比的中位数。",
                    {{"可比价", 14.0, Style::kPrice},
                     {"比率", 12.0, Style::kFactor},
                     {"比较价", 14.0, Style::kPrice}},
                    [](const RefreshedPrice& price) -> Row {
                      if (price.method != RefreshMethod::kComparison || !price.grounds.ratio) {
                        return {};
                      }
                      return {PriceCell(price.grounds.comparable), Figure(price.grounds.ratio),
                              PriceCell(price.proposed)};
                    });
  }

  std::string CapsInWords() const {
    const auto cap = [](const std::optional<Percent>& percent) {
      return percent ? percent->ToString() + "%" : std::string("不限");
    };
    return "涨幅上限 " + cap(plan().largest_rise) + "，降幅上限 " + cap(plan().largest_fall) +
           (plan().keep_order ? "；原来逐级递减的级别价保持递减（保序拟合，等权）。"
                              : "；不要求保持级别次序。");
  }

  TechnicalTable ChangeControl() const {
    TechnicalTable table = OfPrices(
        "次序和上限的作用", CapsInWords() + "先定次序，后受上限约束；只列因此改变的价格，元/㎡。",
        {{"现行价", 14.0, Style::kPrice},
         {"方法得出", 14.0, Style::kPrice},
         {"次序拟合后", 14.0, Style::kPrice},
         {"上限", 14.0},
         {"更新价", 14.0, Style::kPrice},
         {"因此改变（%）", 13.0, Style::kHundredths}},
        [](const RefreshedPrice& price) -> Row {
          if (price.price == price.proposed || !price.proposed || !price.price) return {};
          const char* cap = price.cap == RefreshCap::kRise   ? "涨幅受限"
                            : price.cap == RefreshCap::kFall ? "降幅受限"
                                                             : "未受限";
          return {PriceCell(price.before),
                  PriceCell(price.proposed),
                  price.fitted ? PriceCell(price.fitted) : TechnicalCell("未改变"),
                  std::string(cap),
                  PriceCell(price.price),
                  Figure(ChangePercent(*price.proposed, *price.price))};
        });
    if (table.rows.empty()) {
      Row none{std::string("全部"), std::string("没有价格因次序或上限而改变")};
      none.resize(table.columns.size());
      table.rows.push_back(std::move(none));
    }
    return table;
  }

  TechnicalTable SpotChecks() const {
    TechnicalTable table{"指数的抽查",
                         "抽查样点价与按指数价之比；区间由次序统计量得出。",
                         {kUseColumn,
                          {"样点数", 10.0, Style::kCount},
                          {"比率中位数", 12.0, Style::kFactor},
                          {"区间下限", 12.0, Style::kFactor},
                          {"区间上限", 12.0, Style::kFactor},
                          {"置信度", 10.0, Style::kPercent},
                          {"容许（±%）", 11.0, Style::kStatistic},
                          {"结论", 22.0}},
                         {}};
    for (const SpotCheck& check : refreshed_.result.spot_checks) {
      const bool is_known = check.samples > 0;
      const auto known = [is_known](double figure) {
        return is_known ? TechnicalCell(figure) : TechnicalCell();
      };
      table.rows.push_back({UseName(check.use), Number(check.samples), known(check.ratio),
                            known(check.interval.low), known(check.interval.high),
                            known(check.interval.coverage), ToDouble(check.tolerance),
                            Label("spot.", CodeOf(check.outcome))});
    }
    return table;
  }

  const Refreshed& refreshed_;
  const report::Labels& labels_;
};

// The sales behind the resampled prices of a refresh.
class Sales {
 public:
  Sales(const Refreshed& refreshed, const Computed& computed, const report::Labels& labels)
      : refreshed_(refreshed), computed_(computed), labels_(labels) {}

  TechnicalTable Write() const {
    TechnicalTable table{
        "样点表",
        "按方案由样点得出或参与合成的级别的全部样点：原价（元/㎡）加开发程度修正，再乘各"
        "系数，得修正后价；去向为“采用”的计入。",
        {kUseColumn,
         kPlaceColumn,
         {"样点编号", 18.0},
         {"来源", 22.0},
         {"行", 8.0, Style::kCount},
         {"成交日期", 12.0, Style::kCentred},
         {"面积（㎡）", 12.0, Style::kStatistic},
         {"原价", 12.0, Style::kStatistic},
         {"开发程度修正", 12.0, Style::kStatistic},
         {"期日系数", 11.0, Style::kFactor},
         {"容积率系数", 11.0, Style::kFactor},
         {"年期系数", 11.0, Style::kFactor},
         {"交易情况系数", 11.0, Style::kFactor},
         {"修正后价", 12.0, Style::kStatistic},
         {"去向", 22.0}},
        {}};
    for (const RefreshedPrice& price : refreshed_.result.prices) {
      const bool is_sampled =
          price.place == PricePlace::kGrade &&
          (price.planned == RefreshMethod::kResample || price.planned == RefreshMethod::kBlend);
      if (is_sampled) AddSales(price, table);
    }
    return table;
  }

 private:
  bool IsOf(const RefreshedPrice& price, std::uint32_t row) const {
    const SampleTable& samples = computed_.samples;
    return samples.use[row] == static_cast<std::uint8_t>(price.use) &&
           samples.grade[row] == price.grade &&
           (!computed_.plan.split_sub_uses ||
            samples.sub_uses.Name(samples.sub_use[row]) == price.name);
  }

  void AddSales(const RefreshedPrice& price, TechnicalTable& table) const {
    for (const std::uint32_t row : computed_.publications.front().scope.rows) {
      if (IsOf(price, row)) table.rows.push_back(Sale(price, row));
    }
  }

  Row Sale(const RefreshedPrice& price, std::uint32_t row) const {
    const SampleTable& samples = computed_.samples;
    const NormalizedSamples& made = computed_.report.normalized;
    const Days day = samples.date[row];
    Row cells{UseNameIn(refreshed_.result.draft, price.use, labels_),
              PlaceName(price.place, price.grade, price.name),
              std::string(samples.sample_id[row]),
              SourceOf(row),
              static_cast<double>(samples.row[row]),
              day == kNoDate ? std::string() : FormatDate(FromDays(day)),
              samples.area_sqm[row] == kMissing64
                  ? TechnicalCell()
                  : TechnicalCell(ToDouble(Area::FromUnits(samples.area_sqm[row]))),
              Figure(made.raw_price[row])};
    const Normalizer* normalizer = computed_.report.normalizer.get();
    if (normalizer != nullptr && std::isfinite(made.normalized[row])) {
      const NormalizationFactors factors = normalizer->Factors(samples, row);
      cells.insert(cells.end(), {factors.development_add, factors.date, factors.far, factors.term,
                                 factors.circumstance});
    } else {
      cells.resize(cells.size() + 5);
    }
    cells.push_back(Figure(made.normalized[row]));
    cells.emplace_back(std::string(labels_.Of(CodeOf(samples.fate[row]), kZh)));
    return cells;
  }

  std::string SourceOf(std::uint32_t row) const {
    const std::uint8_t source = computed_.samples.source[row];
    return source < computed_.source_names.size() ? computed_.source_names[source] : std::string();
  }

  const Refreshed& refreshed_;
  const Computed& computed_;
  const report::Labels& labels_;
};

}  // namespace

TechnicalCell Number(std::size_t count) { return static_cast<double>(count); }

TechnicalCell PriceCell(const std::optional<UnitPrice>& price) {
  return price ? TechnicalCell(*price) : TechnicalCell(std::string("—"));
}

std::string UseNameIn(const Publication& publication, LandUse use, const report::Labels& labels) {
  const auto published = publication.uses.find(use);
  const bool is_named = published != publication.uses.end() && !published->second.name.empty();
  return is_named ? published->second.name : std::string(labels.Of(CodeOf(use), kZh));
}

std::string PlaceName(PricePlace place, int grade, const std::string& name) {
  const std::string of_grade = grade == 0 ? "" : report::GradeText(grade, kZh) + "级";
  if (place == PricePlace::kGrade) return of_grade + (name.empty() ? "" : " · " + name);
  const std::string kind = place == PricePlace::kZone ? "区片 " : "路线 ";
  return kind + name + (of_grade.empty() ? "" : "（" + of_grade + "）");
}

std::string MethodName(const std::string& method, const report::Labels& labels) {
  if (method.empty()) return "";
  const std::size_t colon = method.find(':');
  const std::string kind = method.substr(0, colon);
  const std::string refresh = "diff." + kind;
  std::string name(labels.Of(labels.Has(refresh) ? refresh : kind, kZh));
  if (kind == "isotonic") name = "保序拟合";
  if (kind == "capped") name = "变动受限";
  if (colon == std::string::npos) return name;
  return name + "（" + MethodName(method.substr(colon + 1), labels) + "）";
}

void AddRefreshTables(const Refreshed& refreshed, const report::Labels& labels,
                      std::vector<TechnicalTable>& tables) {
  RefreshTables(refreshed, labels).Add(tables);
}

TechnicalTable ResampledSales(const Refreshed& refreshed, const Computed& computed,
                              const report::Labels& labels) {
  return Sales(refreshed, computed, labels).Write();
}

}  // namespace dijia::app
