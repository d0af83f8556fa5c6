// Publications on their way to becoming the law, read by those who work on them.
#include <optional>
#include <string>
#include <vector>

#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;

class Desk : public testing::Test {
 protected:
  Desk() {
    viewer_ = county_.AddKey("交易平台", Role::kViewer);
    clerk_ = county_.AddKey("张三", Role::kClerk);
    ours_ = county_.AddKey("李四", Role::kApprover, "431230");
    theirs_ = county_.AddKey("赵六", Role::kApprover, "150102");
    county_.Publish(Round("td-2022", "2022-07-01", "600"), "2022-05-01");
    county_.Import(Round("td-2026", "2026-07-01", "710"), "2026-05-01");
    served_.emplace(QuickLimits(), http::Routes(),
                    std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", county_.Source(),
                    county_.Keys(), county_.Desk());
  }
  Reply Get(const std::string& target, const std::string& key, const std::string& fields = "") {
    const auto reply =
        Ask(served_->port(),
            RequestText("GET", target, {},
                        "Accept-Language: en\r\nAuthorization: Bearer " + key + "\r\n" + fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  static std::string CodeIn(const Reply& reply) { return TextAt(MustParse(reply.body), "code"); }
  // `id status` of what is on the desk.
  std::vector<std::string> Listed(const std::string& key, const std::string& query = "") {
    const Value desk = MustParse(Get("/v1/desk" + query, key).body);
    std::vector<std::string> listed;
    for (const Value& one : *desk.Find("publications")->array()) {
      listed.push_back(TextAt(one, "id") + " " + TextAt(one, "status"));
    }
    return listed;
  }

  County county_;
  std::string viewer_, clerk_, ours_, theirs_;
  std::optional<Served> served_;
};

using Lines = std::vector<std::string>;

TEST_F(Desk, HasEveryPublicationWithItsLastAct) {
  EXPECT_EQ(Listed(clerk_), (Lines{"td-2026 draft", "td-2022 published"})) << "last act first";
  county_.Move("td-2026", PublicationStatus::kSubmitted, "甲", "2026-05-02");
  const Reply reply = Get("/v1/desk", clerk_);
  const Value desk = MustParse(reply.body);
  Validate(desk, *http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn).Find("Desk"),
           http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn), "desk");
  const Value& first = desk.Find("publications")->array()->front();
  EXPECT_EQ(TextAt(first, "status"), "submitted");
  EXPECT_EQ(TextAt(first, "actor"), "甲");
  EXPECT_EQ(TextAt(first, "submitted_by"), "甲");
  EXPECT_EQ(TextAt(first, "title"), Tongdao().title);
  EXPECT_EQ(TextAt(first, "base_date"), FormatDate(Tongdao().base_date));
  EXPECT_EQ(first.Find("uses")->array()->size(), Tongdao().uses.size());
  EXPECT_EQ(Get("/v1/desk", clerk_, "If-None-Match: " + reply.Field("etag") + "\r\n").status, 304);
  county_.Move("td-2026", PublicationStatus::kWithdrawn, "甲", "2026-05-03");
  EXPECT_EQ(Listed(clerk_), (Lines{"td-2026 withdrawn", "td-2022 published"}));
  EXPECT_EQ(Get("/v1/desk", clerk_, "If-None-Match: " + reply.Field("etag") + "\r\n").status, 200);
}

TEST_F(Desk, IsOfOneCountyForThoseOfOne) {
  EXPECT_EQ(Listed(ours_), (Lines{"td-2026 draft", "td-2022 published"}));
  EXPECT_EQ(Listed(theirs_), Lines{});
  EXPECT_EQ(Listed(clerk_, "?county=150102"), Lines{});
  const Reply reply = Get("/v1/desk?county=431230", theirs_);
  EXPECT_EQ(reply.status, 403);
  EXPECT_EQ(CodeIn(reply), "DJ-6031");
}

TEST_F(Desk, DraftsAreReadByThoseWhoWorkOnThem) {
  const std::string base = "/v1/publications/td-2026";
  for (const std::string& key : {clerk_, ours_}) {
    const Value document = MustParse(Get(base, key).body);
    EXPECT_EQ(TextAt(document, "status"), "draft");
    EXPECT_EQ(TextAt(document, "id"), "td-2026");
    const Value prices = MustParse(Get(base + "/grade-prices?use=residential&grade=2", key).body);
    EXPECT_EQ(TextAt(prices, "status"), "draft");
    ASSERT_EQ(prices.Find("prices")->array()->size(), 1U);
    EXPECT_EQ(TextAt(prices.Find("prices")->array()->front(), "price_yuan_per_sqm"), "710");
    for (const std::string& path : {base + "/diff?against=td-2022",
                                    std::string("/v1/publications/td-2022/diff?against=td-2026")}) {
      const Reply diff = Get(path, key);
      EXPECT_EQ(diff.status, 200) << diff.body;
      EXPECT_NE(diff.body.find("\"status\": \"draft\""), std::string::npos);
    }
  }
  for (const std::string& path : {base, base + "/grade-prices", base + "/diff?against=td-2022",
                                  std::string("/v1/publications/td-2022/diff?against=td-2026")}) {
    const Reply reply = Get(path, viewer_);
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(CodeIn(reply), "DJ-7011") << reply.body;
  }
  EXPECT_EQ(Get(base, theirs_).status, 403);
  EXPECT_EQ(Get(base + "?county=150102", clerk_).status, 404);
  EXPECT_EQ(Get(base + "?known_at=2026-06-01", clerk_).status, 404) << "nobody knew it as the law";
  EXPECT_EQ(Get("/v1/publications/none", clerk_).status, 404);
}

TEST_F(Desk, WhatIsTheLawIsReadFromWhereEverybodyReadsIt) {
  const Reply clerks = Get("/v1/publications/td-2022", clerk_);
  EXPECT_EQ(clerks.body, Get("/v1/publications/td-2022", viewer_).body);
  // Published a moment ago, and not known to all yet: those who work on it see it.
  county_.Move("td-2026", PublicationStatus::kSubmitted, "甲", "2026-05-02");
  county_.Move("td-2026", PublicationStatus::kApproved, "乙", "2026-05-02");
  county_.Move("td-2026", PublicationStatus::kPublished, "乙", "2026-05-02");
  EXPECT_EQ(TextAt(MustParse(Get("/v1/publications/td-2026", clerk_).body), "status"), "published");
  EXPECT_EQ(Get("/v1/publications/td-2026", viewer_).status, 404);
  Diagnostics problems;
  EXPECT_TRUE(served_->prices.Read(problems));
  EXPECT_EQ(Get("/v1/publications/td-2026", viewer_).status, 200);
}

TEST(DeskWithoutKeys, IsReadByEverybodyOfThisMachine) {
  County county;
  county.Import(Round("td-2026", "2026-07-01", "710"), "2026-05-01");
  Served served(QuickLimits(), http::Routes(),
                std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", county.Source(),
                county.Keys(), county.Desk());
  EXPECT_EQ(Ask(served.port(), RequestText("GET", "/v1/publications/td-2026"))->status, 200);
  EXPECT_EQ(Ask(served.port(), RequestText("GET", "/v1/desk"))->status, 200);
}

TEST(DeskWithoutStore, IsEmpty) {
  Served served;
  EXPECT_EQ(Ask(served.port(), RequestText("GET", "/v1/desk"))->body, "{\"publications\": []}");
  EXPECT_EQ(Ask(served.port(), RequestText("GET", "/v1/publications/a"))->status, 404);
}

}  // namespace
}  // namespace dijia::test
