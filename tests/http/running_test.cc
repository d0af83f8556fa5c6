// The service while it starts, is loaded, changes its rules and stops.
#include <atomic>
#include <fstream>
#include <set>
#include <thread>

#include "dijia/base/codes.h"
#include "http/batch.h"
#include "http/served.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

TEST(Stopping, WhatWasAcceptedIsFinishedAndNewRequestsAreRefused) {
  http::Limits limits = QuickLimits();
  limits.patience = std::chrono::seconds(5);
  Served served(limits);
  Client slow(served.port()), idle(served.port());
  idle.Send(RequestText("GET", "/healthz"));
  EXPECT_EQ(idle.Receive()->status, 200);
  // The answered request is still counted for a moment; the next count must be that of the slow
  // one.
  while (served.service.metrics.requests_in_flight.load() != 0) std::this_thread::yield();
  const std::string request = CaseRequest();
  slow.Send(request.substr(0, request.size() - 10));
  while (served.service.metrics.requests_in_flight.load() == 0) std::this_thread::yield();
  std::thread stop([&] { EXPECT_TRUE(served.server.Stop(std::chrono::seconds(5))); });
  EXPECT_TRUE(idle.HasEnded());
  const auto refused = Ask(served.port(), RequestText("GET", "/readyz"));
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->status, 503);
  EXPECT_EQ(TextAt(MustParse(refused->body), "code"), "DJ-6019");
  EXPECT_EQ(refused->Field("retry-after"), "1");
  slow.Send(request.substr(request.size() - 10));
  const auto reply = slow.Receive();
  stop.join();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_EQ(reply->Field("connection"), "close");
}

TEST(Stopping, AClientThatDoesNotGoOnIsCutOffInTime) {
  http::Limits limits = QuickLimits();
  limits.patience = std::chrono::seconds(60);
  Served served(limits);
  Client stuck(served.port());
  const std::string request = CaseRequest();
  stuck.Send(request.substr(0, request.size() - 10));
  while (served.service.metrics.requests_in_flight.load() == 0) std::this_thread::yield();
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(served.server.Stop(std::chrono::milliseconds(200)));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(3));
}

TEST(Stopping, ABatchThatDoesNotReadOrWriteIsCutOffInTime) {
  const http::Handler endless = [](http::Exchange& exchange) -> http::Response {
    for (;;) http::AllowToGoOn(exchange, http::Batch(), 0);
  };
  const http::Route routes[] = {{"GET", "/endless", endless, ""}};
  Served served(QuickLimits(), routes);
  Client client(served.port());
  client.Send(RequestText("GET", "/endless"));
  while (served.service.metrics.requests_in_flight.load() == 0) std::this_thread::yield();
  EXPECT_FALSE(served.server.Stop(std::chrono::milliseconds(100)));
  EXPECT_FALSE(client.Receive());
}

TEST(Busy, WithEveryConnectionAtWorkANewOneHearsOfIt) {
  http::Limits limits = QuickLimits();
  limits.connections = 2;
  limits.patience = std::chrono::seconds(5);
  Served served(limits);
  Client a(served.port()), b(served.port());
  const std::string half = CaseRequest().substr(0, CaseRequest().size() - 10);
  a.Send(half);
  b.Send(half);
  while (served.service.metrics.requests_in_flight.load() < 2) std::this_thread::yield();
  const auto reply = Ask(served.port(), RequestText("GET", "/healthz"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 503);
  EXPECT_EQ(TextAt(MustParse(reply->body), "code"), "DJ-6018");
}

void SetVersion(const fs::path& packs, const std::string& version) {
  const fs::path file = packs / "cn-150000/pack.toml";
  std::string text = Contents(file);
  const std::size_t begin = text.find("version = \"") + 11;
  text.replace(begin, text.find('"', begin) - begin, version);
  Put(file, text);
}

TEST(Rules, AreSwappedWithoutAMixedAnswer) {
  const TemporaryFolder folder;
  fs::copy(fs::path(DIJIA_SOURCE_DIR) / "rules/packs", folder / "packs",
           fs::copy_options::recursive);
  Served served(QuickLimits(), http::Routes(), folder / "packs");
  std::atomic<bool> done{false};
  std::mutex mutex;
  std::set<std::string> seen;
  std::vector<std::thread> clients;
  for (int i = 0; i < 2; ++i) {
    clients.emplace_back([&] {
      Client client(served.port());
      while (!done) {
        client.Send(CaseRequest());
        const auto reply = client.Receive();
        ASSERT_TRUE(reply);
        const json::Value answer = MustParse(reply->body);
        const json::Value& pack = *answer.Find("rule_pack");
        const std::lock_guard lock(mutex);
        seen.insert(TextAt(pack, "version") + " " + TextAt(pack, "sha256"));
      }
    });
  }
  std::set<std::string> expected;
  for (int i = 0; i < 4; ++i) {
    const auto& pack = served.rules.Now()->pack();
    expected.insert(pack.version + " " + pack.sha256);
    if (i == 3) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    SetVersion(folder / "packs", "2027.1." + std::to_string(i));
    EXPECT_TRUE(served.rules.Changed());
    Diagnostics problems;
    EXPECT_EQ(served.rules.Read(problems), http::RulesInForce::Reload::kReplaced);
    EXPECT_EQ(problems.total(), 0U);
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  done = true;
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(seen, expected);
}

TEST(Rules, APackWithMistakesIsNotTaken) {
  const TemporaryFolder folder;
  fs::copy(fs::path(DIJIA_SOURCE_DIR) / "rules/packs", folder / "packs",
           fs::copy_options::recursive);
  Served served(QuickLimits(), http::Routes(), folder / "packs");
  const std::string before = served.rules.Now()->pack().sha256;
  Put(folder / "packs/cn-150000/pack.toml", "[pack]\nid = \"cn-150000\"\nversion = 7\n");
  Diagnostics problems;
  EXPECT_EQ(served.rules.Read(problems), http::RulesInForce::Reload::kKept);
  EXPECT_GT(problems.errors(), 0U);
  EXPECT_EQ(served.rules.Now()->pack().sha256, before);
  EXPECT_EQ(Ask(served.port(), CaseRequest())->status, 200);
}

TEST(Address, OnlyLiteralAddressesWithAPortAreUnderstood) {
  for (const char* good : {"127.0.0.1:0", "[::1]:8080", "localhost:80"}) {
    const auto address = http::ParseListenAddress(good);
    ASSERT_TRUE(address) << good;
    EXPECT_TRUE(address->loopback) << good;
  }
  EXPECT_FALSE(http::ParseListenAddress("0.0.0.0:80")->loopback);
  for (const char* bad : {"", "8080", ":8080", "example.org:80", "127.0.0.1:", "127.0.0.1:99999",
                          "::1:80", "127.0.0.1:8x"}) {
    const auto address = http::ParseListenAddress(bad);
    ASSERT_FALSE(address) << bad;
    EXPECT_EQ(address.error().code, Code::kNotAnAddress);
  }
}

}  // namespace
}  // namespace dijia::test
