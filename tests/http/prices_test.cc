// Published prices over HTTP: lists, documents, prices, valuations, and their replacement.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/stored_publications.h"
#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"
#include "io/file_text.h"
#include "json/publication_codec.h"
#include "store/sqlite_store.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"

namespace dijia::test {
namespace {

using json::Value;
namespace fs = std::filesystem;

const fs::path kSource = DIJIA_SOURCE_DIR;

// Two rounds that were published and a draft.
class Prices : public testing::Test {
 protected:
  Prices() {
    county.Publish(Round("td-2022", "2022-01-01", "650"), "2021-12-20");
    county.Publish(Round("td-2026", "2026-01-06", "710"), "2025-12-20");
    county.Import(Round("td-2029", "2029-01-01", "800"), "2026-02-01");
    served.emplace(QuickLimits(), http::Routes(), kSource / "rules/packs", county.Source());
  }

  Reply Get(const std::string& target, const std::string& fields = "") {
    const auto reply = Ask(served->port(), RequestText("GET", target, "", fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  Reply Post(const std::string& target, const std::string& body, const std::string& fields) {
    const auto reply = Ask(served->port(), RequestText("POST", target, body, fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  Reply ValueOf(const std::string& body) {
    return Post("/v1/valuations", body, "Content-Type: application/json\r\n");
  }
  // `id status until` of each publication of a list.
  std::vector<std::string> Listed(const std::string& query) {
    const Reply reply = Get("/v1/publications" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    const Value document = MustParse(reply.body);
    std::vector<std::string> lines;
    for (const Value& one : *document.Find("publications")->array()) {
      lines.push_back(TextAt(one, "id") + " " + TextAt(one, "status") + " " +
                      TextAt(one, "effective_until"));
    }
    return lines;
  }
  void ExpectProblem(const Reply& reply, int status, const char* code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code);
  }

  County county;
  std::optional<Served> served;
};

using Lines = std::vector<std::string>;
const std::string kParcel = io::ReadText(kSource / "service/examples/parcel.json");

std::string With(const std::string& text, const std::string& what, const std::string& instead) {
  std::string changed = text;
  const std::size_t at = changed.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return changed.replace(at, what.size(), instead);
}

// A parcel as a line of NDJSON.
std::string Line(const std::string& parcel) { return json::ToLine(MustParse(parcel)); }

TEST_F(Prices, ThoseThatArePublishedAreListed) {
  EXPECT_EQ(Listed(""), (Lines{"td-2022 superseded 2026-01-06", "td-2026 published "}));
  EXPECT_EQ(Listed("?status=published"), (Lines{"td-2026 published "}));
  EXPECT_EQ(Listed("?status=draft"), Lines{});
  EXPECT_EQ(Listed("?county=431230").size(), 2U);
  EXPECT_EQ(Listed("?county=150304"), Lines{});
}

TEST_F(Prices, OneIsInForceOnADay) {
  EXPECT_EQ(Listed("?as_of=2021-12-31"), Lines{});
  EXPECT_EQ(Listed("?as_of=2022-01-01"), (Lines{"td-2022 superseded 2026-01-06"}));
  EXPECT_EQ(Listed("?as_of=2026-01-05"), (Lines{"td-2022 superseded 2026-01-06"}));
  EXPECT_EQ(Listed("?as_of=2026-01-06"), (Lines{"td-2026 published "}));
}

TEST_F(Prices, WhatWasKnownAtATimeIsKeptApart) {
  EXPECT_EQ(Listed("?known_at=2021-12-19"), Lines{});
  EXPECT_EQ(Listed("?known_at=2021-12-20"), (Lines{"td-2022 published "}));
  // On the first of December 2025 nobody knew that other prices would hold on that day.
  EXPECT_EQ(Listed("?as_of=2026-02-01&known_at=2025-12-01"), (Lines{"td-2022 published "}));
  EXPECT_EQ(Listed("?known_at=2025-12-20T07:59:59Z"), (Lines{"td-2022 published "}));
  EXPECT_EQ(Listed("?known_at=2025-12-20T08:00:00Z").size(), 2U);
  EXPECT_EQ(TextAt(MustParse(Get("/v1/publications/td-2022?known_at=2025-12-01").body), "status"),
            "published");
  ExpectProblem(Get("/v1/publications/td-2026?known_at=2025-12-01"), 404, "DJ-7011");
}

TEST_F(Prices, ADocumentIsTheOneThatExportWrites) {
  const Reply reply = Get("/v1/publications/td-2022");
  Publication expected = Round("td-2022", "2022-01-01", "650");
  expected.status = PublicationStatus::kSuperseded;
  expected.effective_until = *ParseDate("2026-01-06");
  EXPECT_EQ(reply.body, json::ToPretty(json::WritePublication(expected)));
  ExpectProblem(Get("/v1/publications/td-2029"), 404, "DJ-7011");  // a draft is nobody's business
}

TEST_F(Prices, DocumentsAreTaggedAndPacked) {
  for (const char* target :
       {"/v1/publications/td-2026", "/v1/publications/td-2026/grade-prices", "/v1/publications",
        "/v1/refresh-status?as_of=2027-01-01", "/v1/publications/td-2026/diff?against=td-2022"}) {
    const Reply whole = Get(target);
    ASSERT_EQ(whole.status, 200) << target << whole.body;
    const std::string tag = whole.Field("etag");
    ASSERT_TRUE(tag.starts_with('"')) << target;
    const Reply known = Get(target, "If-None-Match: " + tag + "\r\n");
    EXPECT_EQ(known.status, 304) << target;
    EXPECT_TRUE(known.body.empty());
    EXPECT_EQ(Get(target, "If-None-Match: \"other\"\r\n").status, 200) << target;
    const Reply packed = Get(target, "Accept-Encoding: gzip\r\n");
    EXPECT_EQ(packed.Field("content-encoding") == "gzip", packed.body != whole.body) << target;
  }
  const Reply packed = Get("/v1/publications/td-2026", "Accept-Encoding: gzip\r\n");
  EXPECT_TRUE(packed.body.starts_with("\x1f\x8b"));
}

TEST_F(Prices, PricesAreLookedUpInBothUnits) {
  const auto rows = [&](const std::string& query) {
    const Reply reply = Get("/v1/publications/td-2026/grade-prices" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    const Value document = MustParse(reply.body);
    return *document.Find("prices")->array();
  };
  EXPECT_EQ(rows("").size(), 31U);  // six uses of five grades, and a street
  EXPECT_EQ(rows("?use=residential").size(), 5U);
  const auto found = rows("?use=residential&grade=2");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(TextAt(found.front(), "price_yuan_per_sqm"), "710");
  EXPECT_EQ(TextAt(found.front(), "price_wan_yuan_per_mu"), "47.3333");  // 710 / 15
  EXPECT_EQ(TextAt(found.front(), "term_years"), "70");
  EXPECT_TRUE(rows("?zone=J1").empty());
  for (const char* query : {"?use=farm", "?grade=0", "?grade=256", "?grade=x", "?known_at=soon"}) {
    ExpectProblem(Get(std::string("/v1/publications/td-2026/grade-prices") + query), 400,
                  "DJ-6017");
  }
  ExpectProblem(Get("/v1/publications/td-2026/grade-prices?grad=1"), 400, "DJ-6016");
  ExpectProblem(Get("/v1/publications/none/grade-prices"), 404, "DJ-7011");
  EXPECT_EQ(Get("/v1/publications/td-2026/other").status, 404);
  EXPECT_EQ(Get("/v1/publications//grade-prices").status, 404);
}

TEST_F(Prices, TwoRoundsAreCompared) {
  const Value diff = MustParse(Get("/v1/publications/td-2026/diff?against=td-2022").body);
  ASSERT_EQ(diff.Find("prices")->array()->size(), 1U);
  const Value& price = diff.Find("prices")->array()->front();
  EXPECT_EQ(TextAt(*price.Find("old"), "price_yuan_per_sqm"), "650");
  EXPECT_EQ(TextAt(*price.Find("new"), "price_yuan_per_sqm"), "710");
  ExpectProblem(Get("/v1/publications/td-2026/diff"), 400, "DJ-6017");
  ExpectProblem(Get("/v1/publications/td-2026/diff?against=none"), 404, "DJ-7011");
}

TEST_F(Prices, ARefreshIsDue) {
  const Value list = MustParse(Get("/v1/refresh-status?as_of=2035-01-01").body);
  ASSERT_EQ(list.Find("areas")->array()->size(), 1U);
  EXPECT_EQ(TextAt(list.Find("areas")->array()->front(), "publication"), "td-2026");
  EXPECT_EQ(TextAt(list.Find("areas")->array()->front(), "status"), "barred");
  EXPECT_TRUE(
      MustParse(Get("/v1/refresh-status?county=150304").body).Find("areas")->array()->empty());
}

// The case of tests/golden/tongdao_valuation_test.cc that an appraiser printed.
TEST_F(Prices, AParcelIsValuedByThePricesOfItsDay) {
  const Reply reply = ValueOf(kParcel);
  EXPECT_EQ(reply.status, 200) << reply.body;
  const Value valuation = MustParse(reply.body);
  EXPECT_EQ(TextAt(valuation, "publication"), "td-2026");
  EXPECT_EQ(TextAt(valuation, "base_price_yuan_per_sqm"), "710");
  EXPECT_EQ(TextAt(valuation, "unit_price_yuan_per_sqm"), "1144.6");
  EXPECT_EQ(TextAt(valuation, "floor_price_yuan_per_sqm"), "249.91");
  const Value earlier = MustParse(ValueOf(With(kParcel, "2026-06-03", "2025-06-03")).body);
  EXPECT_EQ(TextAt(earlier, "publication"), "td-2022");
  EXPECT_EQ(TextAt(earlier, "base_price_yuan_per_sqm"), "650");
  const Value before = MustParse(ValueOf(With(kParcel, "2026-06-03", "2020-06-03")).body);
  EXPECT_EQ(TextAt(before, "status"), "withheld");
  EXPECT_EQ(before.Find("missing")->array()->size(), 1U);
}

TEST_F(Prices, EveryProblemOfAParcelIsNamedAtOnce) {
  const Reply reply = ValueOf(R"({"use": "farm", "farr": 2, "area_sqm": -1})");
  EXPECT_EQ(reply.status, 422);
  const Value problem = MustParse(reply.body);
  std::vector<std::string> pointers;
  for (const Value& error : *problem.Find("errors")->array()) {
    pointers.push_back(TextAt(error, "pointer"));
  }
  std::ranges::sort(pointers);
  EXPECT_EQ(pointers, (Lines{"/area_sqm", "/farr", "/use"}));
  ExpectProblem(ValueOf("{"), 400, "DJ-6022");
  ExpectProblem(Post("/v1/valuations", kParcel, "Content-Type: text/plain\r\n"), 415, "DJ-6014");
}

TEST_F(Prices, ABatchAnswersInOrderAndABadRowInItsPlace) {
  const std::string body = Line(kParcel) + "\n{\"parcel_id\": \"B\", \"use\": \"farm\"}\n" +
                           Line(With(kParcel, "\"A\"", "\"C\"")) + "\n";
  for (const char* prefer : {"", "Prefer: stream\r\n"}) {
    const Reply reply = Post("/v1/valuations/batch", body,
                             std::string("Content-Type: application/x-ndjson\r\n") + prefer);
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < reply.body.size();) {
      const std::size_t end = reply.body.find('\n', at);
      lines.push_back(reply.body.substr(at, end - at));
      at = end + 1;
    }
    ASSERT_EQ(lines.size(), 3U) << reply.body;
    EXPECT_EQ(lines[0], ValueOf(kParcel).body);
    EXPECT_EQ(TextAt(MustParse(lines[1]), "parcel_id"), "B");
    EXPECT_NE(MustParse(lines[1]).Find("error"), nullptr);
    EXPECT_EQ(TextAt(MustParse(lines[2]), "parcel_id"), "C");
  }
}

TEST_F(Prices, ABatchMayBeATable) {
  const std::string body =
      "parcel_id,county,use,grade,far,term_years,valuation_date\n"
      "A,431230,residential,2,2.0,70,2026-06-03\nB,431230,residential,2,-1,70,2026-06-03\n";
  const Reply reply =
      Post("/v1/valuations/batch", body, "Content-Type: text/csv\r\nAccept: text/csv\r\n");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_NE(reply.body.find(",B,error,"), std::string::npos) << reply.body;
  const Reply refused = Post("/v1/valuations/batch", "a,b\n1,2\n", "Content-Type: text/csv\r\n");
  EXPECT_EQ(refused.status, 422) << refused.body;
}

TEST_F(Prices, ABatchHasAnEnd) {
  http::Limits limits = QuickLimits();
  limits.batch_rows = 2;
  Served small(limits, http::Routes(), kSource / "rules/packs", county.Source());
  const std::string rows = Line(kParcel) + "\n" + Line(kParcel) + "\n" + Line(kParcel) + "\n";
  const auto reply = Ask(small.port(), RequestText("POST", "/v1/valuations/batch", rows,
                                                   "Content-Type: application/x-ndjson\r\n"));
  ASSERT_TRUE(reply);
  ExpectProblem(*reply, 413, "DJ-6024");
}

// Prefer: respond-async: the answers are those that would have come at once.
TEST_F(Prices, ABatchIsAJobWhenAskedFor) {
  const TemporaryFolder folder;
  Served jobs(QuickLimits(), http::Routes(), kSource / "rules/packs", county.Source(), {}, {}, {},
              folder / "jobs");
  const auto ask = [&jobs](const std::string& method, const std::string& target,
                           const std::string& body, const std::string& fields) {
    const auto reply = Ask(jobs.port(), RequestText(method, target, body, fields));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  };
  const std::string table =
      "parcel_id,county,use,grade,far,term_years,valuation_date\n"
      "A,431230,residential,2,2.0,70,2026-06-03\nB,431230,residential,2,-1,70,2026-06-03\n";
  const std::string csv = "Content-Type: text/csv\r\nAccept: text/csv\r\n";
  for (const auto& [body, fields] :
       {std::pair(table, csv),
        {Line(kParcel) + "\nx\n", std::string("Content-Type: application/x-ndjson\r\n")}}) {
    const Reply now = ask("POST", "/v1/valuations/batch", body, fields);
    const Reply later =
        ask("POST", "/v1/valuations/batch", body, fields + "Prefer: respond-async\r\n");
    ASSERT_EQ(later.status, 202) << later.body;
    EXPECT_EQ(later.Field("preference-applied"), "respond-async");
    const std::string path = later.Field("location");
    std::string state;
    for (int i = 0; i < 1000 && state != "done" && state != "failed"; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      const Value job = MustParse(ask("GET", path, "", "").body);
      state = TextAt(job, "state");
      EXPECT_EQ(TextAt(job, "kind"), "value");
    }
    EXPECT_EQ(state, "done");
    const Reply result = ask("GET", path + "/result", "", "");
    EXPECT_EQ(result.body, now.body);
    EXPECT_EQ(result.Field("content-type"), now.Field("content-type"));
  }
  const std::string once = csv + "Prefer: respond-async\r\nIdempotency-Key: a\r\n";
  const Reply first = ask("POST", "/v1/valuations/batch", table, once);
  EXPECT_EQ(ask("POST", "/v1/valuations/batch", table, once).Field("location"),
            first.Field("location"));
  EXPECT_EQ(ask("POST", "/v1/valuations/batch", table + "C\n", once).status, 422);
}

// What the faults of Poco's HTTPServer would do to the new routes (faults_test.cc).
TEST_F(Prices, BodiesThatAreCutShortAreNotValued) {
  for (const char* target : {"/v1/valuations", "/v1/valuations/batch"}) {
    const bool one = std::string_view(target).ends_with("valuations");
    const std::string type = one ? "application/json" : "application/x-ndjson";
    const std::string parcel = Line(kParcel);
    const std::string whole = RequestText("POST", target, parcel, "Content-Type: " + type + "\r\n");
    Client cut(served->port());
    cut.Send(whole.substr(0, whole.size() - 5));
    cut.EndSending();
    const auto reply = cut.Receive();
    ASSERT_TRUE(reply) << target;
    EXPECT_EQ(reply->status, 400) << target << reply->body;
    Client chunked(served->port());
    chunked.Send("POST " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nContent-Type: " + type +
                 "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
    ASSERT_EQ(chunked.Receive()->status, 400) << target;
    EXPECT_TRUE(chunked.HasEnded());
    Client endless(served->port());
    endless.Send("POST " + std::string(target) + " HTTP/1.1\r\nHost: t\r\nContent-Type: " + type +
                 "\r\n\r\n");
    EXPECT_EQ(endless.Receive()->status, 411) << target;
  }
  Client client(served->port());  // the body of a question is not the next request
  const std::string inner = "GET /healthz HTTP/1.1\r\nHost: t\r\n\r\n";
  client.Send(RequestText("GET", "/v1/publications", inner,
                          "Content-Length: " + std::to_string(inner.size()) + "\r\n") +
              RequestText("GET", "/readyz"));
  EXPECT_EQ(client.Receive()->status, 200);
  const auto next = client.Receive();
  ASSERT_TRUE(next);
  EXPECT_NE(next->body.find("ready"), std::string::npos) << next->body;
}

TEST_F(Prices, NewPricesAreTakenAndTheOldAnswerUntilThen) {
  const std::string tag = Get("/v1/publications").Field("etag");
  EXPECT_FALSE(served->prices.Changed());
  county.Move("td-2029", PublicationStatus::kSubmitted, "甲", "2026-03-01");
  county.Move("td-2029", PublicationStatus::kApproved, "乙", "2026-03-01");
  county.Move("td-2029", PublicationStatus::kPublished, "丙", "2026-03-02");
  EXPECT_EQ(Get("/v1/publications", "If-None-Match: " + tag + "\r\n").status, 304);
  EXPECT_TRUE(served->prices.Changed());
  EXPECT_FALSE(served->prices.Changed());
  Diagnostics problems;
  EXPECT_TRUE(served->prices.Read(problems));
  EXPECT_EQ(Get("/v1/publications", "If-None-Match: " + tag + "\r\n").status, 200);
  EXPECT_EQ(Listed("?as_of=2029-01-01"), (Lines{"td-2029 published "}));
  EXPECT_EQ(TextAt(MustParse(Get("/v1/publications/td-2026").body), "effective_until"),
            "2029-01-01");
  county.Move("td-2029", PublicationStatus::kWithdrawn, "丙", "2026-04-01");
  EXPECT_TRUE(served->prices.Read(problems));
  EXPECT_EQ(Listed("?status=withdrawn"), (Lines{"td-2029 withdrawn "}));
  EXPECT_EQ(Listed("?as_of=2029-01-01"), (Lines{"td-2026 published "}));
  EXPECT_EQ(Listed("?as_of=2029-01-01&known_at=2026-03-31"), (Lines{"td-2029 published "}));
}

TEST(PriceFiles, AreServedBesideAStoreAndABrokenOneIsNotTaken) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "prices.json";
  const auto write = [&](const std::string& text) { std::ofstream(file) << text; };
  const auto document = [](Publication publication) {
    return json::ToPretty(json::WritePublication(publication));
  };
  write(document(Tongdao()));
  Served served(QuickLimits(), http::Routes(), kSource / "rules/packs",
                app::PriceSource(nullptr, {file}));
  const auto ids = [&] { return Ask(served.port(), RequestText("GET", "/v1/publications"))->body; };
  EXPECT_NE(ids().find("tongdao-2026"), std::string::npos);
  Diagnostics problems;
  write("{\"format\": \"dijia-publication/1\"");
  EXPECT_TRUE(served.prices.Changed());
  EXPECT_FALSE(served.prices.Read(problems));
  EXPECT_TRUE(problems.has_errors());
  EXPECT_NE(ids().find("tongdao-2026"), std::string::npos);
  fs::remove(file);
  EXPECT_FALSE(served.prices.Read(problems));
  Publication draft = Tongdao();
  draft.status = PublicationStatus::kDraft;
  write(document(draft));
  Diagnostics warned;
  EXPECT_TRUE(served.prices.Read(warned));
  ASSERT_EQ(warned.kept().size(), 1U);
  EXPECT_EQ(warned.kept().front().code, Code::kNotPublished);
  EXPECT_EQ(ids().find("tongdao-2026"), std::string::npos);
}

TEST(PriceFiles, OfTwoCountiesWithOneIdAreToldApart) {
  const TemporaryFolder folder;
  Publication other = Tongdao();
  other.county = "431229";
  std::vector<fs::path> files;
  for (const Publication& publication : {Tongdao(), other}) {
    files.push_back(folder.path() / (publication.county + ".json"));
    std::ofstream(files.back()) << json::ToPretty(json::WritePublication(publication));
  }
  Served served(QuickLimits(), http::Routes(), kSource / "rules/packs",
                app::PriceSource(nullptr, files));
  const auto ask = [&](const std::string& query) {
    return *Ask(served.port(), RequestText("GET", "/v1/publications/tongdao-2026" + query));
  };
  const Reply doubtful = ask("");
  EXPECT_EQ(doubtful.status, 400);
  EXPECT_NE(doubtful.body.find("431230, 431229"), std::string::npos) << doubtful.body;
  EXPECT_EQ(TextAt(MustParse(ask("?county=431229").body), "county"), "431229");
}

TEST_F(Prices, AnswersAreAsOpenApiDescribesThem) {
  const Value schemas = http::OpenApiSchemas(served->rules.Now()->pack(), Language::kEn);
  const auto hold = [&](const Reply& reply, const char* name) {
    EXPECT_EQ(reply.status, 200) << reply.body;
    Validate(MustParse(reply.body), *schemas.Find(name), schemas, name);
  };
  Validate(MustParse(kParcel), *schemas.Find("Parcel"), schemas, "Parcel");
  hold(ValueOf(kParcel), "Valuation");
  hold(ValueOf("{}"), "Valuation");
  hold(Get("/v1/publications"), "PublicationList");
  hold(Get("/v1/publications/td-2026/grade-prices"), "GradePrices");
}

TEST_F(Prices, ValuationsAreCounted) {
  ValueOf(kParcel);
  ValueOf("{}");
  const std::string metrics = Get("/metrics").body;
  EXPECT_NE(metrics.find("dijia_valuations_total{status=\"valued\"} 1\n"), std::string::npos);
  EXPECT_NE(metrics.find("dijia_valuations_total{status=\"withheld\"} 1\n"), std::string::npos);
  EXPECT_NE(metrics.find("dijia_publications 2\n"), std::string::npos);
}

}  // namespace
}  // namespace dijia::test
