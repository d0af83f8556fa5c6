#include "report/words.h"

#include <cmath>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "dijia/base/codes.h"
#include "report/number_text.h"
#include "report/texts.h"

namespace dijia::report {
namespace {

// What a number among the arguments of a note is.
enum class Meaning : std::uint8_t { kFigure, kGrade, kName };

struct ArgumentRow {
  Code code;
  std::size_t index;
  Meaning meaning;
};

// Numbers that are not figures.
constexpr ArgumentRow kArguments[] = {
    {Code::kGradeOrderContradicted, 0, Meaning::kGrade},
    {Code::kGradeOrderContradicted, 3, Meaning::kGrade},
    {Code::kGradeOrderByChance, 0, Meaning::kGrade},
    {Code::kGradeOrderByChance, 3, Meaning::kGrade},
    {Code::kCarriedForward, 0, Meaning::kName},
    {Code::kGradeRatioUsed, 0, Meaning::kGrade},
    {Code::kResidentialAboveCommercial, 0, Meaning::kName},
    {Code::kResidentialAboveCommercial, 1, Meaning::kName},
    {Code::kResidentialAboveCommercial, 2, Meaning::kGrade},
    {Code::kIndexNotEstimated, 0, Meaning::kName},
    {Code::kFarExponentNotEstimated, 0, Meaning::kName},
};

Meaning MeaningOf(Code code, std::size_t index) {
  for (const ArgumentRow& row : kArguments) {
    if (row.code == code && row.index == index) return row.meaning;
  }
  return Meaning::kFigure;
}

std::string NumberWords(const std::string& number, Meaning meaning, Language language) {
  if (meaning == Meaning::kFigure) return WithThousands(number);
  const bool is_grade = meaning == Meaning::kGrade && !number.empty() && number.size() < 3;
  return is_grade ? GradeText(std::atoi(number.c_str()), language) : number;
}

}  // namespace

std::string MethodWords(std::string_view method, const Labels& labels, Language language) {
  if (method.empty()) return "—";
  const std::size_t colon = method.find(':');
  const std::string_view kind = labels.Of(method.substr(0, colon), language);
  if (colon == std::string_view::npos) return std::string(kind);
  return Say(Text::kMethodWith, language, {kind, labels.Of(method.substr(colon + 1), language)});
}

std::string IntervalWords(const std::optional<Interval>& interval, Language language) {
  if (!interval) return "—";
  const int decimals = DecimalsFor(interval->low);
  std::string words = Say(Text::kIntervalText, language,
                          {Fixed(interval->low, decimals), Fixed(interval->high, decimals)});
  if (std::abs(interval->coverage - 0.95) < 5e-4) return words;
  words += " (" + Percent(interval->coverage, 1) + ")";
  return words;
}

std::string FarWords(const BenchmarkConditions& conditions, Language language) {
  std::string words;
  const auto add = [&](const std::string& part) {
    if (!words.empty()) words += Say(Text::kSemicolon, language);
    words += part;
  };
  for (const auto& [grade, far] : conditions.far_by_grade) {
    add(Say(Text::kFarOfGrade, language, {GradeText(grade, language), FarText(far)}));
  }
  if (conditions.far) {
    add(words.empty() ? FarText(*conditions.far)
                      : Say(Text::kFarOtherGrades, language, {FarText(*conditions.far)}));
  }
  return words.empty() ? std::string(Say(Text::kNotSet, language)) : words;
}

std::string FlagWords(const CellChecks& checks, Language language) {
  std::string words;
  const auto add = [&](bool set, Text word) {
    if (!set) return;
    if (!words.empty()) words += Say(Text::kSemicolon, language);
    words += Say(word, language);
  };
  add(checks.cv_above_limit, Text::kFlagCv);
  add(checks.two_populations, Text::kFlagTwoPopulations);
  add(checks.rejection_capped, Text::kFlagCapped);
  return words.empty() ? "—" : words;
}

std::string FileWords(const std::string& contents, Language language) {
  static constexpr std::pair<std::string_view, Text> kKinds[] = {
      {"samples", Text::kFileSamples},     {"plan", Text::kFilePlan},
      {"mapping", Text::kFileMapping},     {"reference", Text::kFileReference},
      {"publication", Text::kFileEarlier}, {"decisions", Text::kFileDecisions},
  };
  for (const auto& [kind, words] : kKinds) {
    if (kind == contents) return std::string(Say(words, language));
  }
  return contents;
}

std::string PlaceName(const PublicationView& view) {
  const std::string county =
      view.county_name.empty() ? std::string(view.CountyCode()) : view.county_name;
  return county + std::string(view.AreaName());
}

std::string NoteWords(Diagnostic note, const Labels& labels, Language language) {
  for (std::size_t i = 0; i < note.arguments.size(); ++i) {
    std::string& argument = note.arguments[i];
    const bool is_number = argument.find_first_not_of("0123456789.") == std::string::npos;
    if (is_number) {
      argument = NumberWords(argument, MeaningOf(note.code, i), language);
    } else if (labels.Has(argument.substr(0, argument.find(':')))) {
      argument = MethodWords(argument, labels, language);
    }
  }
  return TextOf(note, language);
}

}  // namespace dijia::report
