// Wrong keys by address.
#include "http/failed_attempts.h"

#include <gtest/gtest.h>

namespace dijia::test {
namespace {

using http::FailedAttempts;
using std::chrono::milliseconds;
using std::chrono::seconds;

const FailedAttempts::Clock::time_point kStart{std::chrono::hours(1)};

TEST(FailedAttempts, BeyondTheMostAnAddressWaitsForTheEndOfItsTime) {
  FailedAttempts attempts(2, seconds(60));
  EXPECT_FALSE(attempts.Wait("a", kStart));
  attempts.Count("a", kStart);
  EXPECT_FALSE(attempts.Wait("a", kStart + seconds(10)));
  attempts.Count("a", kStart + seconds(10));
  EXPECT_EQ(attempts.Wait("a", kStart + seconds(20)), seconds(40));
  EXPECT_EQ(attempts.Wait("a", kStart + milliseconds(59'500)), seconds(1));
  EXPECT_FALSE(attempts.Wait("b", kStart + seconds(20))) << "others do not wait";
  EXPECT_FALSE(attempts.Wait("a", kStart + seconds(60)));
  attempts.Count("a", kStart + seconds(61));
  EXPECT_FALSE(attempts.Wait("a", kStart + seconds(61))) << "it begins anew";
  attempts.Count("a", kStart + seconds(62));
  EXPECT_EQ(attempts.Wait("a", kStart + seconds(62)), seconds(59));
}

TEST(FailedAttempts, OfTooManyAddressesTheFirstIsForgotten) {
  FailedAttempts attempts(1, seconds(60), 2);
  attempts.Count("a", kStart);
  attempts.Count("b", kStart + seconds(1));
  attempts.Count("c", kStart + seconds(2));
  EXPECT_TRUE(attempts.Wait("b", kStart + seconds(3)));
  EXPECT_TRUE(attempts.Wait("c", kStart + seconds(3)));
  EXPECT_FALSE(attempts.Wait("a", kStart + seconds(4)));
}

TEST(FailedAttempts, AnIpv6CustomerIsOneAddress) {
  EXPECT_EQ(http::NetworkOf("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(http::NetworkOf("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(http::NetworkOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(http::NetworkOf("2001:db8:1:2::9"), "2001:db8:1:2::/64");
  EXPECT_EQ(http::NetworkOf(""), "");
}

}  // namespace
}  // namespace dijia::test
