// How long sessions last and how many there are.
#include "http/sessions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace dijia::test {
namespace {

using http::Instant;
using http::Sessions;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Instant kStart{hours(1)};

TEST(Sessions, AreFoundByTheirIdOnly) {
  Sessions sessions({});
  const std::string id = sessions.Begin("k1", kStart), other = sessions.Begin("k1", kStart);
  EXPECT_EQ(id.size(), 64U);
  EXPECT_NE(id, other);
  ASSERT_TRUE(sessions.Use(id, kStart));
  EXPECT_EQ(sessions.Use(id, kStart)->key, "k1");
  EXPECT_EQ(sessions.Use(id, kStart)->ends, kStart + hours(12));
  EXPECT_FALSE(sessions.Use("", kStart));
  EXPECT_FALSE(sessions.Use(id.substr(1), kStart));
  sessions.End(id);
  EXPECT_FALSE(sessions.Use(id, kStart));
  EXPECT_TRUE(sessions.Use(other, kStart));
}

TEST(Sessions, EndWhenIdleAndAtLast) {
  Sessions sessions({minutes(30), minutes(90), 16, 16});
  const std::string idle = sessions.Begin("k1", kStart), used = sessions.Begin("k1", kStart);
  EXPECT_TRUE(sessions.Use(used, kStart + minutes(29)));
  EXPECT_TRUE(sessions.Use(used, kStart + minutes(58)));
  EXPECT_TRUE(sessions.Use(used, kStart + minutes(87)));
  EXPECT_FALSE(sessions.Use(idle, kStart + minutes(30)));
  EXPECT_TRUE(sessions.Use(used, kStart + minutes(90) - seconds(1)));
  EXPECT_FALSE(sessions.Use(used, kStart + minutes(90)));
  EXPECT_EQ(sessions.count(), 0U) << "what has ended is forgotten";
}

// A request that was slow on its way does not make a session older.
TEST(Sessions, TheClockOfAnotherThreadMayBeBehind) {
  Sessions sessions({minutes(30), hours(12), 16, 16});
  const std::string id = sessions.Begin("k1", kStart);
  EXPECT_TRUE(sessions.Use(id, kStart + minutes(20)));
  EXPECT_TRUE(sessions.Use(id, kStart + minutes(1)));
  EXPECT_TRUE(sessions.Use(id, kStart + minutes(45)));
}

TEST(Sessions, OfAKeyTheOneIdleForLongestMakesRoom) {
  Sessions sessions({minutes(30), hours(12), 2, 16});
  const std::string first = sessions.Begin("k1", kStart);
  const std::string second = sessions.Begin("k1", kStart + seconds(1));
  const std::string other = sessions.Begin("k2", kStart);
  EXPECT_TRUE(sessions.Use(first, kStart + seconds(2)));
  const std::string third = sessions.Begin("k1", kStart + seconds(3));
  EXPECT_FALSE(sessions.Use(second, kStart + seconds(4)));
  for (const std::string& id : {first, third, other}) {
    EXPECT_TRUE(sessions.Use(id, kStart + seconds(4)));
  }
}

TEST(Sessions, OfAllTheOneIdleForLongestMakesRoom) {
  Sessions sessions({minutes(30), hours(12), 16, 3});
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(sessions.Begin("k" + std::to_string(i), kStart + seconds(i)));
  }
  EXPECT_TRUE(sessions.Use(ids[0], kStart + seconds(3)));
  ids.push_back(sessions.Begin("k9", kStart + seconds(4)));
  EXPECT_EQ(sessions.count(), 3U);
  EXPECT_FALSE(sessions.Use(ids[1], kStart + seconds(4)));
  // Those that have ended go first.
  const Instant late = kStart + minutes(33);
  EXPECT_TRUE(sessions.Use(ids[3], kStart + minutes(10)));
  const std::string last = sessions.Begin("k9", late);
  EXPECT_EQ(sessions.count(), 2U);
  EXPECT_TRUE(sessions.Use(ids[3], late));
  EXPECT_TRUE(sessions.Use(last, late));
}

TEST(Sessions, TheTokenIsOfOneSessionAndDoesNotGiveItAway) {
  const std::string id(64, 'a'), other(64, 'b');
  EXPECT_NE(http::CsrfTokenOf(id), http::CsrfTokenOf(other));
  EXPECT_EQ(http::CsrfTokenOf(id), http::CsrfTokenOf(id));
  EXPECT_EQ(http::CsrfTokenOf(id).find("aaaa"), std::string::npos);
}

}  // namespace
}  // namespace dijia::test
