// People who sign in with a browser.
#include <optional>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "http/county.h"
#include "http/openapi.h"
#include "http/schema.h"
#include "http/served.h"
#include "json/publication_codec.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;
using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kSession = "/v1/session";

class SignedIn : public testing::Test {
 protected:
  SignedIn() { clerk_ = county_.AddKey("张三", Role::kClerk, "431230"); }

  void Serve(http::Limits limits = QuickLimits()) {
    served_.emplace(limits, http::Routes(), std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs",
                    county_.Source(), county_.Keys(), county_.Desk());
  }
  Reply Call(const std::string& method, const std::string& target, const std::string& fields = "",
             const std::string& body = "") {
    const std::string type = method == "POST" ? "Content-Type: application/json\r\n" : "";
    const auto reply = Ask(served_->port(), RequestText(method, target, body,
                                                        type + "Accept-Language: en\r\n" + fields));
    EXPECT_TRUE(reply) << method << " " << target;
    return reply ? *reply : Reply{};
  }
  Reply SignIn(const std::string& key, const std::string& fields = "") {
    return Call("POST", kSession, fields, "{\"key\": \"" + key + "\"}");
  }
  // What a browser keeps of a reply, and sends: the cookie as `name=value`.
  static std::string CookieIn(const Reply& reply) {
    const std::string field = reply.Field("set-cookie");
    return field.substr(0, field.find(';'));
  }
  static std::string TokenIn(const Reply& reply) {
    const Value answer = MustParse(reply.body);
    return TextAt(*answer.Find("session"), "csrf_token");
  }
  static std::string Cookie(const std::string& cookie) { return "Cookie: " + cookie + "\r\n"; }
  static std::string Token(const std::string& token) { return "X-CSRF-Token: " + token + "\r\n"; }
  static std::string FieldsOf(const Reply& signed_in) {
    return Cookie(CookieIn(signed_in)) + Token(TokenIn(signed_in));
  }
  Reply Import(const std::string& fields) {
    Value body{Value::Object()};
    body.Add("publication", json::WritePublication(Round("td-2026", "2026-07-01", "710")));
    return Call("POST", "/v1/publications", fields, json::ToLine(body));
  }
  int StatusOf(const std::string& cookie) {
    return Call("GET", "/v1/counties", Cookie(cookie)).status;
  }
  static void Expect(const Reply& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code) << reply.body;
  }

  County county_;
  std::string clerk_;
  std::optional<Served> served_;
};

TEST_F(SignedIn, AKeyIsExchangedForACookieThatStandsForIt) {
  Serve();
  const Reply reply = SignIn(clerk_);
  ASSERT_EQ(reply.status, 201) << reply.body;
  EXPECT_TRUE(
      std::regex_match(reply.Field("set-cookie"),
                       std::regex("dijia-session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict")))
      << reply.Field("set-cookie");
  EXPECT_EQ(reply.Field("cache-control"), "no-store");
  EXPECT_EQ(reply.Field("location"), kSession);
  const std::string cookie = CookieIn(reply);
  EXPECT_EQ(reply.body.find(clerk_), std::string::npos);
  EXPECT_EQ(reply.body.find(cookie.substr(cookie.find('=') + 1)), std::string::npos)
      << "no script of the page learns the id";

  const Reply who = Call("GET", kSession, Cookie(cookie));
  EXPECT_EQ(who.status, 200);
  const Value answer = MustParse(who.body);
  const Value& caller = *answer.Find("caller");
  EXPECT_EQ(TextAt(caller, "key"), "k1");
  EXPECT_EQ(TextAt(caller, "name"), "张三");
  EXPECT_EQ(TextAt(caller, "role"), "clerk");
  EXPECT_EQ(TextAt(caller, "county"), "431230");
  EXPECT_EQ(TextAt(*answer.Find("session"), "idle_seconds"), "1800");
  EXPECT_EQ(TokenIn(who), TokenIn(reply)) << "the same for all windows of a browser";
  EXPECT_EQ(who.Field("set-cookie"), "");

  EXPECT_EQ(StatusOf(cookie), 200);
  EXPECT_EQ(StatusOf("a=b; " + cookie + "; c=d"), 200);
  const Reply imported = Import(FieldsOf(reply));
  EXPECT_EQ(imported.status, 201) << imported.body;
  EXPECT_EQ(TextAt(MustParse(imported.body), "actor"), "张三");
  EXPECT_EQ(Call("GET", kSession).status, 401);
}

TEST_F(SignedIn, WhatIsNoSessionIsRefused) {
  Serve();
  const std::string cookie = CookieIn(SignIn(clerk_));
  std::string other = cookie;
  other.back() = other.back() == '0' ? '1' : '0';
  const Reply refused = Call("GET", "/v1/counties", Cookie(other));
  Expect(refused, 401, "DJ-6041");
  EXPECT_EQ(refused.Field("set-cookie"),
            "dijia-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  EXPECT_EQ(refused.Field("www-authenticate"), "Bearer realm=\"dijia\"");
  // What is no id is no cookie of ours.
  for (const std::string& none : {std::string("dijia-session="), std::string("dijia-session"),
                                  cookie + "0", "dijia-sessions" + cookie.substr(cookie.find('=')),
                                  "__Host-" + cookie, "dijia-session=" + std::string(64, 'G')}) {
    Expect(Call("GET", "/v1/counties", Cookie(none)), 401, "DJ-6028");
  }
  EXPECT_EQ(StatusOf("dijia-session=; " + cookie), 200);
}

TEST_F(SignedIn, AChangeNeedsTheTokenOfItsSession) {
  Serve();
  const Reply mine = SignIn(clerk_), other = SignIn(clerk_);
  const std::string cookie = Cookie(CookieIn(mine));
  Expect(Import(cookie), 403, "DJ-6042");
  Expect(Import(cookie + Token("")), 403, "DJ-6042");
  Expect(Import(cookie + Token(TokenIn(mine) + "0")), 403, "DJ-6042");
  Expect(Import(cookie + Token(TokenIn(other))), 403, "DJ-6042");
  // Whatever is no reading, also where nothing is stored.
  Expect(Call("POST", kCasePath, cookie, kCase), 403, "DJ-6042");
  Expect(Call("DELETE", kSession, cookie), 403, "DJ-6042");
  EXPECT_EQ(Call("POST", kCasePath, FieldsOf(mine), kCase).status, 200);
  EXPECT_EQ(Import(FieldsOf(mine)).status, 201);
  // A key needs none, with or without a cookie beside it.
  const std::string bearer = "Authorization: Bearer " + clerk_ + "\r\n";
  EXPECT_EQ(Import(bearer + cookie).status, 200);
  EXPECT_EQ(Import(bearer + Cookie("dijia-session=" + std::string(64, '0'))).status, 200);
}

TEST_F(SignedIn, OtherSitesChangeNothing) {
  Serve();
  const Reply signed_in = SignIn(clerk_);
  const std::string fields = FieldsOf(signed_in);
  for (const char* from :
       {"Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: http://test:81\r\n",
        "Origin: https://test\r\n", "Origin: http://test.evil.example\r\n",
        "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: none\r\n", "Sec-Fetch-Site: cross-site\r\nOrigin: http://test\r\n",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://evil.example\r\n"}) {
    Expect(Import(fields + from), 403, "DJ-6043");
    Expect(SignIn(clerk_, from), 403, "DJ-6043");
  }
  EXPECT_EQ(Import(fields + "Origin: http://test\r\n").status, 201);
  EXPECT_EQ(Import(fields + "Origin: http://test\r\nSec-Fetch-Site: same-origin\r\n").status, 200);
  EXPECT_EQ(SignIn(clerk_, "Sec-Fetch-Site: same-origin\r\n").status, 201);
  // Reading changes nothing; a browser gives the answer to no other site.
  EXPECT_EQ(Call("GET", "/v1/counties", fields + "Sec-Fetch-Site: cross-site\r\n").status, 200);
}

// Somebody who could put a cookie into a browser would share the session of whoever signs in.
TEST_F(SignedIn, ASessionThatWasThereBeforeIsNotTaken) {
  Serve();
  const std::string planted = "dijia-session=" + std::string(64, 'a');
  const Reply first = SignIn(clerk_, Cookie(planted));
  EXPECT_EQ(first.status, 201);
  EXPECT_NE(CookieIn(first), planted);
  EXPECT_EQ(StatusOf(planted), 401);
  const Reply second = SignIn(clerk_, Cookie(CookieIn(first)));
  EXPECT_NE(CookieIn(second), CookieIn(first));
  EXPECT_EQ(StatusOf(CookieIn(first)), 401) << "signing in again ends the one before";
  EXPECT_EQ(StatusOf(CookieIn(second)), 200);
}

TEST_F(SignedIn, SessionsEndByThemselves) {
  Serve();
  const std::string idle = CookieIn(SignIn(clerk_)), used = CookieIn(SignIn(clerk_));
  served_->Advance(minutes(29));
  EXPECT_EQ(StatusOf(used), 200);
  served_->Advance(minutes(1));
  Expect(Call("GET", "/v1/counties", Cookie(idle)), 401, "DJ-6041");
  EXPECT_EQ(StatusOf(used), 200);
  for (int i = 0; i < 22; ++i) {
    served_->Advance(minutes(29));
    EXPECT_EQ(StatusOf(used), 200) << i;
  }
  // 11 hours and 8 minutes by now; the last request is not half an hour ago when it ends.
  const Value who = MustParse(Call("GET", kSession, Cookie(used)).body);
  EXPECT_NEAR(std::stoi(TextAt(*who.Find("session"), "seconds_left")), 52 * 60, 30);
  served_->Advance(minutes(28));
  EXPECT_EQ(StatusOf(used), 200);
  served_->Advance(minutes(24));
  EXPECT_EQ(StatusOf(used), 401);
}

TEST_F(SignedIn, ASessionEndsWithItsKey) {
  const std::string other = county_.AddKey("李四", Role::kClerk);
  Serve();
  const std::string cookie = CookieIn(SignIn(clerk_)), others = CookieIn(SignIn(other));
  ASSERT_EQ(StatusOf(cookie), 200);
  county_.RevokeKey("k1");
  EXPECT_TRUE(served_->keys.Read());
  Expect(Call("GET", "/v1/counties", Cookie(cookie)), 401, "DJ-6041");
  EXPECT_EQ(served_->service.sessions.count(), 1U);
  EXPECT_EQ(StatusOf(others), 200);
  Expect(SignIn(clerk_), 401, "DJ-6029");
}

TEST_F(SignedIn, SigningOutEndsTheSession) {
  Serve();
  const Reply signed_in = SignIn(clerk_);
  const Reply out = Call("DELETE", kSession, FieldsOf(signed_in));
  EXPECT_EQ(out.status, 204);
  EXPECT_EQ(out.Field("set-cookie"),
            "dijia-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  EXPECT_EQ(StatusOf(CookieIn(signed_in)), 401);
  EXPECT_EQ(served_->service.sessions.count(), 0U);
  EXPECT_EQ(Call("DELETE", kSession, "Authorization: Bearer " + clerk_ + "\r\n").status, 204)
      << "a key has no session that could end";
}

TEST_F(SignedIn, GuessingKeysHasAnEnd) {
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 3;
  Serve(limits);
  const std::string cookie = CookieIn(SignIn(clerk_));
  const std::string fresh = county_.AddKey("李四", Role::kClerk);
  EXPECT_TRUE(served_->keys.Read());
  for (int i = 0; i < 3; ++i) Expect(SignIn("wrong"), 401, "DJ-6029");
  const Reply locked = SignIn(fresh);
  Expect(locked, 429, "DJ-6032");
  EXPECT_GE(std::stoi("0" + locked.Field("retry-after")), 1);
  EXPECT_EQ(locked.Field("set-cookie"), "");
  EXPECT_EQ(StatusOf(cookie), 200) << "who is signed in goes on";
  served_->Advance(minutes(1));
  EXPECT_EQ(SignIn(fresh).status, 201);
}

TEST_F(SignedIn, TheNumberOfSessionsHasAnEnd) {
  http::Limits limits = QuickLimits();
  limits.sessions_of_key = 2;
  Serve(limits);
  const std::string first = CookieIn(SignIn(clerk_)), second = CookieIn(SignIn(clerk_));
  EXPECT_EQ(StatusOf(first), 200);
  const std::string third = CookieIn(SignIn(clerk_));
  EXPECT_EQ(StatusOf(second), 401) << "the one idle for longest";
  EXPECT_EQ(StatusOf(first), 200);
  EXPECT_EQ(StatusOf(third), 200);
}

TEST_F(SignedIn, OverTlsTheBrowserGuardsTheCookie) {
  http::Limits limits = QuickLimits();
  limits.behind_proxy = true;
  Serve(limits);
  const Reply reply = SignIn(clerk_, "Origin: https://test\r\n");
  EXPECT_TRUE(std::regex_match(
      reply.Field("set-cookie"),
      std::regex("__Host-dijia-session=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Strict; Secure")))
      << reply.Field("set-cookie");
  EXPECT_EQ(StatusOf(CookieIn(reply)), 200);
  EXPECT_EQ(StatusOf(CookieIn(reply).substr(7)), 401) << "the name that other pages could set";
  const Reply plain = SignIn(clerk_, "X-Forwarded-Proto: http\r\nOrigin: http://test\r\n");
  EXPECT_TRUE(plain.Field("set-cookie").starts_with("dijia-session="));
  EXPECT_EQ(plain.Field("set-cookie").find("Secure"), std::string::npos);
  // A proxy that changes Host says which one the browser asked.
  const std::string named = "X-Forwarded-Host: prices.example\r\n";
  EXPECT_EQ(SignIn(clerk_, named + "Origin: https://prices.example\r\n").status, 201);
  Expect(SignIn(clerk_, named + "Origin: https://test\r\n"), 403, "DJ-6043");
}

TEST_F(SignedIn, WithoutAProxyNobodySaysHowTheyCame) {
  Serve();
  const Reply reply = SignIn(clerk_, "X-Forwarded-Proto: https\r\n");
  EXPECT_TRUE(reply.Field("set-cookie").starts_with("dijia-session="));
  Expect(SignIn(clerk_, "X-Forwarded-Host: evil.example\r\nOrigin: http://evil.example\r\n"), 403,
         "DJ-6043");
}

TEST_F(SignedIn, WhatIsWrongWithARequestIsSaid) {
  Serve();
  for (const char* body : {"{}", "[]", R"({"key": 1})", R"({"key": "x", "name": "y"})"}) {
    Expect(Call("POST", kSession, "", body), 422, "DJ-6035");
  }
  Expect(Call("POST", kSession, "", "{"), 400, "DJ-6022");
  Expect(Call("POST", kSession, "", "{\"key\": \"" + std::string(5000, 'a') + "\"}"), 413,
         "DJ-6008");
  Expect(*Ask(served_->port(), RequestText("POST", kSession, "key=" + clerk_,
                                           "Content-Type: application/x-www-form-urlencoded\r\n")),
         415, "DJ-6014");
  for (const std::string& none : {std::string("x"), std::string(), clerk_ + " "}) {
    Expect(SignIn(none), 401, "DJ-6029");
  }
}

TEST_F(SignedIn, SecretsAreNeverLogged) {
  Serve();
  const Reply reply = SignIn(clerk_, "X-Request-Id: in\r\n");
  Import(Cookie(CookieIn(reply)) + "X-Request-Id: forged\r\n");
  SignIn(clerk_.substr(0, clerk_.size() - 4) + "ffff", "X-Request-Id: wrong\r\n");
  Call("DELETE", kSession, FieldsOf(reply) + "X-Request-Id: out\r\n");
  std::string log;
  for (int i = 0; i < 1000 && log.find("request id=out") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    log = served_->Logged();
  }
  for (const char* line :
       {"event=signed_in id=in key=k1 address=127.0.0.1",
        "event=denied id=forged method=POST path=/v1/publications status=403 code=DJ-6042 key=k1",
        "event=denied id=wrong method=POST path=/v1/session status=401 code=DJ-6029 key=-",
        "event=signed_out id=out key=k1 address=127.0.0.1"}) {
    EXPECT_NE(log.find(line), std::string::npos) << line << "\n" << log;
  }
  const std::string cookie = CookieIn(reply);
  for (const std::string& secret : {clerk_.substr(clerk_.rfind('_') + 1, 16),
                                    cookie.substr(cookie.find('=') + 1, 16), TokenIn(reply)}) {
    EXPECT_EQ(log.find(secret), std::string::npos);
  }
}

TEST_F(SignedIn, AnswersAreAsOpenApiDescribesThem) {
  Serve();
  const Value schemas = http::OpenApiSchemas(served_->rules.Now()->pack(), Language::kEn);
  const Reply signed_in = SignIn(clerk_);
  Validate(MustParse(signed_in.body), *schemas.Find("Session"), schemas, "signed in");
  Validate(MustParse("{\"key\": \"x\"}"), *schemas.Find("SignIn"), schemas, "request");
  const Reply by_key = Call("GET", kSession, "Authorization: Bearer " + clerk_ + "\r\n");
  const Value who = MustParse(by_key.body);
  Validate(who, *schemas.Find("Session"), schemas, "by key");
  EXPECT_EQ(TextAt(*who.Find("caller"), "name"), "张三");
  EXPECT_EQ(json::ToLine(*who.Find("session")), "null");
}

TEST(Session, WithoutKeysNobodyNeedsToSignIn) {
  Served served;
  const auto who = Ask(served.port(), RequestText("GET", kSession));
  ASSERT_TRUE(who);
  EXPECT_EQ(who->status, 200);
  EXPECT_EQ(who->body, "{\"caller\": null, \"session\": null}");
  const auto reply = Ask(served.port(), RequestText("POST", kSession, "{\"key\": \"x\"}",
                                                    "Content-Type: application/json\r\n"));
  EXPECT_EQ(reply->status, 401);
}

}  // namespace
}  // namespace dijia::test
