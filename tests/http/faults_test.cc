// Every fault that Poco's HTTPServer 1.11 was caught with, and those of its kind.
#include <thread>
#include <vector>

#include "http/served.h"
#include "io/text_encoding.h"

namespace dijia::test {
namespace {

std::string CodeOfProblem(const Reply& reply) { return TextAt(MustParse(reply.body), "code"); }

// A request with this head, which must be refused and the connection ended.
void ExpectRefused(Served& served, const std::string& request, int status, const char* code) {
  Client client(served.port());
  client.Send(request);
  const auto reply = client.Receive();
  ASSERT_TRUE(reply) << request;
  EXPECT_EQ(reply->status, status) << request;
  EXPECT_EQ(reply->Field("content-type"), "application/problem+json");
  EXPECT_EQ(CodeOfProblem(*reply), code) << request;
  EXPECT_EQ(reply->Field("connection"), "close") << request;
  EXPECT_TRUE(client.HasEnded()) << request;
}

std::size_t RepliesIn(const std::string& text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("HTTP/1.1 "); at != std::string::npos;
       at = text.find("HTTP/1.1 ", at + 1)) {
    ++count;
  }
  return count;
}

TEST(Smuggling, TwoRequestsInOneAreAnsweredOnce) {
  Served served;
  Client client(served.port());
  const std::string inner = "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n";
  client.Send(RequestText("POST", "/nowhere", inner));
  client.EndSending();
  const std::string all = client.ReceiveAll();
  EXPECT_EQ(RepliesIn(all), 1U) << all;
  EXPECT_TRUE(all.starts_with("HTTP/1.1 404"));
}

TEST(Smuggling, ALargeUnreadBodyEndsTheConnection) {
  Served served;
  Client client(served.port());
  std::string body(200'000, 'x');
  body += "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n";
  client.Send(RequestText("POST", "/nowhere", body));
  const std::string all = client.ReceiveAll();
  EXPECT_EQ(RepliesIn(all), 1U);
  EXPECT_NE(all.find("Connection: close"), std::string::npos);
}

TEST(Smuggling, ASmallUnreadBodyIsTakenAndTheNextRequestAnswered) {
  Served served;
  Client client(served.port());
  client.Send(RequestText("POST", "/nowhere", "0123456789") + RequestText("GET", "/healthz"));
  EXPECT_EQ(client.Receive()->status, 404);
  const auto next = client.Receive();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->status, 200);
}

TEST(Smuggling, LengthAndChunksTogetherAreRefused) {
  Served served;
  ExpectRefused(served,
                "POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n"
                "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                400, "DJ-6005");
}

TEST(Smuggling, LengthsThatAreNoLengthAreRefused) {
  Served served;
  for (const char* length :
       {"-5", "+5", "5,6", "5, 5", "abc", "", "0x10", "99999999999999999999"}) {
    ExpectRefused(served,
                  std::string("POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\n"
                              "Content-Length: ") +
                      length + "\r\n\r\n",
                  400, "DJ-6005");
  }
}

TEST(Smuggling, TwoLengthsAreRefused) {
  Served served;
  ExpectRefused(served,
                "POST /nowhere HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\nContent-Length: "
                "4\r\n\r\nabcd",
                400, "DJ-6005");
}

TEST(Smuggling, OtherTransferCodingsAreRefused) {
  Served served;
  for (const char* coding : {"gzip, chunked", "identity", "chunked, chunked", "xchunked"}) {
    ExpectRefused(served,
                  std::string("POST /nowhere HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: ") + coding +
                      "\r\n\r\n0\r\n\r\n",
                  501, "DJ-6006");
  }
}

TEST(Smuggling, HeadsThatTwoReadersUnderstandDifferentlyAreRefused) {
  Served served;
  const char* const heads[] = {
      "GET /healthz HTTP/1.1\nHost: t\n\n",                              // LF alone
      "GET /healthz HTTP/1.1\r\nHost: t\r\nX: a\r\n b\r\n\r\n",          // continued line
      "GET /healthz HTTP/1.1\r\nHost: t\r\nContent-Length : 0\r\n\r\n",  // blank before colon
      "GET /healthz HTTP/1.1\r\n\r\n",                                   // no Host
      "GET /healthz HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n",             // two
      "GET /healthz HTTP/1.1\r\nHost: t\r\nX: a\rb\r\n\r\n",             // CR alone
      "GET  /healthz HTTP/1.1\r\nHost: t\r\n\r\n",                       // two blanks
      "GET /healthz%zz HTTP/1.1\r\nHost: t\r\n\r\n",                     // bad escape
      "GET /healthz%00 HTTP/1.1\r\nHost: t\r\n\r\n",                     // control character
      "/healthz HTTP/1.1\r\nHost: t\r\n\r\n",                            // no method
  };
  for (const char* head : heads) ExpectRefused(served, head, 400, "DJ-6001");
  ExpectRefused(served, "GET /healthz HTTP/2.0\r\nHost: t\r\n\r\n", 505, "DJ-6003");
}

TEST(Truncation, ABodyShorterThanItsLengthIsAnError) {
  Served served;
  Client client(served.port());
  client.Send("POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n{}");
  client.EndSending();
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 400);
  EXPECT_EQ(CodeOfProblem(*reply), "DJ-6009");
}

TEST(Truncation, AChunkedBodyWithoutItsEndIsAnError) {
  Served served;
  for (const char* body : {"2\r\n{}\r\n", "5\r\n{}", "2\r\n{}\r\n0\r\n", ""}) {
    Client client(served.port());
    client.Send(std::string("POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n") +
                body);
    client.EndSending();
    const auto reply = client.Receive();
    ASSERT_TRUE(reply) << body;
    EXPECT_EQ(reply->status, 400) << body;
    EXPECT_EQ(CodeOfProblem(*reply), "DJ-6009") << body;
  }
}

TEST(Truncation, ChunksThatAreNoChunksAreAnError) {
  Served served;
  for (const char* body :
       {"zz\r\n{}\r\n0\r\n\r\n", "\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n", "2 \r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}\r\n"}) {
    Client client(served.port());
    client.Send(std::string("POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n") +
                body);
    const auto reply = client.Receive();
    ASSERT_TRUE(reply) << body;
    EXPECT_EQ(reply->status, 400) << body;
    EXPECT_EQ(CodeOfProblem(*reply), "DJ-6010") << body;
    EXPECT_TRUE(client.HasEnded());
  }
}

TEST(Truncation, AChunkedCaseIsJudgedLikeAnyOther) {
  Served served;
  const std::string body = kCase;
  std::string request =
      "POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char c : body) request += std::string("1;x=y\r\n") + c + "\r\n";
  Client client(served.port());
  client.Send(request + "0\r\nX-Trailer: a\r\n\r\n" + RequestText("GET", "/healthz"));
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(TextAt(MustParse(reply->body), "verdict"), "unlawful");
  EXPECT_EQ(client.Receive()->status, 200);
}

TEST(Truncation, ABodyWithoutALengthIsAskedForOne) {
  Served served;
  Client client(served.port());
  client.Send("POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 411);
  EXPECT_EQ(CodeOfProblem(*reply), "DJ-6007");
}

TEST(SlowClients, HalfAHeadIsCutOff) {
  Served served;
  Client client(served.port());
  client.Send("GET /healthz HTTP/1.1\r\nHo");
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 408);
  EXPECT_EQ(CodeOfProblem(*reply), "DJ-6011");
  EXPECT_TRUE(client.HasEnded());
}

TEST(SlowClients, AByteNowAndThenEarnsNoTime) {
  Served served;
  Client client(served.port());
  const auto start = std::chrono::steady_clock::now();
  const std::string head =
      "GET /healthz HTTP/1.1\r\nHost: test\r\nX-Long: aaaaaaaaaaaaaaaaaaaaaaaaa";
  for (const char c : head) {
    if (!client.Send(std::string_view(&c, 1))) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (std::chrono::steady_clock::now() - start > std::chrono::milliseconds(900)) break;
  }
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 408);
}

TEST(SlowClients, ABodyThatDoesNotComeIsCutOff) {
  Served served;
  Client client(served.port());
  client.Send("POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\n{");
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 408);
  EXPECT_TRUE(client.HasEnded());
}

TEST(SlowClients, ASilentConnectionIsClosedWithoutAWord) {
  http::Limits limits = QuickLimits();
  limits.keep_alive = std::chrono::milliseconds(100);
  Served served(limits);
  Client client(served.port());
  EXPECT_TRUE(client.HasEnded());
}

TEST(SlowClients, IdleConnectionsMakeRoomForNewOnes) {
  http::Limits limits = QuickLimits();
  limits.connections = 20;
  limits.keep_alive = std::chrono::seconds(60);
  Served served(limits);
  std::vector<std::unique_ptr<Client>> idle;
  for (int i = 0; i < 60; ++i) {
    idle.push_back(std::make_unique<Client>(served.port()));
    if (i % 2 == 0) idle.back()->Send("GET /healthz HTTP/1.1\r\nHo");  // half a head
  }
  const auto start = std::chrono::steady_clock::now();
  const auto reply = Ask(served.port(), RequestText("GET", "/healthz"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(300));
  EXPECT_GE(served.service.metrics.connections_evicted.load(), 1U);
}

TEST(Floods, TooManyFieldsAndTooLongHeadsAreRefused) {
  Served served;
  std::string many = "GET /healthz HTTP/1.1\r\nHost: t\r\n";
  for (int i = 0; i < 200; ++i) many += "X-" + std::to_string(i) + ": a\r\n";
  ExpectRefused(served, many + "\r\n", 431, "DJ-6002");
  ExpectRefused(served,
                "GET /healthz HTTP/1.1\r\nHost: t\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n",
                431, "DJ-6002");
  ExpectRefused(served, "GET /" + std::string(9'000, 'a') + " HTTP/1.1\r\nHost: t\r\n\r\n", 414,
                "DJ-6004");
}

TEST(Floods, ABodyThatIsTooLargeIsNotRead) {
  Served served;
  Client client(served.port());
  client.Send(
      "POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\nContent-Length: 1048577\r\n\r\n");
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 413);
  EXPECT_EQ(CodeOfProblem(*reply), "DJ-6008");
  EXPECT_EQ(reply->Field("connection"), "close");
}

TEST(Floods, AChunkedBodyThatGrowsTooLargeIsCutOff) {
  Served served;
  Client client(served.port());
  client.Send(
      "POST /v1/reserve-price-checks HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  for (int i = 0; i < 20 && client.Send(chunk); ++i) {
  }
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 413);
}

TEST(Floods, ADeeplyNestedBodyIsAnError) {
  Served served;
  const auto reply = Ask(served.port(), RequestText("POST", kCasePath, std::string(100'000, '['),
                                                    "Content-Type: application/json\r\n"));
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 400);
  EXPECT_EQ(CodeOfProblem(*reply), "DJ-6022");
}

// What is quoted of a request is not what the request would have an answer be.
TEST(Floods, WhatIsNoUtf8IsRefusedInUtf8) {
  Served served;
  const std::string json = "Content-Type: application/json\r\n";
  for (const std::string& request :
       {RequestText("POST", kCasePath, "\xFF\xFE", json),
        RequestText("POST", kCasePath, "{\"case_id\": \"\xFF\"}", json),
        RequestText("GET", "/v1/%FF%FE", "", ""),
        RequestText("GET", "/v1/publications?as_of=%FF", "", "")}) {
    const auto reply = Ask(served.port(), request);
    ASSERT_TRUE(reply);
    EXPECT_GE(reply->status, 400);
    EXPECT_TRUE(io::IsUtf8(reply->body)) << reply->body;
    MustParse(reply->body);
  }
}

http::Response Throw(http::Exchange&) { throw std::runtime_error("the disk is on fire"); }
http::Response ThrowNumber(http::Exchange&) { throw 42; }

TEST(Boundary, WhateverIsThrownBecomesAProblemWithAnIdAndNoInternals) {
  constexpr http::Route kRoutes[] = {{"GET", "/throw", Throw, "", false},
                                     {"GET", "/number", ThrowNumber, "", false}};
  Served served(QuickLimits(), kRoutes);
  for (const char* path : {"/throw", "/number"}) {
    const auto reply = Ask(served.port(), RequestText("GET", path));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 500);
    EXPECT_EQ(CodeOfProblem(*reply), "DJ-6020");
    EXPECT_EQ(reply->body.find("fire"), std::string::npos);
    EXPECT_EQ(TextAt(MustParse(reply->body), "request_id"), reply->Field("x-request-id"));
  }
  served.server.Stop(std::chrono::seconds(1));
  for (int i = 0; i < 100 && served.Logged().find("fire") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_NE(served.Logged().find("event=fault"), std::string::npos);
}

}  // namespace
}  // namespace dijia::test
