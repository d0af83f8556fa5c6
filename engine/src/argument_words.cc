#include "argument_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "dijia/base/codes.h"

namespace dijia {
namespace {

struct CodeWords {
  std::string_view code, zh, en;
};

// A test holds them against data/reference/labels.csv.
constexpr CodeWords kWords[] = {
    {"used", "采用", "used"},
    {"unreadable", "单元格无法读取", "cell not readable"},
    {"not_market_sale", "非市场交易", "not a market sale"},
    {"no_price", "无价格", "no price"},
    {"no_date", "无日期", "no date"},
    {"mixed_use", "混合用途", "mixed use"},
    {"use_unknown", "用途不明", "use unknown"},
    {"use_not_planned", "方案不含此用途", "use not in the plan"},
    {"wrong_county", "不属本县", "other county"},
    {"wrong_area", "不属本定级范围", "other grading area"},
    {"outside_window", "不在样点期间", "outside the sample window"},
    {"grade_is_land_class", "级别栏为土地等别或未评估", "grade column holds the land class"},
    {"grade_missing", "无土地级别", "no grade"},
    {"grade_not_planned", "方案不含此级别", "grade not in the plan"},
    {"no_area", "无面积", "no area"},
    {"area_too_small", "面积过小", "area too small"},
    {"term_not_a_number", "使用年限不是数值", "term not a number"},
    {"term_missing", "无使用年限", "no term"},
    {"term_impossible", "使用年限不合理", "term impossible"},
    {"far_impossible", "容积率不合理", "floor area ratio impossible"},
    {"far_unknown", "无容积率", "floor area ratio unknown"},
    {"development_unknown", "开发程度不明", "development level unknown"},
    {"conversion_input_missing", "缺换算所需数据", "figure for the conversion missing"},
    {"price_implausible", "价格不合理", "price implausible"},
    {"excluded_by_decision", "人工剔除", "excluded by decision"},
    {"duplicate", "重复", "duplicate"},
    {"outlier", "异常值", "outlier"},
    {"include", "采用", "include"},
    {"exclude", "剔除", "exclude"},
    {"draft", "草案", "draft"},
    {"submitted", "已提交", "submitted"},
    {"approved", "已批准", "approved"},
    {"published", "已公布", "published"},
    {"superseded", "已被替代", "superseded"},
    {"withdrawn", "已撤回", "withdrawn"},
};

std::string WordsOf(std::string_view code, Language language) {
  const auto* const found = std::ranges::find(kWords, code, &CodeWords::code);
  return std::string(found == std::end(kWords) ? code : In(language, found->zh, found->en));
}

// The words of "a, b, c".
std::string WordsOfList(std::string_view codes, Language language) {
  constexpr std::string_view kComma = ", ";
  std::string words;
  for (std::size_t begin = 0; begin <= codes.size();) {
    const std::size_t end = std::min(codes.find(kComma, begin), codes.size());
    if (!words.empty()) words += In(language, "、", kComma);
    words += WordsOf(codes.substr(begin, end - begin), language);
    begin = end + kComma.size();
  }
  return words;
}

// What a sample is by its fate: a reason alone does not say that it is left out.
std::string StateWords(std::string_view fate, Language language) {
  const std::string words = WordsOf(fate, language);
  if (fate == "used") return words;
  return std::string(In(language, "不采用（", "left out (")) + words +
         std::string(In(language, "）", ")"));
}

enum class Kind : std::uint8_t { kWord, kList, kState };

struct Place {
  Code code;
  std::size_t index;
  Kind kind;
};

// Where texts have codes of samples and of publications.
constexpr Place kPlaces[] = {
    {Code::kInclusionNotPossible, 1, Kind::kWord},
    {Code::kInclusionNotPossible, 2, Kind::kList},
    {Code::kDecisionWithoutEffect, 1, Kind::kWord},
    {Code::kDecisionWithoutEffect, 2, Kind::kState},
    {Code::kTransitionNotAllowed, 1, Kind::kWord},
    {Code::kTransitionNotAllowed, 2, Kind::kWord},
    {Code::kTransitionNotAllowed, 3, Kind::kList},
    {Code::kSamePerson, 2, Kind::kWord},
    {Code::kNoDraftAnyMore, 1, Kind::kWord},
    {Code::kPersonNotRegistered, 2, Kind::kWord},
    {Code::kPersonLeft, 2, Kind::kWord},
    {Code::kPersonRoleTooLow, 2, Kind::kWord},
    {Code::kPersonOfOtherCounty, 2, Kind::kWord},
};

std::string InWords(std::string_view codes, Kind kind, Language language) {
  switch (kind) {
    case Kind::kWord:
      return WordsOf(codes, language);
    case Kind::kList:
      return WordsOfList(codes, language);
    case Kind::kState:
      return StateWords(codes, language);
  }
  return std::string(codes);
}

}  // namespace

bool HasWordsForCodes(Code code) {
  return std::ranges::find(kPlaces, code, &Place::code) != std::end(kPlaces);
}

std::vector<std::string> ArgumentsInWords(const Diagnostic& diagnostic, Language language) {
  std::vector<std::string> arguments = diagnostic.arguments;
  for (const Place& place : kPlaces) {
    if (place.code != diagnostic.code || place.index >= arguments.size()) continue;
    std::string& argument = arguments[place.index];
    argument = InWords(argument, place.kind, language);
  }
  return arguments;
}

}  // namespace dijia
