// What the routes answer.
#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <thread>

#include "dijia/base/codes.h"
#include "http/openapi.h"
#include "http/openapi_examples.h"
#include "http/schema.h"
#include "http/served.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using json::Value;

Reply MustAsk(Served& served, const std::string& request) {
  const auto reply = Ask(served.port(), request);
  EXPECT_TRUE(reply) << request;
  return reply ? *reply : Reply{};
}

std::string CodeIn(const Reply& reply) { return TextAt(MustParse(reply.body), "code"); }

TEST(Check, ACaseIsAnsweredWithItsVerdictAndFindings) {
  Served served;
  const Reply reply = MustAsk(served, CaseRequest());
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Field("content-type"), "application/json");
  const Value answer = MustParse(reply.body);
  EXPECT_EQ(TextAt(answer, "case_id"), "A-2");
  EXPECT_EQ(TextAt(answer, "verdict"), "unlawful");
  EXPECT_EQ(TextAt(answer, "deficit_yuan_per_sqm"), "0.01");  // 84 - 83.99
  EXPECT_FALSE(answer.Find("findings")->array()->empty());
  EXPECT_EQ(TextAt(*answer.Find("rule_pack"), "sha256"), served.rules.Now()->pack().sha256);
}

TEST(Check, WhatWouldBeLawfulIsToldWhenAskedFor) {
  Served served;
  const auto ask = [&](const char* query) {
    return MustAsk(served, RequestText("POST", std::string(kCasePath) + query, kCase,
                                       "Content-Type: application/json\r\n"));
  };
  const Value answer = MustParse(ask("?inverse=1").body);
  ASSERT_NE(answer.Find("lowest_lawful"), nullptr);
  EXPECT_EQ(TextAt(*answer.Find("lowest_lawful"), "price_yuan_per_sqm"), "84");
  EXPECT_NE(answer.Find("nearest_lawful_facts"), nullptr);
  EXPECT_EQ(MustParse(ask("?inverse=0").body).Find("lowest_lawful"), nullptr);
  EXPECT_EQ(ask("?inverse=yes").status, 400);
}

TEST(Check, EveryProblemOfACaseIsNamedAtOnce) {
  Served served;
  const std::string bad =
      R"({"land_class": 16, "use": "farm", "method": "listing", "term_yeers": 50, )"
      R"("price": {"amount": "83.99999", "unit": "yuan_per_sqm"}})";
  const Reply reply =
      MustAsk(served, RequestText("POST", kCasePath, bad, "Content-Type: application/json\r\n"));
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
  const Value problem = MustParse(reply.body);
  EXPECT_EQ(TextAt(problem, "code"), "DJ-6023");
  std::vector<std::string> pointers;
  for (const Value& error : *problem.Find("errors")->array()) {
    pointers.push_back(TextAt(error, "pointer"));
  }
  std::ranges::sort(pointers);
  EXPECT_EQ(pointers,
            (std::vector<std::string>{"/land_class", "/price/amount", "/term_yeers", "/use"}));
}

TEST(Check, WhatIsNotJsonIsUnreadableWithItsPlace) {
  Served served;
  const Reply reply = MustAsk(served, RequestText("POST", kCasePath, "{\n  \"use\": ,\n}",
                                                  "Content-Type: application/json\r\n"));
  EXPECT_EQ(reply.status, 400);
  const Value problem = MustParse(reply.body);
  EXPECT_EQ(TextAt(problem, "code"), "DJ-6022");
  EXPECT_EQ(TextAt(problem.Find("errors")->array()->front(), "row"), "2");
}

TEST(Check, ADoubledFieldIsAnError) {
  Served served;
  const Reply reply = MustAsk(served, RequestText("POST", kCasePath, R"({"use":"a","use":"b"})",
                                                  "Content-Type: application/json\r\n"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(TextAt(MustParse(reply.body).Find("errors")->array()->front(), "pointer"), "/use");
}

TEST(Check, OtherTypesOfBodyAreRefused) {
  Served served;
  for (const char* type :
       {"text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"}) {
    const Reply reply = MustAsk(served, RequestText("POST", kCasePath, kCase,
                                                    std::string("Content-Type: ") + type + "\r\n"));
    EXPECT_EQ(reply.status, 415) << type;
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), "DJ-6014");
  }
  const Reply packed = MustAsk(served, CaseRequest("Content-Encoding: gzip\r\n"));
  EXPECT_EQ(packed.status, 415);
  EXPECT_EQ(TextAt(MustParse(packed.body), "code"), "DJ-6021");
}

TEST(Check, AnAnswerNobodyAcceptsIsRefused) {
  Served served;
  const Reply refused = MustAsk(served, CaseRequest("Accept: text/html\r\n"));
  EXPECT_EQ(refused.status, 406);
  EXPECT_EQ(CodeIn(refused), "DJ-6015");
  EXPECT_EQ(MustAsk(served, CaseRequest("Accept: text/html, */*;q=0.1\r\n")).status, 200);
}

TEST(Check, TheLanguageIsTheClients) {
  Served served;
  const Reply zh = MustAsk(served, CaseRequest());
  const Reply en = MustAsk(served, CaseRequest("Accept-Language: en-GB, zh;q=0.5\r\n"));
  EXPECT_NE(zh.body.find("低于"), std::string::npos);
  EXPECT_EQ(en.body.find("低于"), std::string::npos);
  EXPECT_EQ(TextAt(MustParse(en.body), "verdict"), "unlawful");
}

TEST(Check, AClientThatWaitsForContinueIsTold) {
  Served served;
  Client client(served.port());
  const std::string request = CaseRequest("Expect: 100-continue\r\n");
  const std::size_t head = request.find("\r\n\r\n") + 4;
  client.Send(request.substr(0, head));
  const auto go_on = client.Receive();
  ASSERT_TRUE(go_on);
  EXPECT_EQ(go_on->status, 100);
  client.Send(request.substr(head));
  EXPECT_EQ(client.Receive()->status, 200);
  const Reply refused = MustAsk(served, CaseRequest("Expect: a miracle\r\n"));
  EXPECT_EQ(refused.status, 417);
  EXPECT_EQ(CodeIn(refused), "DJ-6026");
}

TEST(Connections, RequestsSentAheadAreAnsweredInOrder) {
  Served served;
  Client client(served.port());
  client.Send(RequestText("GET", "/healthz", "", "X-Request-Id: first\r\n") + CaseRequest() +
              "\r\n" + RequestText("GET", "/readyz", "", "X-Request-Id: third\r\n"));
  EXPECT_EQ(client.Receive()->Field("x-request-id"), "first");
  EXPECT_EQ(client.Receive()->status, 200);
  EXPECT_EQ(client.Receive()->Field("x-request-id"), "third");
}

TEST(Connections, OldClientsAreClosedUnlessTheyAskOtherwise) {
  Served served;
  Client client(served.port());
  client.Send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(client.Receive()->Field("connection"), "keep-alive");
  client.Send("GET /healthz HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.Receive()->Field("connection"), "close");
  EXPECT_TRUE(client.HasEnded());
}

TEST(Router, UnknownPathsAndMethodsAreProblems) {
  Served served;
  const Reply nothing = MustAsk(served, RequestText("GET", "/v1/nothing"));
  EXPECT_EQ(nothing.status, 404);
  EXPECT_EQ(CodeIn(nothing), "DJ-6012");
  EXPECT_EQ(MustAsk(served, RequestText("GET", "/assets/../index.html")).status, 404);
  EXPECT_EQ(MustAsk(served, RequestText("GET", "/assets/..%2findex.html")).status, 404);
  const Reply reply = MustAsk(served, RequestText("GET", kCasePath));
  EXPECT_EQ(reply.status, 405);
  EXPECT_EQ(reply.Field("allow"), "POST, OPTIONS");
  EXPECT_EQ(TextAt(MustParse(reply.body), "code"), "DJ-6013");
  EXPECT_EQ(MustAsk(served, RequestText("DELETE", "/healthz")).Field("allow"),
            "GET, HEAD, OPTIONS");
}

TEST(Router, OptionsAndHeadAreAnswered) {
  Served served;
  const Reply options = MustAsk(served, RequestText("OPTIONS", kCasePath));
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.Field("allow"), "POST, OPTIONS");
  Client client(served.port());
  client.Send(RequestText("HEAD", "/v1/codes") + RequestText("GET", "/healthz"));
  const auto head = client.Receive(true);
  ASSERT_TRUE(head);
  EXPECT_GT(std::stoul(head->Field("content-length")), 1000U);
  EXPECT_EQ(client.Receive()->status, 200);
}

TEST(Router, EveryRouteIsDocumented) {
  const std::string readme =
      Contents(std::filesystem::path(DIJIA_SOURCE_DIR) / "service/README.md");
  for (const http::Route& route : http::Routes()) {
    const std::string line =
        "`" + std::string(route.method) + " " + std::string(route.pattern) + "`";
    EXPECT_NE(readme.find(line), std::string::npos) << line;
  }
}

TEST(Router, UnknownParametersAreNamed) {
  Served served;
  const Reply reply = MustAsk(served, RequestText("GET", "/v1/rules?as_off=2020-01-01&x=1"));
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(CodeIn(reply), "DJ-6016");
  EXPECT_EQ(MustParse(reply.body).Find("errors")->array()->size(), 2U);
}

TEST(Rules, ThoseInForceOnADayAreShown) {
  Served served;
  const auto count = [&](const char* target) {
    return MustParse(MustAsk(served, RequestText("GET", target)).body)
        .Find("clauses")
        ->array()
        ->size();
  };
  EXPECT_GT(count("/v1/rules"), count("/v1/rules?as_of=2007-06-01"));
  EXPECT_GT(count("/v1/rules?as_of=2023-05-01"), 5U);
  EXPECT_GT(count("/v1/rules/industrial.minimum_price"), 0U);
  EXPECT_EQ(count("/v1/rules/industrial.minimum_price?as_of=1980-01-01"), 0U);
  const Reply unknown = MustAsk(served, RequestText("GET", "/v1/rules/no.such"));
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(CodeIn(unknown), "DJ-6025");
  const Reply no_day = MustAsk(served, RequestText("GET", "/v1/rules?as_of=tomorrow"));
  EXPECT_EQ(no_day.status, 400);
  EXPECT_EQ(CodeIn(no_day), "DJ-6017");
}

TEST(Reference, CodesAndCountiesAreListed) {
  Served served;
  const Value codes = MustParse(MustAsk(served, RequestText("GET", "/v1/codes")).body);
  EXPECT_EQ(codes.Find("facts")->array()->size(), served.rules.Now()->pack().facts.size());
  EXPECT_EQ(codes.Find("diagnostics")->array()->size(), CodeTable().size());
  EXPECT_EQ(TextAt(codes.Find("verdicts")->array()->front(), "label"), "符合规定");
  const Value counties = MustParse(MustAsk(served, RequestText("GET", "/v1/counties")).body);
  EXPECT_GT(counties.Find("counties")->array()->size(), 100U);
}

TEST(Documents, AreCompressedAndNotSentTwice) {
  Served served;
  const Reply plain = MustAsk(served, RequestText("GET", "/v1/codes"));
  const Reply packed =
      MustAsk(served, RequestText("GET", "/v1/codes", "", "Accept-Encoding: gzip\r\n"));
  EXPECT_EQ(packed.Field("content-encoding"), "gzip");
  EXPECT_LT(packed.body.size() * 3, plain.body.size());
  EXPECT_TRUE(packed.body.starts_with("\x1f\x8b"));
  const Reply known = MustAsk(
      served,
      RequestText("GET", "/v1/codes", "", "If-None-Match: " + plain.Field("etag") + "\r\n"));
  EXPECT_EQ(known.status, 304);
  EXPECT_TRUE(known.body.empty());
  const Reply refused = MustAsk(
      served, RequestText("GET", "/v1/codes", "", "Accept-Encoding: gzip;q=0, identity\r\n"));
  EXPECT_EQ(refused.Field("content-encoding"), "");
}

// What the counters say. A request is counted after the last byte of its answer, so that its asker
// may be here first: asks again until `lines` are there, for ten seconds at most.
std::string MetricsWith(Served& served, std::span<const std::string_view> lines) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (true) {
    std::string metrics = MustAsk(served, RequestText("GET", "/metrics")).body;
    const bool complete = std::ranges::all_of(lines, [&metrics](std::string_view line) {
      return metrics.find(line) != std::string::npos;
    });
    if (complete || std::chrono::steady_clock::now() > until) return metrics;
  }
}

TEST(Operations, HealthReadinessAndMetrics) {
  constexpr std::string_view kLines[] = {
      "dijia_checks_total{verdict=\"unlawful\"} 1\n",
      "dijia_http_requests_total{route=\"POST /v1/reserve-price-checks\",status=\"200\"} 1\n",
      "dijia_http_request_seconds_count{route=\"GET /readyz\"} 1\n",
      "dijia_rule_pack_info{id=\"cn-150000\""};
  Served served;
  EXPECT_EQ(MustAsk(served, RequestText("GET", "/healthz")).status, 200);
  EXPECT_EQ(MustAsk(served, RequestText("GET", "/readyz")).status, 200);
  MustAsk(served, CaseRequest());
  const std::string metrics = MetricsWith(served, kLines);
  for (const std::string_view line : kLines) {
    EXPECT_NE(metrics.find(line), std::string::npos) << line << metrics;
  }
}

TEST(Operations, ARequestKeepsItsIdAndTrace) {
  Served served;
  const std::string trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const Reply reply =
      MustAsk(served, CaseRequest("X-Request-Id: abc-1\r\ntraceparent: " + trace + "\r\n"));
  EXPECT_EQ(reply.Field("x-request-id"), "abc-1");
  EXPECT_EQ(reply.Field("traceparent"), trace);
  const Reply other = MustAsk(served, RequestText("GET", "/healthz", "", "X-Request-Id: a b\r\n"));
  EXPECT_NE(other.Field("x-request-id"), "a b");
}

TEST(Operations, TheLogHasALineForEachRequestAndNoBody) {
  Served served;
  MustAsk(served, CaseRequest("X-Request-Id: abc-2\r\n"));
  MustAsk(served, RequestText("GET", "/x%0ay?secret=1", ""));
  MustAsk(served, RequestText("GET", "/a%20%22b?secret=1", ""));
  served.server.Stop(std::chrono::seconds(2));
  std::string log;
  for (int i = 0; i < 200 && std::ranges::count(log, '\n') < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    log = served.Logged();
  }
  EXPECT_NE(log.find("event=request id=abc-2 method=POST path=/v1/reserve-price-checks status=200"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find("path=\"/a \\\"b\" status=404"), std::string::npos) << log;
  EXPECT_EQ(log.find("83.99"), std::string::npos);
  EXPECT_EQ(log.find("secret"), std::string::npos);
}

TEST(Page, IsServedWithAStrictPolicy) {
  Served served;
  const Reply page = MustAsk(served, RequestText("GET", "/"));
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.Field("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.Field("content-security-policy").find("unsafe"), std::string::npos);
  EXPECT_EQ(page.Field("cache-control"), "no-cache");
  EXPECT_EQ(page.body.find("style="), std::string::npos);
  EXPECT_EQ(page.body.find("onclick"), std::string::npos);
  EXPECT_EQ(page.body.find("http://"), std::string::npos);
}

// What the page loads has a hash of its content in its name and is never asked for again.
TEST(Page, FilesOfABuildStayAsTheyAre) {
  Served served;
  const std::string page = MustAsk(served, RequestText("GET", "/")).body;
  const std::string marker = "src=\"/assets/";
  const std::size_t at = page.find(marker);
  if (at == std::string::npos) GTEST_SKIP() << "this build has no console";
  const std::size_t from = page.find('/', at);
  const std::string script = page.substr(from, page.find('"', from) - from);
  const Reply reply = MustAsk(served, RequestText("GET", script));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Field("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(reply.Field("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_FALSE(reply.Field("etag").empty());
  const Reply licences = MustAsk(served, RequestText("GET", "/assets/licenses.txt"));
  EXPECT_EQ(licences.status, 200);
  EXPECT_EQ(licences.Field("cache-control"), "no-cache");
}

TEST(Page, OtherFilesAreNotThere) {
  Served served;
  for (const char* path :
       {"/assets/index.html", "/assets/none.js", "/index.html", "/web/page.js"}) {
    EXPECT_EQ(MustAsk(served, RequestText("GET", path)).status, 404) << path;
  }
}

// Pages and programs name codes by the one table of labels.
TEST(Codes, HaveNamesInBothLanguages) {
  Served served;
  const auto label = [&](const std::string& language, const std::string& code) {
    const Value codes =
        MustParse(MustAsk(served, RequestText("GET", "/v1/codes", {},
                                              "Accept-Language: " + language + "\r\n"))
                      .body);
    return TextAt(*codes.Find("labels"), code);
  };
  EXPECT_EQ(label("zh", "due.overdue"), "超期未更新");
  EXPECT_EQ(label("en", "due.overdue"), "overdue");
}

TEST(OpenApi, CoversEveryRoute) {
  Served served;
  const Value document = MustParse(MustAsk(served, RequestText("GET", "/openapi.json")).body);
  EXPECT_EQ(TextAt(document, "openapi"), "3.1.0");
  for (const http::Route& route : http::Routes()) {
    const Value* path = document.Find("paths")->Find(route.pattern);
    ASSERT_NE(path, nullptr) << route.pattern;
    std::string method(route.method);
    std::ranges::transform(method, method.begin(), [](char c) { return std::tolower(c); });
    EXPECT_NE(path->Find(method), nullptr) << route.method << " " << route.pattern;
  }
}

TEST(OpenApi, ItsExamplesAreWhatTheServiceAnswers) {
  Served served;
  const Value document = MustParse(MustAsk(served, RequestText("GET", "/openapi.json")).body);
  const Value& post = *document.Find("paths")->Find(kCasePath)->Find("post");
  const Value& requests =
      *post.Find("requestBody")->Find("content")->Find("application/json")->Find("examples");
  const Value& answers = *post.Find("responses")
                              ->Find("200")
                              ->Find("content")
                              ->Find("application/json")
                              ->Find("examples");
  ASSERT_EQ(requests.object()->size(), 3U);
  for (const Value::Member& example : *requests.object()) {
    const Reply reply =
        MustAsk(served, RequestText("POST", kCasePath, json::ToLine(*example.value.Find("value")),
                                    "Content-Type: application/json\r\n"));
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(TextAt(MustParse(reply.body), "verdict"), example.name);
    EXPECT_EQ(json::ToCanonical(MustParse(reply.body)),
              json::ToCanonical(*answers.Find(example.name)->Find("value")));
  }
}

TEST(OpenApi, ItsSchemasDescribeRequestsAnswersAndProblems) {
  Served served;
  const Value schemas = http::OpenApiSchemas(served.rules.Now()->pack(), Language::kEn);
  for (const http::CaseExample& example : http::CaseExamples()) {
    const std::string body(example.body);
    Validate(MustParse(body), *schemas.Find("Case"), schemas, "Case");
    const Reply reply =
        MustAsk(served, RequestText("POST", kCasePath, body, "Content-Type: application/json\r\n"));
    Validate(MustParse(reply.body), *schemas.Find("Check"), schemas, "Check");
    const Reply inverse = MustAsk(served, RequestText("POST", std::string(kCasePath) + "?inverse=1",
                                                      body, "Content-Type: application/json\r\n"));
    Validate(MustParse(inverse.body), *schemas.Find("Check"), schemas, "Check");
  }
  const Reply bad = MustAsk(served, RequestText("POST", kCasePath, R"({"use":"farm"})",
                                                "Content-Type: application/json\r\n"));
  Validate(MustParse(bad.body), *schemas.Find("Problem"), schemas, "Problem");
}

}  // namespace
}  // namespace dijia::test
