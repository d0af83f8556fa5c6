#include "dijia/base/key_depth.h"

#include <gtest/gtest.h>

#include <string>

namespace dijia {
namespace {

TEST(DeepestKey, CountsTheStepsOfKeysAndHeaders) {
  EXPECT_EQ(DeepestKey(""), 0U);
  EXPECT_EQ(DeepestKey("# a.b.c\n\n"), 0U);
  EXPECT_EQ(DeepestKey("a = 1"), 1U);
  EXPECT_EQ(DeepestKey("[a.b . c]\nd.e = { f.g.h.i = 1 }"), 4U);
  EXPECT_EQ(DeepestKey("[a]\n[b]\n[c.d]"), 2U);
}

TEST(DeepestKey, TakesAQuotedStepForOne) {
  EXPECT_EQ(DeepestKey("\"a.b.c\".d = 1"), 2U);
  EXPECT_EQ(DeepestKey("'a.b.c' . \"\\\".x.y\" = 1"), 2U);
}

TEST(DeepestKey, LooksIntoNoText) {
  EXPECT_EQ(DeepestKey("a = \"x.y.z.z.z \\\" .a.b.c.d\""), 1U);
  EXPECT_EQ(DeepestKey("a = '''x.y\n.z.z.z ' .a'''\nb = \"\"\"\na.b.c.d \\\"\"\" .e.f\"\"\""), 1U);
  EXPECT_EQ(DeepestKey("a = \"unclosed\nb.c = 1"), 2U);
}

TEST(DeepestKey, EndsAtTheEndOfATextThatIsNotToml) {
  for (const std::string text : {"\"", "'", "\"\"\"", "'''a", "\"\\", ".", "a.", "#", "[[["}) {
    EXPECT_LE(DeepestKey(text), 2U) << text;
  }
  EXPECT_EQ(DeepestKey("a" + std::string(100'000, '.') + "a"), 100'001U);
}

}  // namespace
}  // namespace dijia
