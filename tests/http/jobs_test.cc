// Jobs over HTTP: who sees them, their end, their events.
#include <algorithm>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "http/job_service.h"

namespace dijia::test {
namespace {

using app::JobContext;
using app::JobOutcome;
using json::Value;
using std::chrono::milliseconds;

TEST_F(JobRoutes, CallersSeeTheirOwnJobsAndClerksThoseOfTheirCounty) {
  const Gate gate;
  const std::string id = Submit(gate.Work(), "k3", "152502");
  gate.WaitUntilItRuns();
  const std::string path = "/v1/jobs/" + id;
  const auto count = [&](const std::string& key) {
    return MustParse(Call("GET", "/v1/jobs", key).body).Find("jobs")->array()->size();
  };
  for (const std::string& key : {clerk_, ours_}) {
    EXPECT_EQ(Call("GET", path, key).status, 200);
    EXPECT_EQ(count(key), 1U);
  }
  for (const std::string& key : {other_, viewer_}) {
    for (const char* rest : {"", "/events", "/result", "/files/a"}) {
      Expect(Call("GET", path + rest, key), 404, "DJ-6061");
    }
    Expect(Call("DELETE", path, key), 404, "DJ-6061");
    EXPECT_EQ(count(key), 0U);
  }
  const std::string viewers = Submit([](JobContext&) { return JobOutcome{}; }, "k4");
  EXPECT_EQ(Call("GET", "/v1/jobs/" + viewers, viewer_).status, 200) << "their own";
  EXPECT_EQ(TextAt(MustParse(Call("DELETE", path, ours_).body), "cancelled_by"), "王五");
}

TEST_F(JobRoutes, AJobIsCancelled) {
  const Gate gate, never;
  const std::string first = Submit(gate.Work()), second = Submit(never.Work());
  gate.WaitUntilItRuns();
  const Reply waiting = Call("DELETE", "/v1/jobs/" + second, clerk_);
  EXPECT_EQ(waiting.status, 200);
  EXPECT_EQ(TextAt(MustParse(waiting.body), "state"), "cancelled");
  const Reply running = Call("DELETE", "/v1/jobs/" + first, clerk_);
  EXPECT_EQ(running.status, 202) << running.body;
  const Value ended = WaitForEnd(first);
  EXPECT_EQ(TextAt(ended, "state"), "cancelled");
  EXPECT_EQ(TextAt(ended, "cancelled_by"), "张三");
  EXPECT_EQ(Call("DELETE", "/v1/jobs/" + first, clerk_).status, 200) << "once more";
  const std::string done = Submit([](JobContext&) {
    return JobOutcome{JobOutcome::End::kDone, {}, {}};
  });
  WaitForEnd(done);
  Expect(Call("DELETE", "/v1/jobs/" + done, clerk_), 409, "DJ-6063");
  Expect(Call("DELETE", "/v1/jobs/none", clerk_), 404, "DJ-6061");
}

TEST_F(JobRoutes, AFullQueueSaysWhenToComeBack) {
  Serve(QuickLimits(), {1, 100, 100'000'000});
  const Gate gate, other;
  Submit(gate.Work());
  gate.WaitUntilItRuns();
  Submit(other.Work());
  const Reply full = Post(Plain(), clerk_);
  Expect(full, 503, "DJ-6062");
  EXPECT_EQ(full.Field("retry-after"), "5");
  gate.Open();
  other.Open();
}

// Events are read as a client reads them: blocks of lines, each ended by an empty one.
class Events {
 public:
  Events(std::uint16_t port, const std::string& target, const std::string& fields) : client_(port) {
    client_.Send(RequestText("GET", target, "", fields));
  }
  // Waits until a text has come.
  bool Wait(std::string_view text) { return client_.WaitFor(text); }
  // The whole answer, after its end.
  Reply All() {
    client_.longest = milliseconds(20'000);
    return client_.Receive().value_or(Reply{});
  }

 private:
  Client client_;
};

std::vector<std::string> IdsIn(const std::string& stream) {
  std::vector<std::string> ids;
  for (std::size_t at = stream.find("id: "); at != std::string::npos;
       at = stream.find("\nid: ", at)) {
    at = stream.find(' ', at) + 1;
    ids.push_back(stream.substr(at, stream.find('\n', at) - at));
  }
  return ids;
}

TEST_F(JobRoutes, TwoClientsFollowOneJobToItsEnd) {
  const Gate gate;
  const std::string id = Submit(gate.Work());
  const std::string target = "/v1/jobs/" + id + "/events";
  Events first(served_->port(), target, FieldsOf(clerk_));
  Events second(served_->port(), target, FieldsOf(clerk_));
  gate.WaitUntilItRuns();
  EXPECT_TRUE(first.Wait("\"waiting\""));
  EXPECT_TRUE(second.Wait("\"waiting\""));
  gate.Open();
  const Reply a = first.All(), b = second.All();
  for (const Reply& reply : {a, b}) {
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.Field("content-type"), "text/event-stream");
    EXPECT_TRUE(reply.body.starts_with("retry: ")) << reply.body;
    EXPECT_NE(reply.body.find("\nevent: job\ndata: {"), std::string::npos);
    EXPECT_NE(reply.body.find("\"waiting\""), std::string::npos) << "progress";
    const auto ids = IdsIn(reply.body);
    ASSERT_GE(ids.size(), 2U) << reply.body;
    EXPECT_EQ(ids.back(), "end");
    EXPECT_NE(reply.body.find("id: end\nevent: end\ndata: {"), std::string::npos);
    EXPECT_NE(reply.body.find("\"done\""), std::string::npos);
  }
  const Reply again = Call("GET", target, clerk_, "", "Last-Event-ID: end\r\n");
  EXPECT_EQ(again.status, 204) << "nothing more will come";
  EXPECT_EQ(IdsIn(Call("GET", target, clerk_, "", "Last-Event-ID: 2\r\n").body),
            std::vector<std::string>{"end"})
      << "a late client hears of the end";
}

TEST_F(JobRoutes, AClientGoesOnWhereItLeftOff) {
  std::promise<void> began, go;
  const std::string id = Submit([&](JobContext& job) {
    job.GoOn("first", 1, 2);
    began.set_value();
    go.get_future().wait();
    return JobOutcome{JobOutcome::End::kDone, {}, {}};
  });
  began.get_future().wait();
  const std::string target = "/v1/jobs/" + id + "/events";
  const std::string version = std::to_string(served_->jobs.Find(id)->version);
  {
    Events whole(served_->port(), target, FieldsOf(clerk_));
    EXPECT_TRUE(whole.Wait("id: " + version + "\n"));
  }
  Events rest(served_->port(), target, FieldsOf(clerk_, "Last-Event-ID: " + version + "\r\n"));
  EXPECT_TRUE(rest.Wait("retry: "));
  std::this_thread::sleep_for(milliseconds(50));
  go.set_value();
  EXPECT_EQ(IdsIn(rest.All().body), std::vector<std::string>{"end"}) << "what it knew is not said";
}

TEST_F(JobRoutes, AQuietStreamBeatsAndOneThatNobodyReadsEnds) {
  http::Limits limits = QuickLimits();
  limits.heartbeat = milliseconds(30);
  limits.event_streams = 1;
  Serve(limits);
  const Gate gate;
  const std::string id = Submit(gate.SilentWork());
  gate.WaitUntilItRuns();
  const std::string target = "/v1/jobs/" + id + "/events";
  {
    Events events(served_->port(), target, FieldsOf(clerk_));
    EXPECT_TRUE(events.Wait("\n:\n\n")) << "a beat";
    const Reply full = Call("GET", target, clerk_);
    Expect(full, 503, "DJ-6072");
    EXPECT_NE(full.body.find("/v1/jobs/" + id), std::string::npos) << "what to do instead";
  }
  for (int i = 0; i < 1000 && served_->service.event_streams > 0; ++i) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(served_->service.event_streams, 0) << "its place is free";
  gate.Open();
}

TEST_F(JobRoutes, StoppingEndsStreamsAndInterruptsJobs) {
  const Gate gate;
  const std::string id = Submit(gate.Work());
  gate.WaitUntilItRuns();
  Events events(served_->port(), "/v1/jobs/" + id + "/events", FieldsOf(clerk_));
  EXPECT_TRUE(events.Wait("event: job"));
  served_->jobs.BeginStop();
  EXPECT_TRUE(served_->server.Stop(milliseconds(5000)));
  EXPECT_TRUE(served_->jobs.EndStop(milliseconds(5000)));
  events.All();
  Serve();
  const Value job = JobOf(id);
  EXPECT_EQ(TextAt(job, "state"), "interrupted");
  EXPECT_EQ(TextAt(job, "code"), "DJ-6067");
  const Reply late = Call("GET", "/v1/jobs/" + id + "/events", clerk_, "", "Last-Event-ID: 3\r\n");
  EXPECT_EQ(IdsIn(late.body), std::vector<std::string>{"end"});
}

TEST_F(JobRoutes, WhoDidWhatIsLoggedAndCounted) {
  const Value job = Run(Plain());
  std::string log;
  const std::string line = "event=job job=" + TextAt(job, "id") + " kind=compute state=done";
  for (int i = 0; i < 1000 && log.find(line) == std::string::npos; ++i) {
    std::this_thread::sleep_for(milliseconds(10));
    log = served_->Logged();
  }
  EXPECT_NE(log.find(line + " county=152502 key=k1 actor=\"张三\""), std::string::npos) << log;
  EXPECT_NE(log.find("kind=compute state=queued"), std::string::npos);
  const std::string metrics = Call("GET", "/metrics", clerk_).body;
  EXPECT_NE(metrics.find("dijia_jobs_total{state=\"done\"} 1\n"), std::string::npos) << metrics;
}

TEST(JobRoutesWithoutAFolder, SayWhatIsMissing) {
  Served served;
  for (const char* path : {"/v1/jobs", "/v1/jobs/a", "/v1/jobs/a/events"}) {
    const auto reply = Ask(served.port(), RequestText("GET", path));
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 503) << path;
    EXPECT_EQ(TextAt(MustParse(reply->body), "code"), "DJ-6064");
  }
}

}  // namespace
}  // namespace dijia::test
