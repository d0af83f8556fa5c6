#include "app/audit_output.h"

#include <array>

#include "app/check_words.h"
#include "app/csv_text.h"
#include "dijia/base/date.h"
#include "dijia/base/decimal.h"
#include "json/text.h"

namespace dijia::app {
namespace {

constexpr int kPriceScale = 4;

struct Words {
  std::string_view zh, en;
};
// By SaleFate.
constexpr std::array<Words, kSaleFates> kFates{{
    {"无法读取", "not readable"},
    {"非单一工业用途", "not industrial alone"},
    {"划拨", "allocated"},
    {"租赁", "leased"},
    {"无价格", "no price"},
    {"无面积", "no area"},
    {"无日期", "no date"},
    {"不低于标准", "not below the standard"},
    {"仅折扣可解释", "explained by a discount only"},
    {"低于任何底线", "below every floor"},
    {"等别不明", "class unknown"},
    {"年期或还原率不明", "term or rate unknown"},
}};

json::Value FateCountsValue(const FateCounts& counts) {
  json::Value value{json::Value::Object()};
  for (std::size_t i = 0; i < counts.size(); ++i) {
    value.Add(CodeOf(static_cast<SaleFate>(i)), json::Value::Unsigned(counts[i]));
  }
  return value;
}

std::string CodeOfMethod(std::uint8_t method) {
  if (method == kMissing8) return {};
  return std::string(CodeOf(static_cast<AssignmentMethod>(method)));
}

}  // namespace

std::string_view NameOf(SaleFate fate, Language language) {
  const Words& words = kFates[static_cast<std::size_t>(fate)];
  return In(language, words.zh, words.en);
}

std::string AuditCaution(Language language) {
  return std::string(
      In(language,
         "成交价低只是线索，不是结论：公告没有项目是否符合优惠条件、成本、返还等事实，"
         "折扣须逐宗核对批准材料；公告中的等别也可能有误。",
         "A low closing price is a lead and proves nothing alone: notices do not state whether a "
         "project qualified for a discount, its costs or rebates; every discount is to be checked "
         "against its approval papers, and the class in a notice may be wrong."));
}

std::string AuditCsv(const SalesAudit& audit, const SampleTable& sales) {
  std::string out =
      "source,row,sample_id,county,land_class,method,date,term_years,price_yuan_per_sqm,"
      "standard_yuan_per_sqm,fate\n";
  for (const AuditedSale& sale : audit.sales) {
    const std::size_t row = sale.row;
    const std::int32_t term = sales.term_years[row];
    const int land_class = sales.land_class[row];
    out += CsvCell(sales.sources[sales.source[row]]) + ',' + std::to_string(sales.row[row]) + ',';
    out += CsvCell(sales.sample_id[row]) + ',';
    out += CsvCell(sales.counties.Name(sales.county[row])) + ',';
    out += (land_class != 0 ? std::to_string(land_class) : std::string()) + ',';
    out += CodeOfMethod(sales.method[row]) + ',';
    out += sales.date[row] != kNoDate ? FormatDate(FromDays(sales.date[row])) : std::string();
    out += ',' + (term != kMissing32 ? FormatDecimal(term, Years::kScale) : std::string()) + ',';
    out += sale.price != 0 ? FormatDecimal(sale.price, kPriceScale) : std::string();
    out += ',' + PriceText(sale.standard) + ',';
    out += CodeOf(sale.fate);
    out += '\n';
  }
  return out;
}

std::string AuditJson(const SalesAudit& audit, const Reference& reference, Language language) {
  json::Value value{json::Value::Object()};
  value.Add("rows", json::Value::Unsigned(audit.sales.size()));
  value.Add("fates", FateCountsValue(audit.counts));
  json::Value groups{json::Value::Array()};
  for (const AuditGroup& group : audit.groups) {
    json::Value one{json::Value::Object()};
    one.Add("county", json::Value::Text(group.county));
    one.Add("name", json::Value::Text(reference.CountyName(group.county)));
    one.Add("year", json::Value::Integer(group.year));
    one.Add("land_class",
            group.land_class != 0 ? json::Value::Integer(group.land_class) : json::Value());
    one.Add("fates", FateCountsValue(group.counts));
    groups.array()->push_back(std::move(one));
  }
  value.Add("groups", std::move(groups));
  value.Add("caution", json::Value(AuditCaution(language)));
  return json::ToPretty(value);
}

}  // namespace dijia::app
