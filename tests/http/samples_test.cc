// The sales behind computed prices, over HTTP.
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "app/compute.h"
#include "app/evidence.h"
#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"
#include "json/publication_codec.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;
using app::Role;
using json::Value;

const fs::path kSource = DIJIA_SOURCE_DIR;

std::string TextOfFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The example county, computed once: three areas from one run.
const app::Computed& Example() {
  static const app::Computed computed = [] {
    app::ComputeRequest request;
    request.plan = kSource / "data/example/plan.toml";
    request.samples = {kSource / "data/example/samples.csv"};
    request.reading.reference_folder = kSource / "data/reference";
    Diagnostics diagnostics;
    return *app::Compute(request, diagnostics);
  }();
  return computed;
}

class Samples : public testing::Test {
 protected:
  Samples() {
    viewer_ = county_.AddKey("交易平台", Role::kViewer);
    clerk_ = county_.AddKey("张三", Role::kClerk);
    served_.emplace(QuickLimits(), http::Routes(), kSource / "rules/packs", county_.Source(),
                    county_.Keys(), county_.Desk(), county_.Desk());
  }
  Reply Call(const std::string& method, const std::string& target, const std::string& key,
             const std::string& body = "", const std::string& fields = "") {
    const std::string type = method == "POST" ? "Content-Type: application/json\r\n" : "";
    Client client(served_->port());
    client.longest = std::chrono::milliseconds(60'000);  // everything is computed again
    client.Send(RequestText(
        method, target, body,
        type + fields + "Accept-Language: en\r\nAuthorization: Bearer " + key + "\r\n"));
    const auto reply = client.Receive();
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  void Import(const Publication& publication, const std::vector<std::string>& names) {
    Value body{Value::Object()}, files{Value::Array()};
    body.Add("publication", json::WritePublication(publication));
    for (const std::string& name : names) {
      Value file{Value::Object()};
      file.Add("name", Value(name));
      file.Add(
          "text",
          Value(name == app::kEvidenceFile
                    ? json::ToPretty(app::EvidenceOf(Example().publications.front(), Example(), {}))
                    : TextOfFile(kSource / "data/example" / name)));
      files.array()->push_back(std::move(file));
    }
    body.Add("evidence", std::move(files));
    const Reply reply = Call("POST", "/v1/publications", clerk_, json::ToLine(body));
    ASSERT_EQ(reply.status, 201) << reply.body;
  }
  static std::string CodeIn(const Reply& reply) { return TextAt(MustParse(reply.body), "code"); }
  static const app::ComputedPublication& First() { return Example().publications.front(); }
  static std::string Path() { return "/v1/publications/" + Escaped(First().draft.id) + "/samples"; }
  static std::string Escaped(const std::string& id) {
    std::string escaped;
    for (const unsigned char c : id) {
      char text[4];
      std::snprintf(text, sizeof text, "%%%02X", c);
      escaped += text;
    }
    return escaped;
  }

  County county_;
  std::string viewer_, clerk_;
  std::optional<Served> served_;
};

TEST_F(Samples, EveryRowOfThePublicationIsInOneCellOrLeftOut) {
  Import(First().draft, {"evidence.json", "plan.toml", "samples.csv"});
  const Value schemas = http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn);
  const Reply reply = Call("GET", Path(), clerk_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value all = MustParse(reply.body);
  Validate(all, *schemas.Find("SampleCells"), schemas, "cells");
  std::size_t rows = 0, priced = 0;
  for (const Value& cell : *all.Find("cells")->array()) {
    rows += std::stoul(TextAt(cell, "rows"));
    priced += TextAt(cell, "price_yuan_per_sqm").empty() ? 0 : 1;
    EXPECT_EQ(TextAt(cell, "price_yuan_per_sqm"), TextAt(cell, "computed_price_yuan_per_sqm"));
    EXPECT_EQ(cell.Find("samples"), nullptr);
  }
  for (const Value& one : *all.Find("left_out")->array()) rows += std::stoul(TextAt(one, "rows"));
  EXPECT_EQ(rows, First().scope.rows.size());
  EXPECT_GT(priced, 5U);
  EXPECT_EQ(
      Call("GET", Path(), clerk_, "", "If-None-Match: " + reply.Field("etag") + "\r\n").status,
      304);
}

TEST_F(Samples, ACellShowsWhatBecameOfEachSample) {
  Publication edited = First().draft;
  auto& grade = edited.uses.at(LandUse::kResidential).grades[1];
  const std::string computed = grade.price->ToString();
  grade.price = *UnitPrice::Parse("9999");
  Import(edited, {"evidence.json", "plan.toml", "samples.csv"});
  const Reply reply = Call("GET", Path() + "?use=residential&grade=2", clerk_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value answer = MustParse(reply.body);
  Validate(answer,
           *http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn).Find("SampleCells"),
           http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn), "cell");
  ASSERT_EQ(answer.Find("cells")->array()->size(), 1U);
  const Value& cell = answer.Find("cells")->array()->front();
  EXPECT_EQ(TextAt(cell, "price_yuan_per_sqm"), "9999") << "what was written by hand …";
  EXPECT_EQ(TextAt(cell, "computed_price_yuan_per_sqm"), computed) << "… and what comes out";

  const SampleTable& table = Example().samples;
  std::size_t kept = 0, outliers = 0;
  for (const Value& sample : *cell.Find("samples")->array()) {
    const std::string reason = TextAt(sample, "reason");
    kept += reason == "used" ? 1 : 0;
    outliers += reason == "outlier" ? 1 : 0;
    EXPECT_EQ(reason == "outlier", !TextAt(sample, "rule").empty());
    EXPECT_EQ(*sample.Find("kept")->boolean(), reason == "used");
    if (reason == "used" || reason == "outlier") {
      EXPECT_FALSE(TextAt(sample, "normalized_price_yuan_per_sqm").empty());
    }
    const std::size_t row = std::stoul(TextAt(sample, "row")) - 2;  // one file, in input order
    EXPECT_EQ(table.sample_id[row], TextAt(sample, "sample_id"));
    EXPECT_EQ(CodeOf(table.fate[row]), reason);
  }
  EXPECT_EQ(std::to_string(kept), TextAt(cell, "used"));
  EXPECT_GT(kept, 5U);
  EXPECT_EQ(std::to_string(kept + outliers), TextAt(cell, "screened"));
}

TEST_F(Samples, WhatIsAskedWronglyIsSaid) {
  Import(First().draft, {"evidence.json", "plan.toml", "samples.csv"});
  EXPECT_EQ(Call("GET", Path() + "?use=residential&grade=99", clerk_).status, 404);
  for (const char* query : {"?use=residential", "?grade=2", "?sub_use=a", "?use=farm&grade=1"}) {
    const Reply reply = Call("GET", Path() + query, clerk_);
    EXPECT_EQ(reply.status, 400) << query;
    EXPECT_EQ(CodeIn(reply), "DJ-6017");
  }
  EXPECT_EQ(Call("GET", Path(), viewer_).status, 404) << "it is a draft";
  EXPECT_EQ(Call("GET", "/v1/publications/none/samples", clerk_).status, 404);
}

TEST_F(Samples, OfPublishedPricesAreForAll) {
  Import(First().draft, {"evidence.json", "plan.toml", "samples.csv"});
  const std::string county = First().draft.county, id = First().draft.id;
  auto store = store::OpenSqliteStore(county_.path());
  Diagnostics problems;
  for (const auto& [status, actor] : {std::pair(PublicationStatus::kSubmitted, "张三"),
                                      {PublicationStatus::kApproved, "李四"},
                                      {PublicationStatus::kPublished, "李四"}}) {
    ASSERT_TRUE(
        store->Move({county, id}, status, {actor, "", "2099-01-01T00:00:00.000000Z"}, problems));
  }
  ASSERT_TRUE(served_->prices.Read(problems));
  EXPECT_EQ(Call("GET", Path(), viewer_).status, 200);
}

TEST_F(Samples, AreNotThereWithoutTheEvidence) {
  Import(First().draft, {});
  const Reply none = Call("GET", Path(), clerk_);
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(CodeIn(none), "DJ-6044") << none.body;
}

TEST_F(Samples, WhatIsNotKeptIsNamed) {
  Import(First().draft, {"evidence.json", "plan.toml"});
  const Reply reply = Call("GET", Path(), clerk_);
  EXPECT_EQ(reply.status, 409) << reply.body;
  EXPECT_EQ(CodeIn(reply), "DJ-6045");
  EXPECT_NE(reply.body.find("samples.csv"), std::string::npos) << reply.body;
}

}  // namespace
}  // namespace dijia::test
