// The words of codes among the arguments of a diagnostic. It is made in no language: why a sample
// is left out, or what a publication is, stands in it as a code, and is said when its text is.
#pragma once

#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"

namespace dijia {

// Whether a text has arguments that are such codes: the fates of samples, decisions on them, the
// status of a publication.
bool HasWordsForCodes(Code code);

// The arguments with such codes in words, as data/reference/labels.csv names them; the others, and
// codes that are not known, as they are.
std::vector<std::string> ArgumentsInWords(const Diagnostic& diagnostic, Language language);

}  // namespace dijia
