// Other law tried on kept checks over HTTP.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "http/county.h"
#include "http/openapi.h"
#include "http/openapi_examples.h"
#include "http/schema.h"
#include "http/served.h"
#include "json/text.h"
#include "store/store.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;
using Lines = std::vector<std::string>;

constexpr const char* kPath = "/v1/rule-simulations";

// Identity of an office's pack that stands on a layer: six lines.
std::string PackOn(const std::string& layer) {
  return "[pack]\nid = \"office\"\non = \"" + layer +
         "\"\nversion = \"1\"\ntitle_zh = \"本局\"\ntitle_en = \"our office\"\n";
}

// A standard of its own, from `standard.csv`: ten lines.
constexpr const char* kOwnStandard = R"(
[[table]]
id = "standard"
file = "standard.csv"
unit = "yuan_per_sqm"
keys = ["land_class"]
from = 2023-01-01
tighten = true
instrument = "307"
confidence = "reading"
)";

// One row for class 14.
std::string StandardOf(const std::string& value) {
  return "land_class,value,from,until,note\n14," + value + ",,,\n";
}

// A clause of its own; `gives` is what it gives.
std::string ClauseOf(const std::string& gives) {
  return R"(
[[clause]]
key = "office-large"
rule = "office.large"
from = 2023-01-01
instrument = "307"
confidence = "reading"
when = ["industrial", { fact = "area_sqm", more_than = "9000" }]
)" + gives +
         R"(
says_zh = "面积超过 9000 平方米的不得挂牌。"
says_en = "Land of more than 9,000 m² is not offered."
)";
}

using Texts = std::vector<std::pair<std::string, std::string>>;

// An order that tries these files; `fields` are others of it, each with a comma behind.
std::string OrderOf(const Texts& files, const std::string& fields = R"("after":{},)") {
  Value pack{Value::Object()};
  for (const auto& [name, text] : files) pack.Add(name, Value(text));
  return "{" + fields + "\"pack\":" + json::ToLine(pack) + "}";
}

// `code pointer row:column` of what is wrong.
Lines ProblemsOf(const Reply& reply) {
  Lines lines;
  const Value document = MustParse(reply.body);
  const Value* errors = document.Find("errors");
  if (errors == nullptr) return {"no errors: " + reply.body};
  for (const Value& error : *errors->array()) {
    lines.push_back(TextAt(error, "code") + " " + TextAt(error, "pointer") + " " +
                    TextAt(error, "row") + ":" + TextAt(error, "column"));
  }
  return lines;
}

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

TEST_F(Simulations, AnOwnPackMayTightenAValue) {
  KeepThree();
  const Value document = Try(OrderOf(
      {{"pack.toml", PackOn("cn-150000") + kOwnStandard}, {"standard.csv", StandardOf("90")}}));
  const Value schemas = http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn);
  Validate(document, *schemas.Find("RuleSimulation"), schemas, "simulation");
  EXPECT_EQ(Listed(document), (Lines{"B lawful unlawful 307-1"}));
  const Value& flip = document.Find("listed")->array()->front();
  EXPECT_EQ(TextAt(flip, "minimum_before_yuan_per_sqm"), "84");
  EXPECT_EQ(TextAt(flip, "minimum_after_yuan_per_sqm"), "90");
  // 6 yuan on 10,000 m².
  EXPECT_EQ(TextAt(document, "deficit_after_yuan"), "60000");
  const Value &in_force = *document.Find("rule_pack"), &tried = *document.Find("tried_pack");
  EXPECT_EQ(TextAt(in_force, "id"), "cn-150000");
  EXPECT_EQ(TextAt(in_force, "sha256"), served_->rules.Now()->pack().sha256);
  EXPECT_EQ(TextAt(tried, "id"), "office");
  EXPECT_NE(TextAt(tried, "sha256"), TextAt(in_force, "sha256"));
  // Nothing of it stays: what is asked next is answered by the pack in force.
  EXPECT_EQ(VerdictOf(CaseOf("B", "150304", "84", "2023-05-01")), "lawful");
  EXPECT_EQ(Try(R"({"after":{}})").Find("tried_pack"), nullptr);
}

TEST_F(Simulations, AnOwnPackMayAddAClause) {
  KeepThree();
  const Texts files{{"pack.toml", PackOn("cn-150000") + ClauseOf("unlawful = true")}};
  EXPECT_EQ(Listed(Try(OrderOf(files))), (Lines{"B lawful unlawful office-large"}));
  const Reply table = Post(kPath, OrderOf(files), clerk_, "Accept: text/csv\r\n");
  EXPECT_EQ(table.status, 200) << table.body;
  EXPECT_NE(table.body.find("\nB,150304,lawful,unlawful,office-large,"), std::string::npos)
      << table.body;
  EXPECT_EQ(Post(kPath, OrderOf(files), viewer_).status, 403);
}

TEST_F(Simulations, AnOwnPackIsTriedOnADayAndWithAReadingToo) {
  KeepThree();
  const Texts files{{"pack.toml", PackOn("cn-150000") + kOwnStandard},
                    {"standard.csv", StandardOf("90")}};
  // The standard of the office begins later.
  const Value earlier = Try(OrderOf(
      files, R"("before":{"decided_on":"2022-12-31"},"after":{"decided_on":"2022-12-31"},)"));
  EXPECT_EQ(TextAt(earlier, "flips"), "0");
  const Value chosen = Try(OrderOf(files, R"("after":{"readings":{"cost_evidence":"always"}},)"));
  EXPECT_EQ(Listed(chosen), (Lines{"B lawful unlawful 307-1"}));
  const Reply unknown =
      Post(kPath, OrderOf(files, R"("after":{"readings":{"cost_evidence":"never"}},)"), clerk_);
  EXPECT_EQ(unknown.status, 422);
  EXPECT_EQ(ProblemsOf(unknown), (Lines{"DJ-1264 /after/readings/cost_evidence :"}));
}

// What stands above that layer is left out, as for the next version of an office's own pack.
TEST_F(Simulations, AnOwnPackStandsOnAnyLayerInForce) {
  KeepThree();
  EXPECT_EQ(Listed(Try(OrderOf(
                {{"pack.toml", PackOn("cn") + kOwnStandard}, {"standard.csv", StandardOf("90")}}))),
            (Lines{"B lawful unlawful 307-1"}));
  const std::string fact = R"(
[[fact]]
id = "facts.standard_land"
name_zh = "按“标准地”出让"
name_en = "supplied as standard land"
type = "yes_no"
question_zh = "是否按“标准地”出让？"
question_en = "Is it supplied as standard land?"
)";
  // A fact that the layer above `cn` has is new on `cn`, and twice on that layer.
  EXPECT_EQ(TextAt(Try(OrderOf({{"pack.toml", PackOn("cn") + fact}})), "flips"), "0");
  const Reply twice = Post(kPath, OrderOf({{"pack.toml", PackOn("cn-150000") + fact}}), clerk_);
  EXPECT_EQ(ProblemsOf(twice), (Lines{"DJ-5006 /pack/pack.toml 8:1"}));
}

TEST_F(Simulations, AnOwnPackThatLoosensIsRefusedWithAllThatIsWrong) {
  KeepThree();
  const Reply reply =
      Post(kPath,
           OrderOf({{"own~1.toml", ClauseOf("ratio = \"0.50\"")},
                    {"pack.toml", PackOn("cn-150000") + kOwnStandard + "confidance = \"seen\"\n"},
                    {"standard.csv", StandardOf("80")}},
                   R"("after":{},"from":"yesterday",)"),
           clerk_);
  EXPECT_EQ(reply.status, 422) << reply.body;
  EXPECT_EQ(TextAt(MustParse(reply.body), "code"), "DJ-6035");
  Lines problems = ProblemsOf(reply);
  std::ranges::sort(problems);
  EXPECT_EQ(problems, (Lines{"DJ-1104 /from :", "DJ-1254 /pack/pack.toml 17:1",
                             "DJ-5013 /pack/own~01.toml 2:1", "DJ-5013 /pack/pack.toml 8:1"}))
      << reply.body;
  EXPECT_NE(reply.body.find("80 < 84"), std::string::npos) << reply.body;
}

TEST_F(Simulations, BrokenTomlIsToldWithLineAndColumn) {
  const Reply reply =
      Post(kPath, OrderOf({{"pack.toml", "[pack]\nid = \"office\"\non = cn-150000\n"}}), clerk_);
  EXPECT_EQ(reply.status, 422) << reply.body;
  const Lines problems = ProblemsOf(reply);
  ASSERT_EQ(problems.size(), 1U) << reply.body;
  EXPECT_TRUE(problems[0].ends_with(" /pack/pack.toml 3:6")) << problems[0];
  EXPECT_EQ(TextAt(MustParse(reply.body).Find("errors")->array()->front(), "source"), "pack.toml");
}

TEST_F(Simulations, AnOwnPackThatStandsOnNothingInForceIsRefused) {
  const auto problems = [&](const Texts& files) {
    const Reply reply = Post(kPath, OrderOf(files), clerk_);
    EXPECT_EQ(reply.status, 422) << reply.body;
    return ProblemsOf(reply);
  };
  EXPECT_EQ(problems({{"pack.toml", PackOn("cn-440000")}}), (Lines{"DJ-1264 /pack :"}));
  // Alone it could loosen everything.
  std::string alone = PackOn("cn");
  alone.erase(alone.find("on = "), 10);
  EXPECT_EQ(problems({{"pack.toml", alone}}), (Lines{"DJ-1256 /pack :"}));
  EXPECT_EQ(problems({{"standard.csv", StandardOf("90")}}), (Lines{"DJ-1256 /pack :"}));
  EXPECT_EQ(problems({{"notes.txt", ""}, {"pack.toml", PackOn("cn")}}),
            (Lines{"DJ-1264 /pack/notes.txt :"}));
  // A path is a name like another: nothing is read from the disk.
  EXPECT_EQ(problems({{"../pack.toml", PackOn("../cn")}}), (Lines{"DJ-1264 /pack :"}));
}

TEST_F(Simulations, AnOwnPackHasALimit) {
  const std::string toml = PackOn("cn");
  const std::size_t most = http::Limits().pack_bytes, names = 9 + 5;
  const auto post = [&](std::size_t bytes) {
    return Post(kPath, OrderOf({{"pack.toml", toml}, {"a.csv", std::string(bytes, 'x')}}), clerk_);
  };
  const Reply fits = post(most - names - toml.size());
  EXPECT_EQ(fits.status, 200) << fits.body;
  const Reply reply = post(most - names - toml.size() + 1);
  EXPECT_EQ(reply.status, 413) << reply.body;
  EXPECT_EQ(TextAt(MustParse(reply.body), "code"), CodeId(Code::kTriedPackTooLarge));
}

TEST_F(Simulations, OfAnOwnPackTakeTheLandClassesInForce) {
  store::NewLandClass row;
  row.county = "150304";
  row.land_class = 14;
  row.from = *ParseDate("2007-01-01");
  row.instrument = "国土资发〔2006〕307号 附件2";
  row.source_row = 2;
  Diagnostics problems;
  ASSERT_TRUE(store::OpenSqliteStore(county_.path())
                  ->ImportLandClasses({"a.csv", std::string(64, 'a'), {row}},
                                      {"甲", "", "2026-01-01T00:00:00.000000Z"}, problems));
  served_.emplace(QuickLimits(), http::Routes(),
                  std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", county_.Source(),
                  county_.Keys(), county_.Desk(), county_.Desk(), std::filesystem::path(),
                  app::JobLimits(), app::LandClassSource(store::OpenSqliteStore(county_.path())));
  std::string without = CaseOf("B", "150304", "84", "2023-05-01");
  const std::string stated = R"("land_class":14,)";
  without.erase(without.find(stated), stated.size());
  Keep(without);
  EXPECT_EQ(Listed(Try(OrderOf({{"pack.toml", PackOn("cn-150000") + kOwnStandard},
                                {"standard.csv", StandardOf("90")}}))),
            (Lines{"B lawful unlawful 307-1"}));
}

// The examples of the check, kept, are what the examples are tried on.
TEST_F(Simulations, TheirExamplesInOpenApiAreWhatTheServiceAnswers) {
  for (const http::CaseExample& example : http::CaseExamples()) Keep(std::string(example.body));
  const auto openapi =
      Ask(served_->port(), RequestText("GET", "/openapi.json", "", "Accept-Language: en\r\n"));
  ASSERT_TRUE(openapi);
  const Value document = MustParse(openapi->body);
  const Value& post = *document.Find("paths")->Find(kPath)->Find("post");
  const auto examples = [](const Value& part) -> const Value& {
    return *part.Find("content")->Find("application/json")->Find("examples");
  };
  const Value& requests = examples(*post.Find("requestBody"));
  const Value& answers = examples(*post.Find("responses")->Find("200"));
  const Value& schemas = *document.Find("components")->Find("schemas");
  for (const char* name : {"another_day", "own_pack"}) {
    ASSERT_NE(requests.Find(name), nullptr) << name;
    ASSERT_NE(answers.Find(name), nullptr) << name;
    const Value& request = *requests.Find(name)->Find("value");
    Validate(request, *schemas.Find("RuleSimulationOrder"), schemas, name);
    const Value given = Try(json::ToLine(request));
    EXPECT_EQ(json::ToCanonical(given), json::ToCanonical(*answers.Find(name)->Find("value")))
        << name;
    EXPECT_NE(TextAt(given, "flips"), "0") << name;
  }
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
