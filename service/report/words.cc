#include "report/words.h"

#include <cmath>
#include <string_view>
#include <utility>

#include "report/number_text.h"
#include "report/texts.h"

namespace dijia::report {

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
  words += " (" + Percent(interval->coverage, 1) + " %)";
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
      {"publication", Text::kFileEarlier},
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
  for (std::string& argument : note.arguments) {
    const bool is_code = argument.find_first_not_of("0123456789.") != std::string::npos;
    if (is_code && labels.Has(argument)) argument = labels.Of(argument, language);
  }
  return TextOf(note, language);
}

}  // namespace dijia::report
