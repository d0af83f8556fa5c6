#include "report/texts.h"

#include <iterator>

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
  switch (fate) {
    case Fate::kUsed:
      return Text::kFateUsed;
    case Fate::kUnreadable:
      return Text::kFateUnreadable;
    case Fate::kNotMarketSale:
      return Text::kFateNotMarketSale;
    case Fate::kNoPrice:
      return Text::kFateNoPrice;
    case Fate::kDateMissing:
      return Text::kFateDateMissing;
    case Fate::kMixedUse:
      return Text::kFateMixedUse;
    case Fate::kUseUnknown:
      return Text::kFateUseUnknown;
    case Fate::kUseNotPlanned:
      return Text::kFateUseNotPlanned;
    case Fate::kWrongCounty:
      return Text::kFateWrongCounty;
    case Fate::kWrongArea:
      return Text::kFateWrongArea;
    case Fate::kOutsideWindow:
      return Text::kFateOutsideWindow;
    case Fate::kGradeIsLandClass:
      return Text::kFateGradeIsLandClass;
    case Fate::kGradeMissing:
      return Text::kFateGradeMissing;
    case Fate::kGradeNotPlanned:
      return Text::kFateGradeNotPlanned;
    case Fate::kAreaMissing:
      return Text::kFateAreaMissing;
    case Fate::kAreaTooSmall:
      return Text::kFateAreaTooSmall;
    case Fate::kTermNotANumber:
      return Text::kFateTermNotANumber;
    case Fate::kTermMissing:
      return Text::kFateTermMissing;
    case Fate::kTermImpossible:
      return Text::kFateTermImpossible;
    case Fate::kFarImpossible:
      return Text::kFateFarImpossible;
    case Fate::kFarUnknown:
      return Text::kFateFarUnknown;
    case Fate::kDevelopmentUnknown:
      return Text::kFateDevelopmentUnknown;
    case Fate::kConversionInput:
      return Text::kFateConversionInput;
    case Fate::kPriceImplausible:
      return Text::kFatePriceImplausible;
    case Fate::kExcluded:
      return Text::kFateExcluded;
    case Fate::kDuplicate:
      return Text::kFateDuplicate;
    case Fate::kOutlier:
      return Text::kFateOutlier;
  }
  return Text::kFateUnreadable;
}

}  // namespace dijia::report
