// Checks kept over HTTP.
#include <algorithm>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "dijia/base/codes.h"
#include "http/county.h"
#include "http/schema.h"
#include "http/served.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;

constexpr const char* kPath = "/v1/reserve-price-checks";

std::string CaseOf(const std::string& id, const std::string& county = "150304",
                   const std::string& price = "90") {
  return R"({"case_id": ")" + id + R"(", "county": ")" + county +
         R"(", "land_class": 14, "use": "industrial", "method": "listing",)" + "\n" +
         R"("decided_on": "2023-05-01", "area_sqm": 10000, "term_years": 50, "cost_yuan_per_sqm": 40,
"price": {"amount": )" +
         price + R"(, "unit": "yuan_per_sqm", "kind": "reserve"}})";
}

class KeptOverHttp : public testing::Test {
 protected:
  KeptOverHttp() {
    clerk_ = county_.AddKey("张三", Role::kClerk);
    viewer_ = county_.AddKey("李四", Role::kViewer);
    served_.emplace(QuickLimits(), http::Routes(),
                    std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", county_.Source(),
                    county_.Keys(), county_.Desk());
  }
  // A key that the running service knows.
  std::string NewKey(const std::string& name, Role role, const std::string& county) {
    const std::string key = county_.AddKey(name, role, county);
    EXPECT_TRUE(served_->keys.Read());
    return key;
  }
  static Reply CallAt(const Served& served, const std::string& method, const std::string& target,
                      const std::string& key, const std::string& body = "",
                      const std::string& fields = "") {
    std::string head = fields + "Accept-Language: en\r\n";
    if (method == "POST") head += "Content-Type: application/json\r\n";
    if (!key.empty()) head += "Authorization: Bearer " + key + "\r\n";
    const auto reply = Ask(served.port(), RequestText(method, target, body, head));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  Reply Call(const std::string& method, const std::string& target, const std::string& key,
             const std::string& body = "", const std::string& fields = "") {
    return CallAt(*served_, method, target, key, body, fields);
  }
  Reply Keep(const std::string& body, const std::string& key, const std::string& fields = "") {
    return Call("POST", kPath + std::string("?keep=1"), key, body, fields);
  }
  static void Expect(const Reply& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code) << reply.body;
  }
  static std::string KeptId(const Reply& reply) {
    const Value answer = MustParse(reply.body);
    const Value* kept = answer.Find("kept");
    return kept == nullptr ? "" : TextAt(*kept, "id");
  }
  // The ids of the kept checks that a target gives, and what comes next.
  std::vector<std::string> Listed(const std::string& query, const std::string& key) {
    const Reply reply = Call("GET", "/v1/kept-checks" + query, key);
    EXPECT_EQ(reply.status, 200) << reply.body;
    const Value answer = MustParse(reply.body);
    std::vector<std::string> ids;
    for (const Value& check : *answer.Find("checks")->array()) ids.push_back(TextAt(check, "id"));
    if (answer.Find("next")->text() != nullptr) ids.push_back("then " + TextAt(answer, "next"));
    return ids;
  }

  County county_;
  std::string clerk_, viewer_;
  std::optional<Served> served_;
};

using Ids = std::vector<std::string>;

TEST_F(KeptOverHttp, ACheckIsKeptAsItWasSentAndAnswered) {
  const std::string body = CaseOf("A-1");
  const Reply plain = Call("POST", kPath, clerk_, body);
  const Reply kept = Keep(body, clerk_);
  ASSERT_EQ(kept.status, 200) << kept.body;
  EXPECT_EQ(KeptId(kept), "150304-1");
  EXPECT_EQ(kept.Field("location"), "/v1/kept-checks/150304-1");
  const std::string check = plain.body.substr(0, plain.body.rfind('}'));
  EXPECT_TRUE(kept.body.starts_with(check)) << kept.body;

  const Reply shown = Call("GET", kept.Field("location"), clerk_);
  ASSERT_EQ(shown.status, 200);
  const Value one = MustParse(shown.body), answer = MustParse(kept.body);
  EXPECT_EQ(TextAt(one, "verdict"), TextAt(answer, "verdict"));
  EXPECT_EQ(TextAt(one, "deciding_rule"), TextAt(answer, "deciding_rule"));
  EXPECT_EQ(one.Find("lawful_minimum_yuan_per_sqm")->Shown(),
            answer.Find("lawful_minimum_yuan_per_sqm")->Shown());
  EXPECT_EQ(json::ToLine(*one.Find("rule_pack")), json::ToLine(*answer.Find("rule_pack")));
  EXPECT_EQ(TextAt(one, "actor"), "张三");
  EXPECT_EQ(TextAt(one, "hash"), TextAt(*answer.Find("kept"), "hash"));
  EXPECT_EQ(json::ToLine(*one.Find("case")), json::ToLine(MustParse(body)));
  EXPECT_EQ(one.Find("clauses")->array()->size(), answer.Find("findings")->array()->size());

  EXPECT_EQ(KeptId(Call("POST", kPath + std::string("?inverse=1&keep=1"), clerk_, body)),
            "150304-2");
  EXPECT_EQ(Call("POST", kPath + std::string("?keep=0"), clerk_, body).body, plain.body);
  EXPECT_EQ(Listed("", clerk_), (Ids{"150304-1", "150304-2"}));

  const Value openapi = MustParse(Call("GET", "/openapi.json", "").body);
  const Value& schemas = *openapi.Find("components")->Find("schemas");
  Validate(answer, *schemas.Find("Check"), schemas, "Check");
  Validate(one, *schemas.Find("KeptCheck"), schemas, "KeptCheck");
  Validate(MustParse(Call("GET", "/v1/kept-checks", clerk_).body), *schemas.Find("KeptChecks"),
           schemas, "KeptChecks");
}

TEST_F(KeptOverHttp, WhatCannotBeKeptIsRefusedAndNothingIsKept) {
  Expect(Keep(CaseOf("A-1"), ""), 401, "DJ-6028");
  Expect(Keep(CaseOf("A-1"), viewer_), 403, "DJ-6030");
  Expect(Keep(R"({"case_id": "A-1", "land_class": 14})", clerk_), 422, "DJ-7061");
  Expect(Keep(R"({"case_id": 1, "county": "here"})", clerk_), 422, "DJ-6023");
  Expect(Call("POST", kPath + std::string("?keep=yes"), clerk_, CaseOf("A-1")), 400, "DJ-6017");
  Expect(Call("GET", "/v1/kept-checks", viewer_), 403, "DJ-6030");
  Expect(Call("GET", "/v1/kept-checks/150304-1", clerk_), 404, "DJ-7062");
  Expect(Call("GET", "/v1/kept-checks/x", clerk_), 404, "DJ-7062");
  EXPECT_EQ(Listed("", clerk_), Ids());
}

TEST_F(KeptOverHttp, AKeyOfACountyKeepsAndReadsItsOwn) {
  const std::string ours = NewKey("王五", Role::kClerk, "150304");
  EXPECT_EQ(KeptId(Keep(CaseOf("A-1"), ours)), "150304-1");
  Expect(Keep(CaseOf("A-1", "152502"), ours), 403, "DJ-6031");
  EXPECT_EQ(KeptId(Keep(CaseOf("A-1", "152502"), clerk_)), "152502-1");
  EXPECT_EQ(Listed("", ours), Ids{"150304-1"});
  EXPECT_EQ(Listed("", clerk_), (Ids{"150304-1", "152502-1"}));
  Expect(Call("GET", "/v1/kept-checks?county=152502", ours), 403, "DJ-6031");
  Expect(Call("GET", "/v1/kept-checks/152502-1", ours), 403, "DJ-6031");
}

TEST_F(KeptOverHttp, TheyAreListedPageByPage) {
  for (int i = 1; i <= 5; ++i) {
    Keep(CaseOf("A-" + std::to_string(i), "150304", i % 2 == 0 ? "1" : "90"), clerk_);
  }
  EXPECT_EQ(Listed("?limit=2", clerk_), (Ids{"150304-1", "150304-2", "then 150304-2"}));
  EXPECT_EQ(Listed("?limit=2&after=150304-4", clerk_), Ids{"150304-5"});
  EXPECT_EQ(Listed("?limit=5", clerk_).size(), 5U);
  EXPECT_EQ(Listed("?verdict=unlawful", clerk_), (Ids{"150304-2", "150304-4"}));
  EXPECT_EQ(Listed("?county=150304&from=2026-01-01", clerk_).size(), 5U);
  EXPECT_EQ(Listed("?until=2026-01-01", clerk_), Ids());
  for (const char* query : {"?limit=0", "?limit=1001", "?limit=x", "?verdict=good", "?from=x"}) {
    EXPECT_EQ(Call("GET", std::string("/v1/kept-checks") + query, clerk_).status, 400) << query;
  }
}

TEST_F(KeptOverHttp, AnIdempotencyKeyKeepsOnce) {
  const std::string once = "Idempotency-Key: 7b0c\r\n";
  const Reply first = Keep(CaseOf("A-1"), clerk_, once);
  EXPECT_EQ(Keep(CaseOf("A-1"), clerk_, once).body, first.body);
  Expect(Keep(CaseOf("A-2"), clerk_, once), 422, "DJ-6034");
  Expect(Keep(CaseOf("A-2"), clerk_, "Idempotency-Key: a b\r\n"), 400, "DJ-6033");
  EXPECT_EQ(Listed("", clerk_), Ids{"150304-1"});
}

// Those that come at once share a commit; each has its own entry, requests that are one have one.
TEST_F(KeptOverHttp, ManyAtOnceAreAllKept) {
  constexpr int kCallers = 12, kRounds = 5;
  std::mutex mutex;
  std::multiset<std::string> ids;
  {
    std::vector<std::jthread> callers;
    for (int caller = 0; caller < kCallers; ++caller) {
      callers.emplace_back([&, caller] {
        for (int round = 0; round < kRounds; ++round) {
          // The first four callers send the same requests.
          const std::string name = std::to_string(caller < 4 ? 0 : caller) + std::to_string(round);
          const Reply reply = Keep(CaseOf(name), clerk_, "Idempotency-Key: k" + name + "\r\n");
          EXPECT_EQ(reply.status, 200) << reply.body;
          const std::lock_guard lock(mutex);
          ids.insert(KeptId(reply));
        }
      });
    }
  }
  constexpr std::size_t kKept = std::size_t{kCallers - 3} * kRounds;
  EXPECT_EQ(ids.size(), std::size_t{kCallers} * kRounds);
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), kKept);
  EXPECT_EQ(Listed("?limit=1000", clerk_).size(), kKept);
}

TEST(KeptOverHttpWithoutKeys, NobodyKeeps) {
  const County county;
  Served served(QuickLimits(), http::Routes(),
                std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", county.Source(),
                county.Keys(), county.Desk());
  const auto reply =
      Ask(served.port(), RequestText("POST", kPath + std::string("?keep=1"), CaseOf("A-1"),
                                     "Content-Type: application/json\r\n"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 401);
  EXPECT_EQ(TextAt(MustParse(reply->body), "code"), "DJ-6028");
}

TEST(KeptOverHttpWithoutStore, NothingCanBeKept) {
  Served served(QuickLimits());
  const auto reply =
      Ask(served.port(), RequestText("POST", kPath + std::string("?keep=1"), CaseOf("A-1"),
                                     "Content-Type: application/json\r\n"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 409);
  EXPECT_EQ(TextAt(MustParse(reply->body), "code"), "DJ-6040");
  const auto listed = Ask(served.port(), RequestText("GET", "/v1/kept-checks", "", ""));
  ASSERT_TRUE(listed);
  EXPECT_EQ(listed->body, R"({"checks": [], "next": null})");
}

}  // namespace
}  // namespace dijia::test
