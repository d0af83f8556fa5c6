// Who may call what.
#include <algorithm>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/key_secret.h"
#include "http/access.h"
#include "http/county.h"
#include "http/served.h"

namespace dijia::test {
namespace {

using app::Role;
using json::Value;

// What every route wants, said once more. `open`: no key, ever; `afar`: a key of a viewer from
// other machines; a role: that role once there are keys; `role!`: that role always.
struct Wanted {
  const char *method, *pattern, *least;
};
constexpr Wanted kWanted[] = {
    {"POST", "/v1/reserve-price-checks", "viewer"},
    {"POST", "/v1/reserve-price-checks/batch", "viewer"},
    {"GET", "/v1/kept-checks", "clerk"},
    {"GET", "/v1/kept-checks/{id}", "clerk"},
    {"POST", "/v1/valuations", "viewer"},
    {"POST", "/v1/valuations/batch", "viewer"},
    {"GET", "/v1/publications", "viewer"},
    {"POST", "/v1/publications", "clerk!"},
    {"GET", "/v1/publications/{id}", "viewer"},
    {"GET", "/v1/publications/{id}/grade-prices", "viewer"},
    {"GET", "/v1/publications/{id}/diff", "viewer"},
    {"POST", "/v1/publications/{id}/impact", "viewer"},
    {"GET", "/v1/publications/{id}/samples", "viewer"},
    {"POST", "/v1/publications/{id}/samples/effect", "clerk"},
    {"GET", "/v1/publications/{id}/zones", "viewer"},
    {"GET", "/v1/publications/{id}/transitions", "clerk"},
    {"POST", "/v1/publications/{id}/transitions", "clerk!"},
    {"GET", "/v1/desk", "clerk"},
    {"GET", "/v1/audit", "admin"},
    {"POST", "/v1/computations", "clerk!"},
    {"GET", "/v1/jobs", "viewer"},
    {"GET", "/v1/jobs/{id}", "viewer"},
    {"DELETE", "/v1/jobs/{id}", "viewer"},
    {"GET", "/v1/jobs/{id}/events", "viewer"},
    {"GET", "/v1/jobs/{id}/result", "viewer"},
    {"GET", "/v1/jobs/{id}/files/{file}", "viewer"},
    {"GET", "/v1/refresh-status", "viewer"},
    {"GET", "/v1/rules", "viewer"},
    {"GET", "/v1/rules/{id}", "viewer"},
    {"POST", "/v1/rule-simulations", "clerk"},
    {"GET", "/v1/codes", "viewer"},
    {"GET", "/v1/counties", "viewer"},
    {"POST", "/v1/session", "open"},
    {"GET", "/v1/session", "viewer"},
    {"DELETE", "/v1/session", "viewer"},
    {"GET", "/ogc", "viewer"},
    {"GET", "/ogc/conformance", "viewer"},
    {"GET", "/ogc/collections", "viewer"},
    {"GET", "/ogc/collections/{id}", "viewer"},
    {"GET", "/ogc/collections/{id}/items", "viewer"},
    {"GET", "/ogc/collections/{id}/items/{feature}", "viewer"},
    {"GET", "/healthz", "open"},
    {"GET", "/readyz", "open"},
    {"GET", "/metrics", "afar"},
    {"GET", "/openapi.json", "open"},
    {"GET", "/", "open"},
    {"GET", "/assets/{file}", "open"},
};

std::string Path(std::string pattern) {
  for (const auto& [name, value] :
       {std::pair("{id}", "td-2026"), {"{file}", "page.js"}, {"{feature}", "residential-1"}}) {
    const std::size_t at = pattern.find(name);
    if (at != std::string::npos) pattern.replace(at, std::string(name).size(), value);
  }
  return pattern;
}

std::string Bearer(const std::string& key) { return "Authorization: Bearer " + key + "\r\n"; }

class Access : public testing::Test {
 protected:
  void Serve(http::Limits limits = QuickLimits()) {
    served_.emplace(limits, http::Routes(), std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs",
                    county_.Source(), county_.Keys(), county_.Desk());
  }
  Reply Call(const std::string& method, const std::string& target, const std::string& fields = "",
             const std::string& body = "{}") {
    const std::string type = method == "POST" ? "Content-Type: application/json\r\n" : "";
    const auto reply = Ask(served_->port(), RequestText(method, target, body, type + fields));
    EXPECT_TRUE(reply) << method << " " << target;
    return reply ? *reply : Reply{};
  }
  int StatusOf(const std::string& key) {
    return Call("GET", "/v1/counties", key.empty() ? "" : Bearer(key)).status;
  }
  // The fields of a request by one who signs in for it, as a page of the service sends them.
  std::string SessionOf(const std::string& key) {
    const Reply reply = Call("POST", "/v1/session", "", "{\"key\": \"" + key + "\"}");
    EXPECT_EQ(reply.status, 201) << reply.body;
    const std::string cookie = reply.Field("set-cookie");
    const Value answer = MustParse(reply.body);
    return "Cookie: " + cookie.substr(0, cookie.find(';')) +
           "\r\nX-CSRF-Token: " + TextAt(*answer.Find("session"), "csrf_token") + "\r\n";
  }
  static std::string CodeIn(const Reply& reply) { return TextAt(MustParse(reply.body), "code"); }
  // The log once it holds a text, for ten seconds at most.
  std::string LogWith(const std::string& text) {
    std::string log;
    for (int i = 0; i < 1000 && log.find(text) == std::string::npos; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      log = served_->Logged();
    }
    return log;
  }

  County county_;
  std::optional<Served> served_;
};

TEST_F(Access, TheTableOfRoutesAsksForTheRolesSaidHere) {
  std::vector<std::string> said, asked;
  for (const Wanted& wanted : kWanted) {
    said.push_back(std::string(wanted.method) + " " + wanted.pattern + " " + wanted.least);
  }
  for (const http::Route& route : http::Routes()) {
    std::string least(CodeOf(route.least));
    if (route.guard == http::Guard::kNever) least = "open";
    if (route.guard == http::Guard::kFromAfar) least = "afar";
    if (route.guard == http::Guard::kAlways) least += "!";
    asked.push_back(std::string(route.method) + " " + std::string(route.pattern) + " " + least);
  }
  EXPECT_EQ(asked, said);
}

TEST_F(Access, EveryRoleMeetsEveryRoute) {
  std::vector<std::string> keys;
  for (const EnumRow<Role>& role : EnumTableOf<Role>::kRows) {
    keys.push_back(county_.AddKey(std::string(role.code), role.value));
  }
  Serve();
  for (const Wanted& wanted : kWanted) {
    std::string least = wanted.least;
    if (least.ends_with('!')) least.pop_back();
    const auto role = FromCode<Role>(least);
    const std::string path = Path(wanted.pattern), what = wanted.method + (" " + path);
    const Reply without = Call(wanted.method, path);
    if (!role) {
      EXPECT_NE(without.status, 401) << what;
      EXPECT_EQ(Call(wanted.method, path, Bearer("nonsense")).status, without.status) << what;
      continue;
    }
    EXPECT_EQ(without.status, 401) << what;
    EXPECT_EQ(CodeIn(without), "DJ-6028") << what;
    EXPECT_EQ(without.Field("www-authenticate"), "Bearer realm=\"dijia\"") << what;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Reply reply = Call(wanted.method, path, Bearer(keys[i]));
      const bool may = static_cast<Role>(i) >= *role;
      EXPECT_NE(reply.status, 401) << what;
      EXPECT_EQ(reply.status == 403, !may) << what << " " << i << " " << reply.status;
      // Who signed in may what the key may.
      EXPECT_EQ(Call(wanted.method, path, SessionOf(keys[i])).status, reply.status) << what;
      if (may) continue;
      EXPECT_EQ(CodeIn(reply), "DJ-6030") << what;
      EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
    }
  }
}

TEST_F(Access, WithoutKeysEverythingThatReadsIsOpenAndNothingElse) {
  Serve();
  for (const Wanted& wanted : kWanted) {
    const bool changes = std::string(wanted.least).ends_with('!');
    for (const std::string& fields : {std::string(), Bearer("nonsense")}) {
      const Reply reply = Call(wanted.method, Path(wanted.pattern), fields);
      EXPECT_EQ(reply.status == 401, changes) << wanted.method << " " << wanted.pattern;
      EXPECT_NE(reply.status, 403) << wanted.method << " " << wanted.pattern;
    }
  }
}

TEST_F(Access, OnlyTheWholeSecretOfAKeyInForceIsAKey) {
  const std::string key = county_.AddKey("张三", Role::kViewer);
  const std::string other = county_.AddKey("李四", Role::kViewer);
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 1000;
  Serve(limits);
  ASSERT_EQ(StatusOf(key), 200);
  std::string last = key, crossed = key;
  last.back() = last.back() == '0' ? '1' : '0';
  crossed[7] = '2';  // the secret of one with the id of the other: before its first use
  for (const std::string& wrong :
       {last, crossed, key + "0", key.substr(0, key.size() - 1), std::string("x"),
        std::string("dijia_k9_") + std::string(64, '0'),
        std::string("dijia__") + std::string(64, '0')}) {
    const Reply reply = Call("GET", "/v1/counties", Bearer(wrong));
    EXPECT_EQ(reply.status, 401) << wrong;
    EXPECT_EQ(CodeIn(reply), "DJ-6029") << wrong;
    EXPECT_NE(reply.Field("www-authenticate").find("invalid_token"), std::string::npos);
  }
  EXPECT_EQ(StatusOf(other), 200);
  EXPECT_EQ(StatusOf(crossed), 401) << "after its first use";
  for (const char* field : {"Authorization: Basic YTpi\r\n", "Authorization: Bearer\r\n",
                            "Authorization: Bearer \r\n", "Authorization:\r\n"}) {
    const Reply reply = Call("GET", "/v1/counties", field);
    EXPECT_EQ(reply.status, 401) << field;
    EXPECT_EQ(CodeIn(reply), "DJ-6028") << field;
  }
  EXPECT_EQ(Call("GET", "/v1/counties", "authorization: bearer   " + key + "\r\n").status, 200);
}

TEST_F(Access, ARevokedKeyIsRefusedAndTheLastOneOpensNothing) {
  const std::string key = county_.AddKey("张三", Role::kAdmin);
  Serve();
  ASSERT_EQ(StatusOf(key), 200);
  county_.RevokeKey("k1");
  EXPECT_TRUE(served_->keys.Read());
  EXPECT_FALSE(served_->keys.Read());
  EXPECT_EQ(StatusOf(key), 401);
  EXPECT_EQ(StatusOf(""), 401);
  EXPECT_FALSE(served_->keys.Now()->has_key_in_force());
}

TEST_F(Access, TooManyWrongKeysMakeAnAddressWaitButNotTheKeysThatWereRight) {
  const std::string key = county_.AddKey("张三", Role::kViewer);
  const std::string fresh = county_.AddKey("李四", Role::kViewer);
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 3;
  Serve(limits);
  ASSERT_EQ(StatusOf(key), 200);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(StatusOf("wrong"), 401);
  const Reply locked = Call("GET", "/v1/counties", Bearer("wrong"));
  EXPECT_EQ(locked.status, 429);
  EXPECT_EQ(CodeIn(locked), "DJ-6032");
  const int wait = std::stoi("0" + locked.Field("retry-after"));
  EXPECT_GE(wait, 1);
  EXPECT_LE(wait, 60);
  EXPECT_EQ(StatusOf(fresh), 429) << "a guess that may be right is not looked at";
  EXPECT_EQ(StatusOf(key), 200) << "others behind the address go on";
  EXPECT_EQ(StatusOf(""), 401) << "a request without a key is no guess";
}

TEST_F(Access, RightKeysAreNoAttempts) {
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 1;
  std::vector<std::string> keys;
  for (int i = 0; i < 3; ++i) keys.push_back(county_.AddKey("张三", Role::kViewer));
  Serve(limits);
  for (const std::string& key : keys) EXPECT_EQ(StatusOf(key), 200);
}

TEST_F(Access, BehindAProxyItSaysWhoAsks) {
  const std::string key = county_.AddKey("张三", Role::kViewer);
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 1;
  limits.behind_proxy = true;
  Serve(limits);
  const auto from = [&](const std::string& address) {
    return Call("GET", "/v1/counties", "X-Forwarded-For: " + address + "\r\n" + Bearer("wrong"))
        .status;
  };
  EXPECT_EQ(from("203.0.113.7"), 401);
  EXPECT_EQ(from("203.0.113.7"), 429);
  EXPECT_EQ(from("203.0.113.9, 203.0.113.7"), 429) << "the last one was added by the proxy";
  EXPECT_EQ(from("203.0.113.7, 203.0.113.8"), 401);
  EXPECT_EQ(Call("GET", "/metrics", "X-Forwarded-For: 203.0.113.7\r\n").status, 401);
  EXPECT_EQ(Call("GET", "/metrics", "X-Forwarded-For: 203.0.113.10\r\n" + Bearer(key)).status, 200);
  EXPECT_EQ(Call("GET", "/metrics").status, 200) << "from this machine";
}

TEST_F(Access, WithoutAProxyNobodySaysWhoTheyAre) {
  county_.AddKey("张三", Role::kViewer);
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 1;
  Serve(limits);
  EXPECT_EQ(StatusOf("wrong"), 401);
  EXPECT_EQ(
      Call("GET", "/v1/counties", "X-Forwarded-For: 203.0.113.7\r\n" + Bearer("wrong")).status,
      429);
  EXPECT_EQ(Call("GET", "/metrics", "X-Forwarded-For: 203.0.113.7\r\n").status, 200);
}

TEST_F(Access, DeniedCallsAreLoggedAndSecretsNever) {
  const std::string key = county_.AddKey("张三", Role::kViewer);
  Serve();
  const std::string wrong = key.substr(0, key.size() - 4) + "ffff";
  Call("GET", "/v1/counties", "X-Request-Id: first\r\n" + Bearer(wrong));
  Call("POST", "/v1/publications", "X-Request-Id: second\r\n" + Bearer(key));
  Call("GET", "/v1/counties", "X-Request-Id: third\r\n" + Bearer(key));
  const std::string log = LogWith("event=request id=third");
  EXPECT_NE(log.find("level=warning event=denied id=first method=GET path=/v1/counties status=401 "
                     "code=DJ-6029 key=- address=127.0.0.1"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find("event=denied id=second method=POST path=/v1/publications status=403 "
                     "code=DJ-6030 key=k1"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find(" key=k1 trace="), std::string::npos) << log;
  const std::string secret = key.substr(key.rfind('_') + 1);
  EXPECT_EQ(log.find(secret.substr(0, 16)), std::string::npos);
  EXPECT_EQ(log.find("dijia_"), std::string::npos);
}

// A refusal before the body is read must not leave the body to be read as the next request.
TEST_F(Access, TheBodyOfADeniedRequestIsNoRequest) {
  county_.AddKey("张三", Role::kViewer);
  Serve();
  const std::string hidden = RequestText("GET", "/healthz");
  Client client(served_->port());
  client.Send(
      RequestText("POST", "/v1/publications", hidden, "Content-Type: application/json\r\n") +
      RequestText("GET", "/readyz"));
  EXPECT_EQ(client.Receive()->status, 401);
  const auto next = client.Receive();
  ASSERT_TRUE(next);
  EXPECT_NE(next->body.find("ready"), std::string::npos) << next->body;
}

TEST_F(Access, OneSecretIsCheckedOnceHoweverManyAskAtOnce) {
  const std::string key = county_.AddKey("张三", Role::kViewer);
  http::Limits limits = QuickLimits();
  limits.wrong_keys = 1;
  Serve(limits);
  std::vector<std::thread> callers;
  std::atomic<int> right{0};
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] {
      if (StatusOf(key) == 200) ++right;
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(right, 8);
}

TEST(KeySecret, TheVerifierTellsTheSecretAndNothingElse) {
  const std::string secret = app::NewSecret();
  EXPECT_EQ(secret.size(), 64U);
  EXPECT_NE(secret, app::NewSecret());
  const std::string verifier = app::VerifierOf(secret);
  EXPECT_TRUE(verifier.starts_with("scrypt:16384:8:1:"));
  EXPECT_NE(verifier, app::VerifierOf(secret)) << "salted";
  EXPECT_EQ(verifier.find(secret), std::string::npos);
  EXPECT_TRUE(app::IsSecretOf(verifier, secret));
  EXPECT_FALSE(app::IsSecretOf(verifier, secret + "0"));
  for (const char* none : {"", "scrypt", "scrypt:16384:8:1:00", "scrypt:x:8:1:00:00",
                           "scrypt:3:8:1:00:00", "scrypt:1073741824:8:1:00:00", "md5:1:1:1:0:0"}) {
    EXPECT_FALSE(app::IsSecretOf(none, secret)) << none;
    EXPECT_FALSE(app::IsSecretOf(none, "")) << none;
  }
}

// RFC 7914, section 12: the third vector, of which the first 32 bytes are kept.
TEST(KeySecret, IsScryptOfRfc7914) {
  EXPECT_TRUE(
      app::IsSecretOf("scrypt:16384:8:1:SodiumChloride:"
                      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2",
                      "pleaseletmein"));
}

TEST(KeySecret, TextsOfKeysAreReadBack) {
  const std::string secret(64, 'a');
  const auto read = app::ReadKeyText(app::WriteKeyText({"k12", secret}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id, "k12");
  EXPECT_EQ(read->secret, secret);
  for (const std::string& none :
       {std::string(), std::string("dijia_"), "dijia_k1_" + secret + "a",
        "dijia_k1_" + std::string(64, 'g'), "dijia_" + secret, "DIJIA_k1_" + secret}) {
    EXPECT_FALSE(app::ReadKeyText(none)) << none;
  }
}

}  // namespace
}  // namespace dijia::test
