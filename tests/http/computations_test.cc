// Computations and refreshes asked for over HTTP.
#include <algorithm>
#include <string>
#include <vector>

#include "app/recompute.h"
#include "http/computation_parts.h"
#include "http/job_service.h"
#include "http/schema.h"
#include "store/sqlite_store.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;
using json::Value;

TEST_F(JobRoutes, AComputationGivesPricesAndFiles) {
  const Reply taken = Post(Plain(), clerk_);
  ASSERT_EQ(taken.status, 202) << taken.body;
  const std::string path = taken.Field("location");
  EXPECT_TRUE(path.starts_with("/v1/jobs/"));
  const std::string id = path.substr(9);
  EXPECT_EQ(TextAt(MustParse(taken.body), "id"), id);
  EXPECT_EQ(TextAt(MustParse(taken.body), "county"), "152502");
  EXPECT_EQ(TextAt(MustParse(taken.body), "actor"), "张三");
  const Value job = WaitForEnd(id);
  EXPECT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  EXPECT_EQ(TextAt(job, "kind"), "compute");
  Value schemas;
  const Value schema = SchemaNamed("Job", schemas);
  Validate(job, schema, schemas, "job");
  Validate(MustParse(taken.body), schema, schemas, "taken");

  const Reply result = Call("GET", path + "/result", clerk_);
  ASSERT_EQ(result.status, 200);
  const Value document = MustParse(result.body);
  Validate(document, SchemaNamed("JobResult", schemas), schemas, "result");
  const Value& publication = document.Find("publications")->array()->front();
  EXPECT_EQ(TextAt(publication, "id"), "demo-2025");
  ASSERT_EQ(publication.Find("prices")->array()->size(), 3U);
  const Value& first = publication.Find("prices")->array()->front();
  EXPECT_EQ(TextAt(first, "grade"), "1");
  EXPECT_EQ(TextAt(first, "used"), "20");
  EXPECT_EQ(TextAt(first, "median"), "928.5000");  // 900, 903, …, 957
  EXPECT_EQ(TextAt(first, "price_yuan_per_sqm"), "929");

  for (const Value& file : *job.Find("files")->array()) {
    const Reply got = Call("GET", path + "/files/" + TextAt(file, "name"), clerk_);
    EXPECT_EQ(got.status, 200) << TextAt(file, "name");
    EXPECT_EQ(std::to_string(got.body.size()), TextAt(file, "bytes"));
    EXPECT_EQ(got.Field("content-security-policy"), "sandbox");
  }
  const Reply document_file = Call("GET", path + "/files/publication.json", clerk_);
  EXPECT_EQ(document_file.Field("content-type"), "application/json");
  EXPECT_EQ(TextAt(MustParse(document_file.body), "format"), "dijia-publication/1");
  const std::string evidence = Call("GET", path + "/files/evidence.json", clerk_).body;
  EXPECT_NE(evidence.find("\"samples.csv\""), std::string::npos);
  EXPECT_EQ(evidence.find(folder_.path().string()), std::string::npos) << "no path of the machine";
  for (const char* name : {"../job.json", "..%2fjob.json", "none.csv", "%2e%2e/inputs/plan.toml"}) {
    const Reply none = Call("GET", path + "/files/" + name, clerk_);
    EXPECT_EQ(none.status, 404) << name;
  }
  Expect(Call("GET", path + "/files/none.csv", clerk_), 404, "DJ-6069");
}

// Rows that cannot be read are told with their place and what is allowed, and the others are used.
TEST_F(JobRoutes, EveryBadRowIsTold) {
  const std::string samples = Samples(60) +
                              "S90,152502,residential,1,transfer,2025-02-30,800,yuan_per_sqm,1000\n"
                              "S91,152502,farm,1,transfer,2025-02-03,8OO,yuan_per_sqm,1000\n";
  const Value job =
      Run(Form().File("plan", "plan.toml", kPlan).File("samples", "样点.csv", samples));
  EXPECT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  std::vector<std::string> places;
  for (const Value& message : *job.Find("messages")->array()) {
    if (TextAt(message, "row").empty()) continue;
    places.push_back(TextAt(message, "source") + ":" + TextAt(message, "row") + ":" +
                     TextAt(message, "column") + " " + TextAt(message, "field"));
    EXPECT_NE(TextAt(message, "text"), "");
  }
  std::ranges::sort(places);
  EXPECT_EQ(places, (std::vector<std::string>{"样点.csv:62:6 date", "样点.csv:63:3 use",
                                              "样点.csv:63:7 price"}))
      << json::ToPretty(job);
  EXPECT_EQ(TextAt(job, "errors"), "2");
  EXPECT_EQ(TextAt(job, "warnings"), "2");
}

TEST_F(JobRoutes, SamplesThatCannotBeUsedAtAllFailTheJob) {
  const Value job =
      Run(Form().File("plan", "plan.toml", kPlan).File("samples", "samples.csv", "a,b\n1,2\n"));
  EXPECT_EQ(TextAt(job, "state"), "failed");
  EXPECT_NE(TextAt(job, "code"), "");
  EXPECT_FALSE(job.Find("messages")->array()->empty());
  const std::string path = "/v1/jobs/" + TextAt(job, "id");
  Expect(Call("GET", path + "/result", clerk_), 409, "DJ-6070");
}

TEST_F(JobRoutes, WhatIsWrongWithThePartsIsToldAtOnceAndAllOfIt) {
  Reply reply = Post(Form()
                         .File("plan", "../plan.toml", kPlan)
                         .Field("samples", "no file")
                         .Field("encoding", "latin1")
                         .Field("land_class", "16")
                         .Field("import", "yes")
                         .Field("mapping", "../../secret")
                         .Field("sampels", "x")
                         .Field("layer", "a")
                         .Field("layer", "b")
                         .File("note", "n.txt", "x"),
                     clerk_);
  EXPECT_EQ(reply.status, 422) << reply.body;
  EXPECT_EQ(ErrorsIn(reply),
            (std::vector<std::string>{"/encoding DJ-6085", "/import DJ-6085", "/land_class DJ-6085",
                                      "/layer DJ-6084", "/mapping DJ-6085", "/note DJ-6085",
                                      "/plan DJ-6087", "/sampels DJ-6082", "/samples DJ-6085"}));
  reply = Post(Form().File("samples", "a.csv", "x").File("samples", "a.csv", "y"), clerk_);
  EXPECT_EQ(ErrorsIn(reply), (std::vector<std::string>{"/plan DJ-6083", "/samples DJ-7021"}));
  reply = Post(Form().File("plan", "p.toml", "id = 1\ncounty = \"x\"\n"), clerk_);
  EXPECT_EQ(reply.status, 422);
  EXPECT_NE(reply.body.find("\"source\": \"p.toml\", \"row\": 1"), std::string::npos) << reply.body;
  EXPECT_NE(reply.body.find("/samples"), std::string::npos) << "they are missing too";
  const std::string large(http::ComputationUpload::kTextBytes + 1, '#');
  reply = Post(Form().File("plan", "p.toml", large).File("samples", "s.csv", "x"), clerk_);
  EXPECT_EQ(ErrorsIn(reply), (std::vector<std::string>{"/plan DJ-6086"}));
  reply = Post(Form().File("plan", "p.toml", kPlan).File("samples", "a.shp", "x"), clerk_);
  EXPECT_EQ(ErrorsIn(reply), (std::vector<std::string>{"/samples DJ-6085"}));
  EXPECT_TRUE(served_->jobs.List().empty());
  EXPECT_EQ(folder_.Files(), std::vector<std::string>{"jobs/lock"}) << "nothing is left of them";
}

TEST_F(JobRoutes, OtherBodiesAreRefused) {
  Expect(Call("POST", kPath, clerk_, "{}", "Content-Type: application/json\r\n"), 415, "DJ-6014");
  Expect(Call("POST", kPath, clerk_, "x", "Content-Type: multipart/form-data\r\n"), 400, "DJ-6081");
  const std::string type = "Content-Type: multipart/form-data; boundary=B\r\n";
  Expect(Call("POST", kPath, clerk_, "x", type), 400, "DJ-6081");
  const std::string cut = Plain().Text();
  Expect(Call("POST", kPath, clerk_, cut.substr(0, cut.size() - 9), type), 400, "DJ-6081");
  http::Limits limits = QuickLimits();
  limits.upload_bytes = 2000;
  Serve(limits);
  Expect(Post(Plain(), clerk_), 413, "DJ-6008");
  EXPECT_EQ(folder_.Files(), std::vector<std::string>{"jobs/lock"});
  Expect(Post(Form().File("plan", "p", std::string(1500, ' ')).Field("note", "x"), clerk_), 422,
         "DJ-6035");
}

// The prices become a draft that the store can prove.
TEST_F(JobRoutes, AnImportedComputationIsProvedByTheStore) {
  const Value job = Run(Plain().Field("import", "true").Field("note", "年度更新"));
  ASSERT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  const Value& publication = job.Find("publications")->array()->front();
  EXPECT_TRUE(*publication.Find("imported")->boolean());
  const Reply history = Call("GET", "/v1/publications/demo-2025/transitions", clerk_);
  ASSERT_EQ(history.status, 200) << history.body;
  const Value entries = MustParse(history.body);
  const Value& entry = entries.Find("entries")->array()->front();
  EXPECT_EQ(TextAt(entry, "status"), "draft");
  EXPECT_EQ(TextAt(entry, "actor"), "张三");
  EXPECT_EQ(TextAt(entry, "note"), "年度更新");
  const auto store = store::OpenSqliteStore(county_.path());
  Diagnostics problems;
  const auto proofs =
      app::RecomputePublications(*store, store::PublicationKey{"152502", "demo-2025"},
                                 fs::path(DIJIA_SOURCE_DIR) / "data/reference", problems);
  ASSERT_EQ(proofs.size(), 1U);
  EXPECT_EQ(proofs[0].outcome, app::ProofOutcome::kIdentical)
      << (problems.kept().empty() ? "" : Describe(problems.kept()[0], Language::kEn));
}

TEST_F(JobRoutes, WhatTheStoreRefusesFailsTheJob) {
  ASSERT_EQ(TextAt(Run(Plain().Field("import", "true")), "state"), "done");
  Call("POST", "/v1/publications/demo-2025/transitions", clerk_, R"({"to": "submitted"})",
       "Content-Type: application/json\r\n");
  const Value job = Run(Plain().Field("import", "true"));
  EXPECT_EQ(TextAt(job, "state"), "failed");
  EXPECT_EQ(TextAt(job, "code"), "DJ-7018") << json::ToPretty(job);
}

TEST_F(JobRoutes, ARefreshTakesThePublishedPrices) {
  county_.Publish(Round("td-2026", "2026-07-01", "700"), "2026-06-01");
  Diagnostics problems;
  ASSERT_TRUE(served_->prices.Read(problems));
  const std::string plan =
      "id = \"td-2030\"\nbase_date = 2030-01-01\neffective_from = 2030-07-01\n"
      "[uses.residential]\nmethod = \"index\"\nreason = \"土地市场指数\"\n"
      "index = [{ date = 2020-01-01, index = 1 }, { date = 2040-01-01, index = 1.2 }]\n";
  const Value job = Run(
      Form().File("plan", "refresh.toml", plan).Field("from", "td-2026").Field("import", "true"));
  ASSERT_EQ(TextAt(job, "state"), "done") << json::ToPretty(job);
  EXPECT_EQ(TextAt(job, "kind"), "refresh");
  EXPECT_EQ(TextAt(job, "county"), "431230") << "that of the prices";
  const Value result =
      MustParse(Call("GET", "/v1/jobs/" + TextAt(job, "id") + "/result", clerk_).body);
  const Value& prices = *result.Find("publications")->array()->front().Find("prices");
  const auto second = std::ranges::find_if(*prices.array(), [](const Value& price) {
    return TextAt(price, "use") == "residential" && TextAt(price, "grade") == "2" &&
           TextAt(price, "place") == "grade";
  });
  ASSERT_NE(second, prices.array()->end());
  EXPECT_EQ(TextAt(*second, "old_yuan_per_sqm"), "700");
  EXPECT_EQ(TextAt(*second, "method"), "index");
  const auto store = store::OpenSqliteStore(county_.path());
  const auto proofs =
      app::RecomputePublications(*store, store::PublicationKey{"431230", "td-2030"},
                                 fs::path(DIJIA_SOURCE_DIR) / "data/reference", problems);
  ASSERT_EQ(proofs.size(), 1U);
  EXPECT_EQ(proofs[0].outcome, app::ProofOutcome::kIdentical);
}

// A plan names files that lie beside it; here only what was sent is read.
TEST_F(JobRoutes, APlanNamesNoFilesOfTheServer) {
  county_.Publish(Round("td-2026", "2026-07-01", "700"), "2026-06-01");
  Diagnostics problems;
  ASSERT_TRUE(served_->prices.Read(problems));
  const std::string plan =
      "id = \"td-2030\"\nbase_date = 2030-01-01\n"
      "[sources]\ncompute_plan = \"/etc/passwd\"\nsamples = [\"/etc/passwd\"]\n"
      "mapping = \"/etc/x.toml\"\ncomparable = \"/etc/passwd\"\n"
      "[uses.residential]\nmethod = \"resample\"\nreason = \"x\"\nfallback = \"comparison\"\n";
  const Reply reply =
      Post(Form().File("plan", "refresh.toml", plan).Field("from", "td-2026"), clerk_);
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(ErrorsIn(reply),
            (std::vector<std::string>{"/comparable DJ-6083", "/compute_plan DJ-6083",
                                      "/mapping DJ-6083", "/samples DJ-6083"}))
      << reply.body;
  EXPECT_EQ(ErrorsIn(Post(Form().File("plan", "r.toml", plan).Field("from", "none"), clerk_)),
            std::vector<std::string>{"/from DJ-7011"});
}

TEST_F(JobRoutes, AKeyOfACountyComputesForItAlone) {
  EXPECT_EQ(Post(Plain(), ours_).status, 202);
  Expect(Post(Plain(), other_), 403, "DJ-6031");
  std::string all = kPlan;
  all.replace(all.find("\"152502\""), 8, "\"*\"");
  Expect(Post(Form().File("plan", "p.toml", all).File("samples", "s.csv", Samples(9)), ours_), 403,
         "DJ-6031");
  EXPECT_EQ(
      Post(Form().File("plan", "p.toml", all).File("samples", "s.csv", Samples(9)), clerk_).status,
      202);
}

TEST_F(JobRoutes, TheSameRequestIsOneJob) {
  const std::string repeat = "Idempotency-Key: a-1\r\n";
  const Reply first = Post(Plain(), clerk_, repeat);
  ASSERT_EQ(first.status, 202);
  const std::string path = first.Field("location");
  WaitForEnd(path.substr(9));
  EXPECT_EQ(Post(Plain(), clerk_, repeat).Field("location"), path);
  Expect(Post(Plain(61), clerk_, repeat), 422, "DJ-6034");
  Expect(Post(Plain(), clerk_, "Idempotency-Key: a b\r\n"), 400, "DJ-6033");
  EXPECT_NE(Post(Plain(), ours_, repeat).Field("location"), path) << "of another caller";
  EXPECT_NE(Post(Plain(), clerk_).Field("location"), path);
  Serve();
  EXPECT_EQ(Post(Plain(), clerk_, repeat).Field("location"), path) << "after a restart";
}

TEST_F(JobRoutes, WithoutAStoreNothingIsImported) {
  served_.reset();
  served_.emplace(QuickLimits(), http::Routes(), fs::path(DIJIA_SOURCE_DIR) / "rules/packs",
                  app::PriceSource(), county_.Keys(), app::PublicationDesk(),
                  app::PublicationDesk(), folder_ / "jobs");
  EXPECT_EQ(ErrorsIn(Post(Plain().Field("import", "true"), clerk_)),
            std::vector<std::string>{"/import DJ-6071"});
  EXPECT_EQ(Post(Plain().Field("import", "false"), clerk_).status, 202);
}

}  // namespace
}  // namespace dijia::test
