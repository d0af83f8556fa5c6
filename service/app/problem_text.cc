#include "app/problem_text.h"

#include "dijia/base/codes.h"

namespace dijia::app {
namespace {

void Append(const Diagnostic& problem, Language language, std::string& text) {
  if (!text.empty()) text += "; ";
  text += CodeId(problem.code);
  if (!problem.where.field.empty()) text += " [" + problem.where.field + "]";
  text += ": " + TextOf(problem, language);
}

}  // namespace

std::string ProblemText(const Diagnostics& problems, Language language) {
  std::string text;
  for (const Diagnostic& problem : problems.kept()) {
    if (RowOf(problem.code).severity == Severity::kError) Append(problem, language, text);
  }
  return text;
}

std::string NoteText(const std::vector<Diagnostic>& notes, Language language) {
  std::string text;
  for (const Diagnostic& note : notes) Append(note, language, text);
  return text;
}

}  // namespace dijia::app
