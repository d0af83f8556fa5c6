// Decisions of appraisers on samples, over HTTP: weighed, computed with, kept and logged.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/recompute.h"
#include "http/job_service.h"
#include "http/schema.h"
#include "store/sqlite_store.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;
using json::Value;

constexpr const char* kHeader = "sample_id,decision,reason,decided_by,decided_at\r\n";
constexpr const char* kEffect = "/v1/publications/demo-2025/samples/effect?use=residential&grade=1";

// Grade 1 has 900, 903, …, 957 as S0, S3, …, S57, and one far out.
std::string WithOutlier() {
  return Samples(60) + "F1,152502,residential,1,transfer,2025-02-11,9000,yuan_per_sqm,1000\n" +
         "G1,152502,residential,1,transfer,2025-02-11,,yuan_per_sqm,1000\n";
}

Form Plain() {
  return Form().File("plan", "plan.toml", kPlan).File("samples", "samples.csv", WithOutlier());
}

std::string Csv(const std::string& rows) { return kHeader + rows; }

class Decisions : public JobRoutes {
 protected:
  Reply Weigh(const std::string& decisions, const std::string& key,
              const std::string& target = kEffect) {
    return Call("POST", target, key, "{\"decisions\": [" + decisions + "]}",
                "Content-Type: application/json\r\n");
  }
  static const Value& CellOf(const Value& effect, const char* when) {
    return effect.Find(when)->Find("cells")->array()->front();
  }
  std::string FileOf(const Value& job, const std::string& name) {
    return Call("GET", "/v1/jobs/" + TextAt(job, "id") + "/files/" + name, clerk_).body;
  }
  Value Entry() {
    const Value history =
        MustParse(Call("GET", "/v1/publications/demo-2025/transitions", clerk_).body);
    return history.Find("entries")->array()->back();
  }
  std::string PriceOfGrade1() {
    const Value document = MustParse(
        Call("GET", "/v1/publications/demo-2025/samples?use=residential&grade=1", clerk_).body);
    return TextAt(document.Find("cells")->array()->front(), "price_yuan_per_sqm");
  }
};

TEST_F(Decisions, AreAnInputOfAComputation) {
  const Value job = Run(Plain()
                            .File("decisions", "决定.csv",
                                  Csv("S57,exclude,含地上建筑物,张三,2026-01-06\r\n"
                                      "F1,include,\"查勘属实，见照片\",李四,2026-01-07\r\n"))
                            .Field("import", "true")
                            .Field("note", "年度更新"));
  ASSERT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  const std::string samples = FileOf(job, "samples.csv");
  EXPECT_NE(samples.find(",excluded_by_decision,exclude,,含地上建筑物,张三,2026-01-06"),
            std::string::npos);
  EXPECT_NE(samples.find(",true,used,include,outlier,查勘属实，见照片,李四,2026-01-07"),
            std::string::npos);
  EXPECT_NE(FileOf(job, "evidence.json").find("决定.csv"), std::string::npos);
  EXPECT_NE(FileOf(job, "report.html").find("查勘属实，见照片"), std::string::npos);
  // The log of the store has who decided what, when and why, beside the note of the computation.
  const Value entry = Entry();
  EXPECT_EQ(TextAt(entry, "actor"), "张三");
  EXPECT_EQ(TextAt(entry, "note"),
            "年度更新\nDecisions on samples (2):\nS57 exclude: 含地上建筑物 (张三, 2026-01-06)\n"
            "F1 include: 查勘属实，见照片 (李四, 2026-01-07)");
  const auto store = store::OpenSqliteStore(county_.path());
  Diagnostics problems;
  const auto proofs =
      app::RecomputePublications(*store, store::PublicationKey{"152502", "demo-2025"},
                                 fs::path(DIJIA_SOURCE_DIR) / "data/reference", problems);
  ASSERT_EQ(proofs.size(), 1U);
  EXPECT_EQ(proofs[0].outcome, app::ProofOutcome::kIdentical);
}

TEST_F(Decisions, ThatCannotBeReadAreToldBeforeAnythingIsComputed) {
  const Reply reply = Post(Plain().File("decisions", "d.csv",
                                        Csv("S57,drop,,张三,2026-01-06\r\n"
                                            "S57,exclude,x,张三,yesterday\r\n")),
                           clerk_);
  EXPECT_EQ(reply.status, 422) << reply.body;
  std::vector<std::string> found;
  const Value problem = MustParse(reply.body);
  for (const Value& error : *problem.Find("errors")->array()) {
    found.push_back(TextAt(error, "source") + ":" + TextAt(error, "row") + ":" +
                    TextAt(error, "column") + " " + TextAt(error, "code"));
  }
  EXPECT_EQ(found, (std::vector<std::string>{"d.csv:2:3 DJ-1223", "d.csv:2:2 DJ-1111",
                                             "d.csv:3:5 DJ-2015", "d.csv:3:1 DJ-2011"}));
  EXPECT_TRUE(served_->jobs.List().empty());
}

TEST_F(Decisions, ThatDoNotFitTheSamplesFailTheJob) {
  const Value job = Run(Plain().File("decisions", "d.csv",
                                     Csv("S75,exclude,x,张三,2026-01-06\r\n"
                                         "G1,include,x,张三,2026-01-06\r\n")));
  EXPECT_EQ(TextAt(job, "state"), "failed");
  std::vector<std::string> found;
  for (const Value& message : *job.Find("messages")->array()) {
    if (TextAt(message, "severity") != "error") continue;
    found.push_back(TextAt(message, "source") + ":" + TextAt(message, "row") + " " +
                    TextAt(message, "code"));
  }
  EXPECT_EQ(found, (std::vector<std::string>{"d.csv:2 DJ-2010", "d.csv:3 DJ-2013"}))
      << json::ToPretty(job);
}

TEST_F(Decisions, ShowTheirEffectOnACellAndKeepNothing) {
  ASSERT_EQ(TextAt(Run(Plain().Field("import", "true")), "state"), "done");
  const Reply reply = Weigh(R"({"sample_id": "S0", "decision": "exclude", "reason": "x"},
                               {"sample_id": "F1", "decision": "include", "reason": "y"},
                               {"sample_id": "S3", "decision": "include", "reason": "z"})",
                            clerk_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value effect = MustParse(reply.body);
  Value schemas;
  const Value schema = SchemaNamed("DecisionEffect", schemas);
  Validate(effect, schema, schemas, "effect");
  const Value &before = CellOf(effect, "before"), &after = CellOf(effect, "after");
  EXPECT_EQ(TextAt(before, "used"), "20");
  EXPECT_EQ(TextAt(before, "estimate"), "928.5000");
  EXPECT_EQ(TextAt(after, "used"), "20");
  EXPECT_EQ(TextAt(after, "estimate"), "931.5000");  // of 903, 906, …, 957, 9000
  EXPECT_EQ(TextAt(after, "excluded"), "1");
  EXPECT_EQ(TextAt(after, "included"), "1");
  EXPECT_TRUE(effect.Find("others")->array()->empty());
  ASSERT_EQ(effect.Find("notes")->array()->size(), 1U);
  EXPECT_EQ(TextAt(effect.Find("notes")->array()->front(), "pointer"), "/decisions/2/decision");
  // The excluded sample is still there to be seen and put back.
  for (const Value& sample : *after.Find("samples")->array()) {
    if (TextAt(sample, "sample_id") != "S0") continue;
    EXPECT_EQ(TextAt(sample, "reason"), "excluded_by_decision");
    EXPECT_EQ(TextAt(sample, "decision"), "exclude");
    EXPECT_FALSE(TextAt(sample, "normalized_price_yuan_per_sqm").empty());
  }
  EXPECT_EQ(PriceOfGrade1(), "929");
}

TEST_F(Decisions, TellWhatBecomesOfOtherCells) {
  ASSERT_EQ(TextAt(Run(Plain().Field("import", "true")), "state"), "done");
  std::string all;
  for (int i = 1; i < 60; i += 3) {
    all += (all.empty() ? "" : ", ") + std::string("{\"sample_id\": \"S") + std::to_string(i) +
           "\", \"decision\": \"exclude\", \"reason\": \"x\"}";
  }
  const Reply reply = Weigh(all, clerk_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value effect = MustParse(reply.body);
  ASSERT_EQ(effect.Find("others")->array()->size(), 1U) << reply.body;
  const Value& other = effect.Find("others")->array()->front();
  EXPECT_EQ(TextAt(other, "grade"), "2");
  EXPECT_EQ(TextAt(*other.Find("before"), "status"), "computed");
}

TEST_F(Decisions, ThatAreWrongAreToldWithTheirPlaceInTheBody) {
  ASSERT_EQ(TextAt(Run(Plain().Field("import", "true")), "state"), "done");
  EXPECT_EQ(
      ErrorsIn(Weigh(R"({"sample_id": "S0", "decision": "none", "reason": " "},
                              {"sample_id": "S0", "decision": "exclude", "reason": "x", "who": ""})",
                     clerk_)),
      (std::vector<std::string>{"/decisions/0/decision DJ-1264", "/decisions/0/reason DJ-1256",
                                "/decisions/1/sample_id DJ-2011", "/decisions/1/who DJ-1255"}));
  EXPECT_EQ(ErrorsIn(Weigh(R"({"sample_id": "S75", "decision": "exclude", "reason": "x"},
                              {"sample_id": "G1", "decision": "include", "reason": "x"})",
                           clerk_)),
            (std::vector<std::string>{"/decisions/0/sample_id DJ-2010",
                                      "/decisions/1/decision DJ-2013"}));
  Expect(Weigh("", clerk_, "/v1/publications/demo-2025/samples/effect"), 400, "DJ-6017");
  Expect(Weigh("", clerk_, "/v1/publications/demo-2025/samples/effect?use=residential&grade=9"),
         404, "DJ-6012");
  Expect(Weigh("", clerk_, "/v1/publications/none/samples/effect?use=residential&grade=1"), 404,
         "DJ-7011");
  Expect(Weigh("", viewer_), 403, "DJ-6030");
  Expect(Weigh("", other_), 403, "DJ-6031");
}

TEST_F(Decisions, ComputeADraftAgainFromWhatIsKept) {
  ASSERT_EQ(TextAt(Run(Plain().Field("import", "true")), "state"), "done");
  const Value job = Run(Form()
                            .Field("again", "demo-2025")
                            .Field("county", "152502")
                            .File("decisions", "decisions.csv",
                                  Csv("F1,include,查勘属实,张三,2026-01-07T08:00:00Z\r\n"))
                            .Field("import", "true"));
  ASSERT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  EXPECT_EQ(PriceOfGrade1(), "930");  // the median of 900, …, 957, 9000
  const Value entry = Entry();
  EXPECT_EQ(TextAt(entry, "note"),
            "Decisions on samples (1):\nF1 include: 查勘属实 (张三, 2026-01-07T08:00:00Z)");
  const Value cells = MustParse(Call("GET", "/v1/publications/demo-2025/samples", clerk_).body);
  ASSERT_EQ(cells.Find("decisions")->array()->size(), 1U);
  EXPECT_EQ(TextAt(cells.Find("decisions")->array()->front(), "reason"), "查勘属实");
  // And once more without: the price is what it was.
  const Value undone = Run(Form().Field("again", "demo-2025").Field("import", "true"));
  ASSERT_EQ(TextAt(undone, "state"), "done") << json::ToPretty(undone);
  EXPECT_EQ(PriceOfGrade1(), "929");
  const auto store = store::OpenSqliteStore(county_.path());
  Diagnostics problems;
  const auto proofs =
      app::RecomputePublications(*store, store::PublicationKey{"152502", "demo-2025"},
                                 fs::path(DIJIA_SOURCE_DIR) / "data/reference", problems);
  ASSERT_EQ(proofs.size(), 1U);
  EXPECT_EQ(proofs[0].outcome, app::ProofOutcome::kIdentical);
}

// A refresh with resampled prices, whose samples are those of the county of the prices before it.
TEST_F(Decisions, OfARefreshAreWeighedAndComputedWithLikeOthers) {
  county_.Publish(Round("td-2026", "2026-07-01", "700"), "2026-06-01");
  Diagnostics problems;
  ASSERT_TRUE(served_->prices.Read(problems));
  const auto with = [](std::string text, const std::string& old, const std::string& now) {
    for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + now.size())) {
      text.replace(at, old.size(), now);
    }
    return text;
  };
  std::string compute_plan = "area = \"城区\"\n" + with(kPlan, "152502", "431230");
  compute_plan =
      with(compute_plan, "unit_price = { interval = 1,", "unit_price = { interval = 0.1,");
  compute_plan = with(compute_plan, "2025-04-01", "2025-05-01");
  const std::string plan =
      "id = \"td-2030\"\nbase_date = 2025-05-01\neffective_from = 2030-07-01\n"
      "[uses.residential]\nmethod = \"resample\"\nreason = \"样点充足\"\n";
  const Value job = Run(Form()
                            .File("plan", "refresh.toml", plan)
                            .File("compute_plan", "compute.toml", compute_plan)
                            .File("samples", "samples.csv", with(WithOutlier(), "152502", "431230"))
                            .Field("from", "td-2026")
                            .Field("import", "true"));
  ASSERT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  const std::string samples = "/v1/publications/td-2030/samples";
  const Reply reply = Weigh(R"({"sample_id": "F1", "decision": "include", "reason": "x"})", clerk_,
                            samples + "/effect?use=residential&grade=1");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(TextAt(CellOf(MustParse(reply.body), "after"), "used"), "21");
  const Value again =
      Run(Form()
              .Field("again", "td-2030")
              .File("decisions", "decisions.csv", Csv("F1,include,查勘属实,张三,2026-01-07\r\n"))
              .Field("import", "true"));
  ASSERT_EQ(TextAt(again, "state"), "done") << json::ToPretty(again);
  EXPECT_EQ(TextAt(again, "kind"), "refresh");
  const Value cells = MustParse(Call("GET", samples, clerk_).body);
  EXPECT_EQ(TextAt(cells.Find("cells")->array()->front(), "used"), "21");
  EXPECT_EQ(cells.Find("decisions")->array()->size(), 1U);
  const auto store = store::OpenSqliteStore(county_.path());
  const auto proofs =
      app::RecomputePublications(*store, store::PublicationKey{"431230", "td-2030"},
                                 fs::path(DIJIA_SOURCE_DIR) / "data/reference", problems);
  ASSERT_EQ(proofs.size(), 1U);
  EXPECT_EQ(proofs[0].outcome, app::ProofOutcome::kIdentical);
}

TEST_F(Decisions, OnlyOfAKeptComputationCanBeComputedAgain) {
  Expect(Post(Form().Field("again", "none"), clerk_), 404, "DJ-7011");
  ASSERT_EQ(TextAt(Run(Plain().Field("import", "true")), "state"), "done");
  EXPECT_EQ(ErrorsIn(Post(Plain().Field("again", "demo-2025"), clerk_)),
            (std::vector<std::string>{"/plan DJ-6085", "/samples DJ-6085"}));
  Expect(Post(Form().Field("again", "demo-2025"), other_), 403, "DJ-6031");
  county_.Publish(Round("td-2026", "2026-07-01", "700"), "2026-06-01");
  Expect(Post(Form().Field("again", "td-2026"), clerk_), 404, "DJ-6044");
}

}  // namespace
}  // namespace dijia::test
