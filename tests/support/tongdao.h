// The publication of tests/golden/tongdao.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "dijia/base/codes.h"
#include "dijia/publication.h"
#include "json/publication_codec.h"

namespace dijia::test {

inline const Publication& Tongdao() {
  static const Publication kPublication = [] {
    std::ifstream file(DIJIA_SOURCE_DIR "/tests/golden/tongdao/publication.json");
    std::stringstream text;
    text << file.rdbuf();
    Diagnostics diagnostics;
    const auto read = json::ReadPublication(text.str(), "publication.json", diagnostics);
    for (const Diagnostic& problem : diagnostics.kept()) {
      ADD_FAILURE() << Describe(problem, Language::kEn);
    }
    return read.value_or(Publication());
  }();
  return kPublication;
}

}  // namespace dijia::test
