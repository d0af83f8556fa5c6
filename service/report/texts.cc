#include "report/texts.h"

#include <array>

namespace dijia::report {
namespace {

struct TextRow {
  std::string_view zh, en;
};

constexpr TextRow kTexts[] = {
#define DIJIA_REPORT_TEXT(name, zh, en) {zh, en},
#include "report/texts.def"
#undef DIJIA_REPORT_TEXT
};

}  // namespace

const std::size_t kTextCount = std::size(kTexts);

std::string_view Say(Text text, Language language) {
  const TextRow& row = kTexts[static_cast<std::size_t>(text)];
  return language == Language::kZh ? row.zh : row.en;
}

std::string Say(Text text, Language language, std::initializer_list<std::string_view> arguments) {
  std::string_view rest = Say(text, language);
  std::string said;
  while (!rest.empty()) {
    const std::size_t open = rest.find('{');
    said.append(rest.substr(0, open));
    if (open == std::string_view::npos) break;
    const auto index = static_cast<std::size_t>(rest[open + 1] - '0');
    if (index < arguments.size()) said.append(arguments.begin()[index]);
    rest.remove_prefix(open + 3);
  }
  return said;
}

Text SentenceOf(Fate fate) {
  constexpr std::array<Text, kFateCount> kSentences{
      Text::kFateUsed,
      Text::kFateUnreadable,
      Text::kFateNotMarketSale,
      Text::kFateNoPrice,
      Text::kFateDateMissing,
      Text::kFateMixedUse,
      Text::kFateUseUnknown,
      Text::kFateUseNotPlanned,
      Text::kFateWrongCounty,
      Text::kFateWrongArea,
      Text::kFateOutsideWindow,
      Text::kFateGradeMissing,
      Text::kFateGradeIsLandClass,
      Text::kFateGradeNotPlanned,
      Text::kFateAreaMissing,
      Text::kFateAreaTooSmall,
      Text::kFateTermMissing,
      Text::kFateTermNotANumber,
      Text::kFateTermImpossible,
      Text::kFateFarUnknown,
      Text::kFateFarImpossible,
      Text::kFateDevelopmentUnknown,
      Text::kFateConversionInput,
      Text::kFatePriceImplausible,
      Text::kFateDuplicate,
      Text::kFateOutlier,
  };
  static_assert(kSentences.back() == Text::kFateOutlier);
  return kSentences[static_cast<std::size_t>(fate)];
}

}  // namespace dijia::report
