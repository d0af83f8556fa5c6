// Other law tried on kept checks over HTTP.
#include <optional>
#include <string>
#include <vector>

#include "http/county.h"
#include "http/openapi.h"
#include "http/openapi_examples.h"
#include "http/schema.h"
#include "http/served.h"
#include "json/text.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;
using Lines = std::vector<std::string>;

constexpr const char* kPath = "/v1/rule-simulations";

// Land of class 14 with a minimum of 84 yuan/m² since 2007, nothing else open.
std::string CaseOf(const std::string& id, const std::string& county, const std::string& price,
                   const std::string& day) {
  return R"({"case_id":")" + id + R"(","county":")" + county +
         R"(","land_class":14,"use":"industrial","method":"listing","decided_on":")" + day +
         R"(","area_sqm":10000,"term_years":50,"price":{"amount":")" + price +
         R"(","unit":"yuan_per_sqm","kind":"reserve"},"rebates_yuan_per_sqm":0,)"
         R"("cost_yuan_per_sqm":40,"facts":{"priority_industry_listed":false,)"
         R"("agri_processing_listed":false,"inside_planned_area":true,)"
         R"("land_origin":"construction"}})";
}

class Simulations : public testing::Test {
 protected:
  Simulations() {
    viewer_ = county_.AddKey("交易平台", Role::kViewer);
    clerk_ = county_.AddKey("张三", Role::kClerk);
    theirs_ = county_.AddKey("赵六", Role::kClerk, "150304");
    served_.emplace(QuickLimits(), http::Routes(),
                    std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", county_.Source(),
                    county_.Keys(), county_.Desk(), county_.Desk());
  }
  Reply Post(const std::string& target, const std::string& body, const std::string& key,
             const std::string& fields = "") {
    const auto reply =
        Ask(served_->port(), RequestText("POST", target, body,
                                         "Content-Type: application/json\r\nAccept-Language: en\r\n"
                                         "Authorization: Bearer " +
                                             key + "\r\n" + fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  Value Try(const std::string& body) {
    const Reply reply = Post(kPath, body, clerk_);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return MustParse(reply.body);
  }
  std::string VerdictOf(const std::string& the_case) {
    const Reply reply = Post("/v1/reserve-price-checks", the_case, viewer_);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return TextAt(MustParse(reply.body), "verdict");
  }
  void Keep(const std::string& the_case) {
    EXPECT_EQ(Post("/v1/reserve-price-checks?keep=1", the_case, clerk_).status, 200) << the_case;
  }
  void KeepThree() {
    Keep(CaseOf("A", "150304", "83.99", "2023-05-01"));
    Keep(CaseOf("B", "150304", "84", "2023-05-01"));
    Keep(CaseOf("C", "152502", "80", "2023-05-01"));
  }
  // `id before after clause` of those that are listed.
  static Lines Listed(const Value& document) {
    Lines lines;
    for (const Value& flip : *document.Find("listed")->array()) {
      lines.push_back(TextAt(flip, "case_id") + " " + TextAt(flip, "before") + " " +
                      TextAt(flip, "after") + " " + TextAt(flip, "clause"));
    }
    return lines;
  }

  County county_;
  std::string viewer_, clerk_, theirs_;
  std::optional<Served> served_;
};

TEST_F(Simulations, TellWhoseVerdictIsAnotherByTheLawOfAnotherDay) {
  KeepThree();
  // There was no minimum before 2007.
  const std::string then = VerdictOf(CaseOf("A", "150304", "83.99", "2006-06-01"));
  ASSERT_NE(then, "unlawful");
  const Value document = Try(R"({"after":{"decided_on":"2006-06-01"}})");
  const Value schemas = http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn);
  Validate(document, *schemas.Find("RuleSimulation"), schemas, "simulation");
  EXPECT_EQ(TextAt(document, "cases"), "3");
  const Lines listed = Listed(document);
  ASSERT_GE(listed.size(), 2U);
  EXPECT_EQ(listed.front(), "A unlawful " + then + " 307-1");
  EXPECT_EQ(listed.back(), "C unlawful " + then + " 307-1");
  EXPECT_EQ(TextAt(document, "flips"), std::to_string(listed.size()));
  // 0.01 and 4.00 yuan on 10,000 m², of which nothing is left.
  EXPECT_EQ(TextAt(document, "deficit_before_yuan"), "40100");
  EXPECT_EQ(TextAt(document, "deficit_after_yuan"), "0");
  EXPECT_EQ(TextAt(*document.Find("after"), "decided_on"), "2006-06-01");
  EXPECT_TRUE(document.Find("problems")->array()->empty());
}

TEST_F(Simulations, BothSidesMayBeOnADay) {
  KeepThree();
  const Value same =
      Try(R"({"before":{"decided_on":"2024-01-01"},"after":{"decided_on":"2024-01-01"}})");
  EXPECT_EQ(TextAt(same, "flips"), "0");
  const Value back =
      Try(R"({"before":{"decided_on":"2006-06-01"},"after":{"decided_on":"2023-05-01"}})");
  const Lines listed = Listed(back);
  ASSERT_GE(listed.size(), 2U);
  EXPECT_TRUE(listed.front().starts_with("A ")) << listed.front();
  EXPECT_NE(listed.front().find(" unlawful 307-1"), std::string::npos) << listed.front();
  EXPECT_EQ(TextAt(back, "deficit_before_yuan"), "0");
  EXPECT_EQ(TextAt(back, "deficit_after_yuan"), "40100");
}

TEST_F(Simulations, AReadingMayBeChosenOtherwise) {
  // Whether the cost must be known for a price at the full standard hangs on a reading.
  std::string without = CaseOf("A", "150304", "84", "2023-05-01");
  without.erase(without.find(R"("cost_yuan_per_sqm":40,)"), 23);
  Keep(without);
  const Value document =
      Try(R"({"before":{"readings":{"cost_evidence":"required_when_discounted"}},)"
          R"("after":{"readings":{"cost_evidence":"always"}}})");
  EXPECT_EQ(Listed(document), (Lines{"A lawful needs_facts 56-5-evidence"}));
  EXPECT_EQ(TextAt(*document.Find("after")->Find("readings"), "cost_evidence"), "always");
}

TEST_F(Simulations, AreOfACountyAndOfADayOfKeeping) {
  KeepThree();
  EXPECT_EQ(TextAt(Try(R"({"county":"152502","after":{}})"), "cases"), "1");
  EXPECT_EQ(TextAt(Try(R"({"from":"2099-01-01","after":{}})"), "cases"), "0");
  EXPECT_EQ(TextAt(Try(R"({"until":"2099-01-01","after":{}})"), "cases"), "3");
  const Value own = MustParse(Post(kPath, R"({"after":{}})", theirs_).body);
  EXPECT_EQ(TextAt(own, "cases"), "2") << "of the county of the key";
  EXPECT_EQ(Post(kPath, R"({"county":"152502","after":{}})", theirs_).status, 403);
  EXPECT_EQ(Post(kPath, R"({"after":{}})", viewer_).status, 403);
}

TEST_F(Simulations, EveryCaseThatChangesAsATable) {
  KeepThree();
  const Reply reply = Post(kPath, R"({"county":"152502","after":{"decided_on":"2006-06-01"}})",
                           clerk_, "Accept: text/csv\r\n");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Field("content-type"), "text/csv; charset=utf-8");
  EXPECT_TRUE(reply.body.starts_with("case_id,county,verdict_before,verdict_after,clause,"));
  EXPECT_NE(reply.body.find("\nC,152502,unlawful,"), std::string::npos) << reply.body;
}

TEST_F(Simulations, AllThatIsWrongIsToldAtOnce) {
  const Reply reply = Post(kPath,
                           R"({"countie":"150304","from":"yesterday","before":{"readings":)"
                           R"({"cost_evidence":"never"}},"after":{"readings":{"costs":"always"}}})",
                           clerk_);
  EXPECT_EQ(reply.status, 422) << reply.body;
  Lines pointers;
  const Value document = MustParse(reply.body);
  for (const Value& error : *document.Find("errors")->array()) {
    pointers.push_back(TextAt(error, "pointer"));
  }
  EXPECT_EQ(pointers,
            (Lines{"/countie", "/from", "/before/readings/cost_evidence", "/after/readings/costs"}))
      << reply.body;
  EXPECT_EQ(Post(kPath, "{}", clerk_).status, 422) << "what is tried is missing";
  EXPECT_EQ(Post(kPath, "[", clerk_).status, 400);
}

// The examples of the check, kept, are what the example is tried on.
TEST_F(Simulations, TheirExampleInOpenApiIsWhatTheServiceAnswers) {
  for (const http::CaseExample& example : http::CaseExamples()) Keep(std::string(example.body));
  const auto openapi =
      Ask(served_->port(), RequestText("GET", "/openapi.json", "", "Accept-Language: en\r\n"));
  ASSERT_TRUE(openapi);
  const Value document = MustParse(openapi->body);
  const Value& post = *document.Find("paths")->Find(kPath)->Find("post");
  const auto example = [](const Value& part) -> const Value& {
    return *part.Find("content")->Find("application/json")->Find("example");
  };
  const Value& request = example(*post.Find("requestBody"));
  const Value& schemas = *document.Find("components")->Find("schemas");
  Validate(request, *schemas.Find("RuleSimulationOrder"), schemas, "request");
  const Value given = Try(json::ToLine(request));
  EXPECT_EQ(json::ToCanonical(given),
            json::ToCanonical(example(*post.Find("responses")->Find("200"))));
  EXPECT_NE(TextAt(given, "flips"), "0");
}

TEST(SimulationsWithoutStore, HaveNoCases) {
  Served served;
  const auto reply = Ask(served.port(), RequestText("POST", kPath, R"({"after":{}})",
                                                    "Content-Type: application/json\r\n"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200) << reply->body;
  EXPECT_EQ(TextAt(MustParse(reply->body), "cases"), "0");
}

}  // namespace
}  // namespace dijia::test
