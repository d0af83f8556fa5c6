#include <gtest/gtest.h>

#include "cli/command.h"
#include "dijia/base/codes.h"

namespace dijia::cli {
namespace {

TEST(ParseFault, NamesTheOptionInOurOwnWords) {
  const Diagnostic missing = ParseFault("--out: 1 required TEXT missing");
  EXPECT_EQ(missing.code, Code::kOptionWithoutValue);
  EXPECT_EQ(missing.arguments, std::vector<std::string>{"--out"});
  EXPECT_EQ(ParseFault("--out: At Most 1 required but received 2").code, Code::kOptionTwice);
  EXPECT_EQ(ParseFault("Could not convert: --force = yes").arguments,
            std::vector<std::string>{"--force"});
}

TEST(ParseFault, PassesOnWhatItDoesNotKnow) {
  for (const char* message : {"something else", "--out: something else"}) {
    const Diagnostic other = ParseFault(message);
    EXPECT_EQ(other.code, Code::kBadCommandLine);
    EXPECT_EQ(other.arguments, std::vector<std::string>{message});
  }
}

}  // namespace
}  // namespace dijia::cli
