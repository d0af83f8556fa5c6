// Publications changed over HTTP.
#include <algorithm>
#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/evidence.h"
#include "dijia/base/sha256.h"
#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"
#include "json/change_codec.h"
#include "json/publication_codec.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;

constexpr const char* kImport = "/v1/publications";

class Changes : public testing::Test {
 protected:
  Changes() {
    clerk_ = county_.AddKey("张三", Role::kClerk);
    approver_ = county_.AddKey("李四", Role::kApprover);
    admin_ = county_.AddKey("王五", Role::kAdmin);
    Serve();
  }
  void Serve() {
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
  Reply Call(const std::string& method, const std::string& target, const std::string& key,
             const std::string& body = "", const std::string& fields = "") {
    const std::string type = method == "POST" ? "Content-Type: application/json\r\n" : "";
    const auto reply =
        Ask(served_->port(), RequestText(method, target, body,
                                         type + fields + "Accept-Language: en\r\n" +
                                             "Authorization: Bearer " + key + "\r\n"));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  static std::string BodyOf(const Publication& publication) {
    Value body{Value::Object()};
    body.Add("publication", json::WritePublication(publication));
    return json::ToLine(body);
  }
  Reply Import(const std::string& id, const std::string& key) {
    return Call("POST", kImport, key, BodyOf(Round(id, "2026-07-01", "710")));
  }
  Reply Move(const std::string& id, const std::string& to, const std::string& key,
             const std::string& fields = "") {
    return Call("POST", "/v1/publications/" + id + "/transitions", key, "{\"to\": \"" + to + "\"}",
                fields);
  }
  void Expect(const Reply& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code) << reply.body;
  }
  static std::string StatusIn(const Reply& reply) {
    return TextAt(MustParse(reply.body), "status");
  }
  static std::vector<std::string> PointersIn(const Reply& reply) {
    const Value problem = MustParse(reply.body);
    std::vector<std::string> pointers;
    for (const Value& error : *problem.Find("errors")->array()) {
      pointers.push_back(TextAt(error, "pointer"));
    }
    std::ranges::sort(pointers);
    return pointers;
  }

  County county_;
  std::string clerk_, approver_, admin_;
  std::optional<Served> served_;
};

TEST_F(Changes, APublicationGoesItsWayThroughTwoPeople) {
  const Reply imported = Import("td-2026", clerk_);
  EXPECT_EQ(imported.status, 201) << imported.body;
  EXPECT_EQ(imported.Field("location"), "/v1/publications/td-2026/transitions?county=431230");
  EXPECT_EQ(StatusIn(imported), "draft");
  EXPECT_EQ(TextAt(MustParse(imported.body), "actor"), "张三");
  EXPECT_EQ(imported.Field("etag"), "\"" + TextAt(MustParse(imported.body), "hash") + "\"");
  EXPECT_EQ(Import("td-2026", clerk_).status, 200) << "a draft is replaced";

  Expect(Move("td-2026", "approved", approver_), 409, "DJ-7013");
  const Reply submitted = Move("td-2026", "submitted", clerk_);
  EXPECT_EQ(submitted.status, 200) << submitted.body;
  EXPECT_EQ(StatusIn(submitted), "submitted");
  Expect(Move("td-2026", "approved", clerk_), 403, "DJ-6030");
  Expect(Import("td-2026", clerk_), 409, "DJ-7018");

  EXPECT_EQ(StatusIn(Move("td-2026", "approved", approver_)), "approved");
  EXPECT_EQ(StatusIn(Move("td-2026", "published", approver_)), "published");
  Expect(Move("td-2026", "withdrawn", approver_), 409, "DJ-7017");  // no price would be left

  const Reply history = Call("GET", imported.Field("location"), clerk_);
  EXPECT_EQ(history.status, 200);
  std::string statuses;
  const Value entries = MustParse(history.body);
  for (const Value& entry : *entries.Find("entries")->array()) {
    statuses += TextAt(entry, "status") + " ";
  }
  EXPECT_EQ(statuses, "draft draft submitted approved published ");
  EXPECT_EQ(Call("GET", imported.Field("location"), clerk_, "",
                 "If-None-Match: " + history.Field("etag") + "\r\n")
                .status,
            304);
  Diagnostics problems;
  EXPECT_TRUE(served_->prices.Changed());
  EXPECT_TRUE(served_->prices.Read(problems));
  EXPECT_EQ(Call("GET", "/v1/publications/td-2026", clerk_).status, 200);
}

// Roles do not stand in for the second person.
TEST_F(Changes, WhoSubmittedDoesNotApproveWhateverTheRole) {
  Import("td-2026", approver_);
  Move("td-2026", "submitted", approver_);
  Expect(Move("td-2026", "approved", approver_), 409, "DJ-7014");
  const std::string second = NewKey("李四", Role::kAdmin, "");
  Expect(Move("td-2026", "approved", second), 409, "DJ-7014");  // the same person with another key
  EXPECT_EQ(StatusIn(Move("td-2026", "approved", admin_)), "approved");
}

TEST_F(Changes, EveryStepWantsItsRole) {
  const std::string viewer = NewKey("赵六", Role::kViewer, "");
  Import("td-2026", clerk_);
  for (const char* to : {"approved", "published", "withdrawn"}) {
    Expect(Move("td-2026", to, clerk_), 403, "DJ-6030");
  }
  for (const char* to : {"submitted", "approved", "published", "withdrawn"}) {
    Expect(Move("td-2026", to, viewer), 403, "DJ-6030");
  }
  Expect(Move("td-2026", "superseded", approver_), 409, "DJ-7013");
  Expect(Move("td-2026", "draft", approver_), 409, "DJ-7013");
  Expect(Move("none", "submitted", clerk_), 404, "DJ-7011");
  EXPECT_EQ(StatusIn(Move("td-2026", "withdrawn", approver_)), "withdrawn");
}

TEST_F(Changes, OncePeopleAreRegisteredTheyAloneTakeSteps) {
  Import("td-2026", clerk_);
  county_.AddPerson({"张三", Role::kClerk, ""});
  county_.AddPerson({"李四", Role::kViewer, ""});
  EXPECT_TRUE(served_->keys.Read());
  EXPECT_EQ(Import("td-2026", admin_).status, 200) << "imports are as before";
  Expect(Move("td-2026", "submitted", admin_), 403, "DJ-7094");
  Expect(Move("td-2026", "submitted", approver_), 403, "DJ-6030");  // a viewer by now
  EXPECT_EQ(StatusIn(Move("td-2026", "submitted", clerk_)), "submitted");
  county_.ChangePerson("李四", {Role::kApprover, "150102"});
  EXPECT_TRUE(served_->keys.Read());
  Expect(Move("td-2026", "approved", approver_), 403, "DJ-6031");
  county_.ChangePerson("李四", {std::nullopt, ""});
  EXPECT_TRUE(served_->keys.Read());
  EXPECT_EQ(StatusIn(Move("td-2026", "approved", approver_)), "approved");
  county_.LeavePerson("李四");
  Expect(Move("td-2026", "published", approver_), 403, "DJ-7095");  // before the keys are read
  EXPECT_TRUE(served_->keys.Read());
  Expect(Move("td-2026", "published", approver_), 401, "DJ-6029");
}

TEST_F(Changes, OfTwoThatPublishAtOnceOneWins) {
  Import("td-2026", clerk_);
  Move("td-2026", "submitted", clerk_);
  Move("td-2026", "approved", approver_);
  std::atomic<int> won{0}, refused{0};
  std::vector<std::thread> callers;
  for (const std::string& key : {approver_, admin_}) {
    callers.emplace_back([&, key] {
      const Reply reply = Move("td-2026", "published", key);
      if (reply.status == 200) ++won;
      if (reply.status == 409) ++refused;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(won, 1);
  EXPECT_EQ(refused, 1);
}

TEST_F(Changes, AKeyOfACountyChangesNothingElsewhere) {
  const std::string ours = NewKey("孙七", Role::kApprover, "431230");
  const std::string other = NewKey("周八", Role::kApprover, "150102");
  Expect(Import("td-2026", other), 403, "DJ-6031");
  EXPECT_EQ(Import("td-2026", ours).status, 201);
  Expect(Move("td-2026", "submitted", other), 403, "DJ-6031");
  EXPECT_EQ(StatusIn(Move("td-2026", "submitted", ours)), "submitted");

  // The same id in another county: a key of one of them need not say which is meant.
  Publication elsewhere = Round("td-2026", "2026-07-01", "710");
  elsewhere.county = "150102";
  EXPECT_EQ(Call("POST", kImport, other, BodyOf(elsewhere)).status, 201);
  const Reply unclear = Move("td-2026", "submitted", clerk_);
  Expect(unclear, 400, "DJ-6017");
  EXPECT_NE(unclear.body.find("150102, 431230"), std::string::npos) << unclear.body;
  EXPECT_EQ(StatusIn(Move("td-2026", "submitted", other)), "submitted");
  const std::string path = "/v1/publications/td-2026/transitions?county=";
  EXPECT_EQ(Call("POST", path + "431230", approver_, R"({"to": "approved"})").status, 200);
  Expect(Call("POST", path + "150102", ours, R"({"to": "approved"})"), 403, "DJ-6031");
  Expect(Call("POST", path + "150103", ours, R"({"to": "approved"})"), 404, "DJ-7011");
}

TEST_F(Changes, EveryFaultOfAnImportIsNamedAtOnce) {
  const std::string body =
      R"({"publication": {"format": "dijia-publication/1", "id": "a", "county": "1", "base_date": "x"},
          "nots": "", "evidence": [{"name": "a", "text": "1", "base64": "MQ=="}, {"name": "b", "base64": "M"},
          {"text": "1"}, 7]})";
  const Reply reply = Call("POST", kImport, clerk_, body);
  Expect(reply, 422, "DJ-6035");
  const std::vector<std::string> pointers = PointersIn(reply);
  for (const char* pointer : {"/nots", "/publication/base_date", "/evidence/0",
                              "/evidence/1/base64", "/evidence/2", "/evidence/3"}) {
    EXPECT_TRUE(std::ranges::any_of(
        pointers, [&](const std::string& one) { return one.starts_with(pointer); }))
        << pointer << " " << reply.body;
  }
  EXPECT_NE(reply.body.find("DJ-6036"), std::string::npos) << "not Base64";
  Expect(Call("POST", kImport, clerk_, "{"), 400, "DJ-6022");
  Expect(Call("POST", kImport, clerk_, "{}"), 422, "DJ-6035");
  Expect(Call("POST", "/v1/publications/a/transitions", clerk_, R"({"to": "gone", "why": 1})"), 422,
         "DJ-6035");
  EXPECT_EQ(served_->changes
                .Look([](app::PublicationDesk& desk) {
                  http::Response response;
                  response.text = json::ToLine(desk.Log(""));
                  return response;
                })
                .text.find("\"id\""),
            std::string::npos)
      << "nothing was done";
}

TEST_F(Changes, EvidenceIsKeptByteForByte) {
  Value body = MustParse(BodyOf(Round("td-2026", "2026-07-01", "710")));
  const std::string text = "县,价\n通道,710\n";
  const std::string files = R"([{"name": "a.csv", "text": "县,价\n通道,710\n"}, )"
                            R"({"name": "b.xlsx", "base64": "AP8QIA=="}])";
  body.Add("evidence", MustParse(files));
  const Reply reply = Call("POST", kImport, clerk_, json::ToLine(body));
  ASSERT_EQ(reply.status, 201) << reply.body;
  const Value answer = MustParse(reply.body);
  const Value::Array& kept = *answer.Find("evidence")->array();
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_EQ(TextAt(kept[0], "sha256"), Sha256Of(text));
  EXPECT_EQ(TextAt(kept[1], "sha256"), Sha256Of(std::string("\0\xff\x10\x20", 4)));
  for (const char* name : {"", "../a", "a\\b", "a\n"}) {
    Value bad = MustParse(BodyOf(Round("td-2027", "2027-07-01", "710")));
    Value file{Value::Object()}, list{Value::Array()};
    file.Add("name", Value::Text(name));
    file.Add("text", Value::Text("1"));
    list.array()->push_back(std::move(file));
    bad.Add("evidence", std::move(list));
    Expect(Call("POST", kImport, clerk_, json::ToLine(bad)), 422, "DJ-6035");
  }
}

TEST_F(Changes, TheInputsThatAreNotKeptAreWarnedOf) {
  Value body = MustParse(BodyOf(Round("td-2026", "2026-07-01", "710")));
  Value file{Value::Object()}, list{Value::Array()};
  const app::InputRecord inputs[] = {
      {"samples.csv", "samples", 4, 1, Sha256Of("a\n1\n"), "csv", "utf-8", ""}};
  const Value evidence = app::EvidenceOf({{}, "", inputs}, Round("td-2026", "2026-07-01", "710"));
  file.Add("name", Value::Text("evidence.json"));
  file.Add("text", Value(json::ToPretty(evidence)));
  list.array()->push_back(std::move(file));
  body.Add("evidence", std::move(list));
  const Reply reply = Call("POST", kImport, clerk_, json::ToLine(body));
  ASSERT_EQ(reply.status, 201) << reply.body;
  const Value answer = MustParse(reply.body);
  ASSERT_FALSE(answer.Find("warnings")->array()->empty()) << reply.body;
  EXPECT_EQ(TextAt(answer.Find("warnings")->array()->front(), "code"), "DJ-7042");
}

TEST_F(Changes, AnIdempotencyKeyMakesARequestOnce) {
  const std::string key = "Idempotency-Key: 7b0c\r\n";
  const std::string body = BodyOf(Round("td-2026", "2026-07-01", "710"));
  const Reply first = Call("POST", kImport, clerk_, body, key);
  const Reply again = Call("POST", kImport, clerk_, body, key);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.Field("location"), first.Field("location"));
  EXPECT_EQ(again.Field("etag"), first.Field("etag"));
  Expect(Call("POST", kImport, clerk_, body + " ", key), 422, "DJ-6034");
  Expect(Move("td-2026", "submitted", clerk_, key), 422, "DJ-6034");
  EXPECT_EQ(Call("POST", kImport, approver_, body, key).status, 200) << "another caller's own";

  // What was refused was not done: the same key may be used once it can be.
  const std::string other = "Idempotency-Key: 8c1d\r\n";
  Expect(Move("td-2026", "approved", approver_, other), 409, "DJ-7013");
  EXPECT_EQ(Move("td-2026", "submitted", clerk_).status, 200);
  EXPECT_EQ(Move("td-2026", "approved", approver_, other).status, 200);
  const Reply repeated = Move("td-2026", "approved", approver_, other);
  EXPECT_EQ(repeated.status, 200);
  EXPECT_EQ(StatusIn(repeated), "approved");
  Expect(Move("td-2026", "approved", approver_), 409, "DJ-7013");
  for (const std::string& bad : {std::string("a b"), std::string(256, 'a'), std::string("键")}) {
    Expect(Move("td-2026", "published", approver_, "Idempotency-Key: " + bad + "\r\n"), 400,
           "DJ-6033");
  }
}

TEST_F(Changes, TwoAtOnceWithOneIdempotencyKeyAreOne) {
  const std::string body = BodyOf(Round("td-2026", "2026-07-01", "710"));
  std::vector<std::thread> callers;
  std::mutex mutex;
  std::vector<std::string> bodies;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] {
      const Reply reply = Call("POST", kImport, clerk_, body, "Idempotency-Key: once\r\n");
      const std::lock_guard lock(mutex);
      bodies.push_back(reply.body);
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(std::ranges::count(bodies, bodies.front()), 4);
  EXPECT_EQ(TextAt(MustParse(bodies.front()), "entry"), "1");
}

TEST_F(Changes, OldAnswersAreForgotten) {
  const std::string body = R"({"publication": null})";
  http::Changes changes{app::PublicationDesk()};
  int done = 0;
  const auto ask = [&](int key) {
    http::Request request;
    const std::string head =
        "POST /v1/publications HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
        "Idempotency-Key: k" +
        std::to_string(key) + "\r\n\r\n";
    EXPECT_FALSE(http::ReadHead(head, http::Limits(), request));
    http::Wire wire(-1, served_->service.limits);
    http::Body nothing(wire, request, served_->service.limits);
    http::Exchange exchange{served_->service, request, nothing, "id", nullptr,
                            Language::kEn,    0,       "",      "",   {}};
    return changes
        .Do(exchange, body,
            [&](app::PublicationDesk&) {
              http::Response response;
              response.text = std::to_string(++done);
              return response;
            })
        .text;
  };
  for (int i = 0; i < 1025; ++i) EXPECT_EQ(ask(i), std::to_string(i + 1));
  EXPECT_EQ(ask(1024), "1025");
  EXPECT_EQ(ask(1), "2");
  EXPECT_EQ(ask(0), "1026") << "the oldest was forgotten";
}

TEST_F(Changes, TheLogIsReadByAdministrators) {
  Import("td-2026", clerk_);
  Move("td-2026", "submitted", clerk_);
  const Reply reply = Call("GET", "/v1/audit", admin_);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const Value log = MustParse(reply.body);
  EXPECT_EQ(log.Find("entries")->array()->size(), 2U);
  EXPECT_EQ(log.Find("keys")->array()->size(), 3U);
  EXPECT_EQ(reply.body.find("scrypt"), std::string::npos);
  const Value none = MustParse(Call("GET", "/v1/audit?county=150102", admin_).body);
  EXPECT_TRUE(none.Find("entries")->array()->empty());
  EXPECT_TRUE(none.Find("keys")->array()->empty());
  Expect(Call("GET", "/v1/audit", approver_), 403, "DJ-6030");
  const std::string ours = NewKey("孙七", Role::kAdmin, "431230");
  EXPECT_EQ(MustParse(Call("GET", "/v1/audit", ours).body).Find("entries")->array()->size(), 2U);
  Expect(Call("GET", "/v1/audit?county=150102", ours), 403, "DJ-6031");
}

TEST_F(Changes, AnImportHasAnEnd) {
  const auto reply = Ask(served_->port(),
                         "POST /v1/publications HTTP/1.1\r\nHost: test\r\n"
                         "Content-Type: application/json\r\n"
                         "Content-Length: 33554433\r\nAuthorization: Bearer " +
                             clerk_ + "\r\n\r\n");
  ASSERT_TRUE(reply);
  Expect(*reply, 413, "DJ-6008");
}

TEST_F(Changes, TheExamplesOfOpenApiAreWhatTheServiceAnswers) {
  const Reply reply = Call("GET", "/openapi.json", "");
  const Value document = MustParse(reply.body);
  const Value& paths = *document.Find("paths");
  const Value& schemas = *document.Find("components")->Find("schemas");
  const auto strip = [](Value entry) {
    std::erase_if(*entry.object(), [](const Value::Member& member) {
      return member.name == "recorded_at" || member.name == "hash" || member.name == "previous";
    });
    return json::ToCanonical(entry);
  };
  const auto content = [](const Value& part) -> const Value& {
    return *part.Find("content")->Find("application/json");
  };
  for (const auto& [pattern, success] :
       {std::pair("/v1/publications", "201"), {"/v1/publications/{id}/transitions", "200"}}) {
    const Value& post = *paths.Find(pattern)->Find("post");
    const Value& request = *content(*post.Find("requestBody")).Find("example");
    const Value& expected = *content(*post.Find("responses")->Find(success)).Find("example");
    std::string path = pattern;
    if (const std::size_t at = path.find("{id}"); at != std::string::npos) {
      path.replace(at, 4, "example-2026");
    }
    const Reply answer = Call("POST", path, clerk_, json::ToLine(request));
    EXPECT_EQ(std::to_string(answer.status), success) << answer.body;
    EXPECT_EQ(strip(MustParse(answer.body)), strip(expected));
    Validate(request, *content(*post.Find("requestBody")).Find("schema"), schemas, path);
    Validate(MustParse(answer.body), *schemas.Find("LogEntry"), schemas, path);
    EXPECT_EQ(json::ToLine(*post.Find("security")),
              R"([{"key": []}, {"session": [], "csrf": []}])");
    EXPECT_EQ(TextAt(post, "x-least-role"), "clerk");
    for (const char* status : {"401", "403", "409", "422", "429"}) {
      EXPECT_NE(post.Find("responses")->Find(status), nullptr) << status;
    }
  }
  Validate(MustParse(Call("GET", "/v1/audit", admin_).body), *schemas.Find("Audit"), schemas,
           "audit");
  Validate(MustParse(Call("GET", "/v1/publications/example-2026/transitions", clerk_).body),
           *schemas.Find("Transitions"), schemas, "transitions");
  EXPECT_EQ(TextAt(*document.Find("components")->Find("securitySchemes")->Find("key"), "scheme"),
            "bearer");
  EXPECT_TRUE(paths.Find("/healthz")->Find("get")->Find("security")->array()->empty());
}

TEST(Base64, IsReadStrictly) {
  EXPECT_EQ(json::ReadBase64(""), "");
  EXPECT_EQ(json::ReadBase64("Zg=="), "f");
  EXPECT_EQ(json::ReadBase64("Zm8="), "fo");
  EXPECT_EQ(json::ReadBase64("Zm9vYmFy"), "foobar");  // RFC 4648, section 10
  EXPECT_EQ(json::ReadBase64("+/+/"), std::string("\xfb\xff\xbf"));
  for (const char* none :
       {"Z", "Zg", "Zg=", "Zh==", "Z===", "====", "Zg==Zg==", "Zm 9v", "Zm9\n", "-_-_", "Zm8=\n"}) {
    EXPECT_FALSE(json::ReadBase64(none)) << none;
  }
}

}  // namespace
}  // namespace dijia::test
