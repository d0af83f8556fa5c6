// Who pays more and who less by a draft, asked over HTTP with a file of parcels.
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"
#include "io/file_text.h"
#include "json/text.h"
#include "support/table_files.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;
using Lines = std::vector<std::string>;

const std::string kCsvType = "Content-Type: text/csv\r\n";
const std::string kXlsxType =
    "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n";
const std::string kPath = "/v1/publications/td-2026/impact";

// Prices of housing in grades 1 and 2 for the whole term of 70 years, which is all that counts.
Publication Plain(const std::string& id, const std::string& from, const char* first,
                  const char* second) {
  Publication publication = Round(id, from, second);
  PublishedUse& use = publication.uses.at(LandUse::kResidential);
  use.grades[0].price = *UnitPrice::Parse(first);
  use.formula = {};
  use.formula.product = {"term"};
  return publication;
}

// Grade 1 rises from 1,000 to 1,100, grade 2 falls from 600 to 594.
constexpr char kParcels[] =
    "parcel_id,county,area,use,grade,area_sqm,term_years,valuation_date\n"
    "A,431230,城区,residential,1,100,70,2026-08-01\n"
    "B,431230,,residential,1,,70,2026-08-01\n"
    "C,431230,城区,residential,2,50,70,2026-08-01\n"
    "D,431230,城区,residential,9,50,70,2026-08-01\n"
    "E,150102,,residential,2,50,70,2026-08-01\n";

class Impact : public testing::Test {
 protected:
  Impact() {
    viewer_ = county_.AddKey("交易平台", Role::kViewer);
    clerk_ = county_.AddKey("张三", Role::kClerk);
    theirs_ = county_.AddKey("赵六", Role::kClerk, "150102");
    county_.Publish(Plain("td-2018", "2018-07-01", "900", "500"), "2018-05-01");
    county_.Publish(Plain("td-2022", "2022-07-01", "1000", "600"), "2022-05-01");
    county_.Import(Plain("td-2026", "2026-07-01", "1100", "594"), "2026-05-01");
    Serve(QuickLimits());
  }
  void Serve(http::Limits limits) {
    served_.reset();
    served_.emplace(limits, http::Routes(), std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs",
                    county_.Source(), county_.Keys(), county_.Desk());
  }
  Reply Post(const std::string& target, const std::string& body, const std::string& fields,
             const std::string& key) {
    const auto reply =
        Ask(served_->port(),
            RequestText("POST", target, body,
                        "Accept-Language: en\r\nAuthorization: Bearer " + key + "\r\n" + fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  Reply Post(const std::string& body, const std::string& fields = kCsvType) {
    return Post(kPath, body, fields, clerk_);
  }
  void ExpectProblem(const Reply& reply, int status, const char* code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code);
  }
  // `use grade parcels raised lowered same not_valued mean more less` of sums.
  static std::string SumsOf(const Value& sums) {
    std::string line;
    for (const char* name : {"use", "grade", "parcels", "raised", "lowered", "same", "not_valued",
                             "mean_change_percent", "more_yuan", "less_yuan"}) {
      const std::string text = TextAt(sums, name);
      line += (text.empty() ? "-" : text) + " ";
    }
    return line;
  }
  static Lines GroupsOf(const Value& document) {
    Lines lines;
    for (const Value& group : *document.Find("groups")->array()) lines.push_back(SumsOf(group));
    return lines;
  }

  County county_;
  std::string viewer_, clerk_, theirs_;
  std::optional<Served> served_;
};

TEST_F(Impact, SaysWhoPaysMoreAndWhoLessByUseAndGrade) {
  const Reply reply = Post(kParcels);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Field("cache-control"), "no-store");
  const Value document = MustParse(reply.body);
  const Value schemas = http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn);
  Validate(document, *schemas.Find("PublicationImpact"), schemas, "impact");
  EXPECT_EQ(TextAt(*document.Find("old"), "id"), "td-2022") << "the last before it";
  EXPECT_EQ(TextAt(*document.Find("new"), "id"), "td-2026");
  // 1,000 → 1,100 is +10 %, and 100 m² of it 10,000 yuan; 600 → 594 is −1 %, 50 m² 300 yuan.
  EXPECT_EQ(GroupsOf(document),
            (Lines{"residential 1 2 2 0 0 0 10 10000 0 ", "residential 2 1 0 1 0 0 -1 0 300 ",
                   "residential 9 1 0 0 0 1 - 0 0 "}));
  EXPECT_EQ(SumsOf(document.Find("by_use")->array()->front()),
            "residential - 4 2 1 0 1 6.33 10000 300 ");  // (10 + 10 − 1) / 3
  const Value& total = *document.Find("total");
  EXPECT_EQ(TextAt(total, "with_total"), "2");
  EXPECT_EQ(TextAt(total, "old_total_yuan"), "130000");
  EXPECT_EQ(TextAt(total, "new_total_yuan"), "139700");
  EXPECT_EQ(TextAt(total, "total_change_percent"), "7.46");  // 9,700 / 130,000
  const Value::Array& withheld = *document.Find("withheld")->array();
  ASSERT_EQ(withheld.size(), 1U);
  EXPECT_EQ(TextAt(withheld[0], "code") + " " + TextAt(withheld[0], "parcels") + " " +
                TextAt(withheld[0], "example"),
            "DJ-2206 1 no price is published for grade 9");
  EXPECT_EQ(TextAt(document, "elsewhere"), "1");
  EXPECT_EQ(TextAt(document, "rows"), "5");
  EXPECT_EQ(TextAt(document, "refused"), "0");
  EXPECT_TRUE(document.Find("problems")->array()->empty());
}

TEST_F(Impact, IsTheSameForAWorkbookAndForLines) {
  const Reply of_rows = Post(kParcels);
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(kParcels);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    auto& row = rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
  }
  const TemporaryFolder folder;
  WriteXlsx(folder / "parcels.xlsx", {{"宗地", rows, ""}});
  EXPECT_EQ(Post(io::ReadText(folder / "parcels.xlsx"), kXlsxType).body, of_rows.body);
  std::string ndjson;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::string line;
    for (std::size_t k = 0; k < rows[i].size(); ++k) {
      if (rows[i][k].empty()) continue;
      const bool is_number = k == 4 || k == 5 || k == 6;
      const std::string quote = is_number ? "" : "\"";
      line += (line.empty() ? "{\"" : ",\"") + rows[0][k] + "\":" + quote + rows[i][k] + quote;
    }
    ndjson += line + "}\n";
  }
  EXPECT_EQ(Post(ndjson, "Content-Type: application/x-ndjson\r\n").body, of_rows.body);
}

TEST_F(Impact, AnotherPublicationMayBeComparedWith) {
  const Value document =
      MustParse(Post(kPath + "?against=td-2018", kParcels, kCsvType, clerk_).body);
  EXPECT_EQ(TextAt(*document.Find("old"), "id"), "td-2018");
  EXPECT_EQ(TextAt(*document.Find("total"), "more_yuan"), "24700");  // 100 × 200 + 50 × 94
  // A draft may be the one before as well; published prices are there for viewers.
  const auto of_past = [&](const std::string& key) {
    return Post("/v1/publications/td-2022/impact", kParcels, kCsvType, key);
  };
  EXPECT_EQ(TextAt(*MustParse(of_past(viewer_).body).Find("old"), "id"), "td-2018");
  ExpectProblem(Post(kPath + "?against=td-1999", kParcels, kCsvType, clerk_), 404, "DJ-7011");
  ExpectProblem(Post("/v1/publications/td-2018/impact", kParcels, kCsvType, clerk_), 400,
                "DJ-6017");
}

TEST_F(Impact, OfADraftIsForThoseWhoWorkOnIt) {
  ExpectProblem(Post(kPath, kParcels, kCsvType, viewer_), 404, "DJ-7011");
  EXPECT_EQ(Post(kPath, kParcels, kCsvType, theirs_).status, 403);
  EXPECT_EQ(Post(kPath + "?county=150102", kParcels, kCsvType, clerk_).status, 404);
}

TEST_F(Impact, RowsThatCannotBeReadAreNamedAndInNoSum) {
  const std::string body = std::string(kParcels) +
                           "F,431230,城区,residential,1,many,70,2026-08-01\n"
                           "G,431230,城区,houses,1,10,70,2026-13-01\n";
  const Reply reply = Post(body);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value document = MustParse(reply.body);
  EXPECT_EQ(TextAt(document, "rows"), "7");
  EXPECT_EQ(TextAt(document, "refused"), "2");
  EXPECT_EQ(TextAt(*document.Find("total"), "parcels"), "4");
  Lines places;
  for (const Value& problem : *document.Find("problems")->array()) {
    places.push_back(TextAt(problem, "row") + ":" + TextAt(problem, "column") + " " +
                     TextAt(problem, "code"));
    EXPECT_EQ(problem.Find("source"), nullptr);
  }
  EXPECT_EQ(places, (Lines{"7:6 DJ-1101", "8:4 DJ-1264", "8:8 DJ-1104"})) << reply.body;
}

TEST_F(Impact, WhatHasNoRowThatCanBeReadIsRefusedWithAllThatIsWrong) {
  ExpectProblem(Post("a,b\n1,2\n"), 422, "DJ-6035");
  const Reply reply = Post("parcel_id,use,grade\nA,houses,1\nB,houses,many\n");
  ExpectProblem(reply, 422, "DJ-6035");
  EXPECT_EQ(MustParse(reply.body).Find("errors")->array()->size(), 3U) << reply.body;
  const Reply book = Post("no workbook", kXlsxType);
  EXPECT_EQ(book.status, 400) << book.body;
  EXPECT_EQ(book.body.find("parcels.xlsx"), std::string::npos) << "names a file of the service";
}

TEST_F(Impact, AFileWithoutRowsAffectsNobody) {
  const Reply reply = Post("parcel_id,use,grade\n");
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value document = MustParse(reply.body);
  EXPECT_EQ(TextAt(document, "rows"), "0");
  EXPECT_EQ(TextAt(*document.Find("total"), "parcels"), "0");
  EXPECT_EQ(TextAt(*document.Find("total"), "mean_change_percent"), "");
}

TEST_F(Impact, ParcelByParcelAsATableInOrder) {
  const std::string body =
      std::string(kParcels) + "F,431230,城区,residential,1,many,70,2026-08-01\n";
  const std::string expected =
      "row,parcel_id,use,grade,zone,kind,old_price_yuan_per_sqm,new_price_yuan_per_sqm,"
      "change_percent,old_total_yuan,new_total_yuan,problems\n"
      "2,A,residential,1,,raised,1000,1100,10,100000,110000,\n"
      "3,B,residential,1,,raised,1000,1100,10,,,\n"
      "4,C,residential,2,,lowered,600,594,-1,30000,29700,\n"
      "5,D,residential,9,,not_valued,,,,,,DJ-2206 [grade]: no price is published for grade 9\n"
      "6,E,residential,2,,elsewhere,,,,,,\n"
      "7,F,residential,1,,error,,,,,,"
      "\"DJ-1101 [area_sqm]: \"\"many\"\" is not a number; a decimal such as 84.5 is allowed\"\n";
  const Reply reply = Post(body, kCsvType + "Accept: text/csv\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Field("content-type"), "text/csv; charset=utf-8");
  EXPECT_EQ(reply.body, expected);
  const Reply streamed = Post(body, kCsvType + "Accept: text/csv\r\nPrefer: stream\r\n");
  EXPECT_EQ(streamed.Field("preference-applied"), "stream");
  EXPECT_EQ(streamed.body, expected);
  EXPECT_EQ(Post("parcel_id,use\n", kCsvType + "Accept: text/csv\r\n").body,
            expected.substr(0, expected.find('\n') + 1));
}

TEST_F(Impact, AnIdThatIsAFormulaIsNone) {
  const Reply reply =
      Post("parcel_id,use,grade\n=1+1,residential,1\n", kCsvType + "Accept: text/csv\r\n");
  EXPECT_NE(reply.body.find("2,'=1+1,"), std::string::npos) << reply.body;
}

// The example of an import and the prices after it, compared for the example of a file of parcels.
TEST_F(Impact, ItsExampleInOpenApiIsWhatTheServiceAnswers) {
  for (const char* name : {"import.json", "import-next.json"}) {
    const std::string body =
        io::ReadText(std::filesystem::path(DIJIA_SOURCE_DIR) / "service/examples" / name);
    EXPECT_EQ(Post("/v1/publications", body, "Content-Type: application/json\r\n", clerk_).status,
              201);
  }
  const auto openapi =
      Ask(served_->port(), RequestText("GET", "/openapi.json", "", "Accept-Language: en\r\n"));
  ASSERT_TRUE(openapi);
  const Value document = MustParse(openapi->body);
  const Value& post = *document.Find("paths")->Find("/v1/publications/{id}/impact")->Find("post");
  const Value& request = *post.Find("requestBody")->Find("content")->Find("text/csv");
  const Value& answer = *post.Find("responses")->Find("200")->Find("content");
  const Reply reply = Post("/v1/publications/example-2029/impact?against=example-2026",
                           TextAt(request, "example"), kCsvType, clerk_);
  EXPECT_EQ(reply.status, 200) << reply.body;
  const Value given = MustParse(reply.body);
  EXPECT_EQ(json::ToCanonical(given),
            json::ToCanonical(*answer.Find("application/json")->Find("example")));
  EXPECT_EQ(answer.Find("text/csv")->Find("example"), nullptr);
  // 790 → 830 and 500 m² of it, 560 → 552 and 1,200 m²; one row that cannot be read.
  EXPECT_EQ(GroupsOf(given), (Lines{"residential 1 1 1 0 0 0 5.06 20000 0 ",
                                    "residential 2 2 0 2 0 0 -1.43 0 9600 "}));
  EXPECT_EQ(TextAt(given, "refused"), "1");
}

TEST_F(Impact, HasItsLimitsAndTypes) {
  EXPECT_EQ(Post(kParcels, "Content-Type: application/json\r\n").status, 415);
  EXPECT_EQ(Post(kParcels, kCsvType + "Accept: text/html\r\n").status, 406);
  EXPECT_EQ(Post(kPath + "?agains=td-2018", kParcels, kCsvType, clerk_).status, 400);
  http::Limits limits = QuickLimits();
  limits.batch_rows = 4;
  Serve(limits);
  ExpectProblem(Post(kParcels), 413, "DJ-6024");
  limits = QuickLimits();
  limits.batch_bytes = 64;
  Serve(limits);
  ExpectProblem(Post(kParcels), 413, "DJ-6008");
  Serve(QuickLimits());
  const std::string whole =
      RequestText("POST", kPath, kParcels, kCsvType + "Authorization: Bearer " + clerk_ + "\r\n");
  Client cut(served_->port());
  cut.Send(whole.substr(0, whole.size() - 5));
  cut.EndSending();
  EXPECT_EQ(cut.Receive()->status, 400);
}

}  // namespace
}  // namespace dijia::test
