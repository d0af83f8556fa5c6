// Jobs one after the other, with records that outlive the process.
#include "app/jobs.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "support/temporary_folder.h"

namespace dijia::app {
namespace {

namespace fs = std::filesystem;
using json::JobRecord;
using json::JobState;
using json::JobView;
using std::chrono::milliseconds;
using test::Contents;
using test::Put;
using test::TemporaryFolder;
using End = JobOutcome::End;

JobOutcome Done() { return {End::kDone, {}, {}}; }

// A work that the test lets go, and that stops when it is told to. It may outlive the test.
class Gate {
 public:
  JobWork Work() const {
    return [state = state_](JobContext& job) {
      state->began.set_value();
      while (!state->is_open) {
        if (!job.GoOn("waiting")) return JobOutcome{End::kStopped, {}, {}};
        std::this_thread::sleep_for(milliseconds(1));
      }
      return Done();
    };
  }
  void WaitUntilItRuns() const { state_->began.get_future().wait(); }
  void Open() const { state_->is_open = true; }

 private:
  struct State {
    std::promise<void> began;
    std::atomic<bool> is_open{false};
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

class JobsTest : public testing::Test {
 protected:
  void Start(const JobLimits& limits = {}) {
    jobs_.reset();
    jobs_.emplace(folder_.path() / "jobs", limits, problems_);
    jobs_->Listen([this](const JobRecord& job, const std::string& fault) {
      const std::lock_guard lock(mutex_);
      told_ += std::string(CodeOf(job.state)) + (fault.empty() ? " " : "(" + fault + ") ");
    });
  }
  JobView Submit(JobWork work, JobRecord about = {}) {
    auto draft = jobs_->Begin();
    EXPECT_TRUE(draft);
    Put(draft->inputs() / "plan.toml", "plan");
    return jobs_->Submit(*std::move(draft), std::move(about), std::move(work));
  }
  JobView WaitForEnd(const std::string& id) {
    for (;;) {
      const auto job = jobs_->Find(id);
      if (!job || HasEnded(job->record.state)) return job.value_or(JobView());
      jobs_->WaitForChange(id, job->version, milliseconds(1000));
    }
  }
  JobRecord OnDisk(const std::string& id) {
    Diagnostics problems;
    const fs::path file = folder_ / "jobs" / id / "job.json";
    return json::ReadJobRecord(Contents(file), "", problems).value_or(JobRecord());
  }
  std::string Told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }

  TemporaryFolder folder_;
  Diagnostics problems_;
  std::mutex mutex_;
  std::string told_;
  std::optional<Jobs> jobs_;
};

TEST_F(JobsTest, AJobRunsAndKeepsWhatItMade) {
  Start();
  const JobView taken = Submit([](JobContext& job) {
    EXPECT_EQ(Contents(job.inputs() / "plan.toml"), "plan");
    EXPECT_TRUE(job.GoOn("writing", 1, 2));
    fs::create_directories(job.files() / "b");
    Put(job.files() / "a.csv", "1,2\n");
    Put(job.files() / "b" / "c.html", "<p>");
    Put(job.result(), "{}");
    JobOutcome outcome = Done();
    outcome.messages.Add(Code::kNoStoreForImport,
                         {job.inputs().string() + "/samples.csv", 3, 2, "price"});
    outcome.publications.push_back({"p-1", "152502", "城区", false});
    return outcome;
  });
  EXPECT_EQ(taken.record.state, JobState::kQueued);
  const JobRecord job = WaitForEnd(taken.record.id).record;
  EXPECT_EQ(job.state, JobState::kDone);
  EXPECT_TRUE(job.has_result);
  EXPECT_LE(job.created_at, job.started_at);
  EXPECT_LE(job.started_at, job.ended_at);
  ASSERT_EQ(job.files.size(), 2U);
  EXPECT_EQ(job.files[0].name, "a.csv");
  EXPECT_EQ(job.files[1].name, "b/c.html");
  EXPECT_EQ(job.files[0].bytes, 4U);
  ASSERT_EQ(job.messages.size(), 1U);
  EXPECT_EQ(job.messages[0].source, "samples.csv") << "without the folder of this machine";
  EXPECT_EQ(job.messages[0].row, 3U);
  EXPECT_EQ(job.code, "") << "a done job has no reason why not";
  EXPECT_EQ(Contents(jobs_->FilesOf(job.id) / "b" / "c.html"), "<p>");
  EXPECT_EQ(OnDisk(job.id).files.size(), 2U);
  for (int i = 0; i < 1000 && Told().find("done") == std::string::npos; ++i) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_EQ(Told(), "queued running done ");
}

TEST_F(JobsTest, TheyHearThatItIsTakenInBeforeItBegins) {
  Start();
  std::vector<JobState> heard;
  jobs_->Listen([&](const JobRecord& job, const std::string&) {
    if (job.state == JobState::kQueued) std::this_thread::sleep_for(milliseconds(20));
    const std::lock_guard lock(mutex_);
    heard.push_back(job.state);
  });
  for (int i = 0; i < 3; ++i) WaitForEnd(Submit([](JobContext&) { return Done(); }).record.id);
  jobs_->Stop();
  const std::vector one = {JobState::kQueued, JobState::kRunning, JobState::kDone};
  ASSERT_EQ(heard.size(), 9U);
  for (std::size_t i = 0; i < heard.size(); ++i) EXPECT_EQ(heard[i], one[i % 3]) << i;
}

TEST_F(JobsTest, OneRunsAfterTheOther) {
  Start();
  Gate gate;
  std::atomic<int> running{0}, most{0};
  const auto count = [&](JobContext&) {
    most = std::max(most.load(), ++running);
    std::this_thread::sleep_for(milliseconds(2));
    --running;
    return Done();
  };
  Submit(gate.Work());
  gate.WaitUntilItRuns();
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(Submit(count).record.id);
  for (const std::string& id : ids) EXPECT_EQ(jobs_->Find(id)->record.state, JobState::kQueued);
  EXPECT_EQ(jobs_->List().front().record.id, ids.back()) << "the latest first";
  gate.Open();
  for (const std::string& id : ids) EXPECT_EQ(WaitForEnd(id).record.state, JobState::kDone);
  EXPECT_EQ(most, 1);
}

TEST_F(JobsTest, WhatFailsSaysWhyAndLeavesNothing) {
  Start();
  const std::string told =
      Submit([](JobContext& job) {
        fs::create_directory(job.files());
        JobOutcome outcome;
        outcome.messages.Add(Code::kKeyRevoked, {}, {"k1", "x"});
        outcome.messages.Add(Code::kFileNotWritten, {}, {(job.files() / "a.csv").string(), "x"});
        return outcome;
      }).record.id;
  JobRecord job = WaitForEnd(told).record;
  EXPECT_EQ(job.state, JobState::kFailed);
  EXPECT_EQ(job.code, CodeId(Code::kKeyRevoked)) << "the first error";
  EXPECT_EQ(job.errors, 2U);
  EXPECT_NE(job.messages.at(1).en.find("\"files/a.csv\""), std::string::npos) << "no other folder";
  EXPECT_FALSE(fs::exists(folder_ / "jobs" / told / "inputs"));
  EXPECT_FALSE(fs::exists(folder_ / "jobs" / told / "files"));

  job = WaitForEnd(Submit([](JobContext&) -> JobOutcome {
                     throw io::FileError({Code::kFileNotFound, {}, {"x.csv"}});
                   }).record.id)
            .record;
  EXPECT_EQ(job.code, CodeId(Code::kFileNotFound));
  job = WaitForEnd(Submit([](JobContext&) -> JobOutcome {
                     throw std::runtime_error("secret of the program");
                   }).record.id)
            .record;
  EXPECT_EQ(job.code, CodeId(Code::kServiceFault));
  EXPECT_EQ(job.messages.at(0).en.find("secret"), std::string::npos);
  for (int i = 0; i < 1000 && Told().find("secret") == std::string::npos; ++i) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_NE(Told().find("failed(secret of the program)"), std::string::npos) << Told();
}

TEST_F(JobsTest, CancellingEndsWhatWaitsAtOnceAndWhatRunsSoon) {
  Start();
  Gate gate, never;
  const std::string first = Submit(gate.Work()).record.id;
  gate.WaitUntilItRuns();
  const std::string second = Submit(never.Work()).record.id;
  EXPECT_EQ(jobs_->Cancel(second, "张三")->record.state, JobState::kCancelled);
  const auto running = jobs_->Cancel(first, "李四");
  EXPECT_EQ(running->record.state, JobState::kRunning);
  EXPECT_TRUE(running->cancelling);
  jobs_->Cancel(first, "王五");
  const JobRecord ended = WaitForEnd(first).record;
  EXPECT_EQ(ended.state, JobState::kCancelled);
  EXPECT_EQ(ended.cancelled_by, "李四") << "the first one who did";
  EXPECT_EQ(ended.code, CodeId(Code::kStopped));
  EXPECT_FALSE(jobs_->Cancel("none", ""));
  const std::string third = Submit([](JobContext&) { return Done(); }).record.id;
  WaitForEnd(third);
  EXPECT_EQ(jobs_->Cancel(third, "")->record.state, JobState::kDone) << "it has ended";
}

// A job that did not hear of it in time keeps what it did.
TEST_F(JobsTest, WhatIsDoneIsNotCancelledAfterwards) {
  Start();
  std::promise<void> began, go;
  const std::string id = Submit([&](JobContext&) {
                           began.set_value();
                           go.get_future().wait();
                           return Done();
                         }).record.id;
  began.get_future().wait();
  jobs_->Cancel(id, "张三");
  go.set_value();
  EXPECT_EQ(WaitForEnd(id).record.state, JobState::kDone);
}

TEST_F(JobsTest, TheQueueIsBoundedWithWhatIsBeingAskedFor) {
  Start({2, 100, 1'000'000});
  Gate gate, other;
  Submit(gate.Work());
  gate.WaitUntilItRuns();
  Submit(other.Work());
  {
    const auto draft = jobs_->Begin();
    ASSERT_TRUE(draft);
    EXPECT_FALSE(jobs_->Begin());
  }
  EXPECT_TRUE(jobs_->Begin()) << "what was not submitted gives its seat back";
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ / "jobs"), {}), 3) << "and its folder";
  gate.Open();
  other.Open();
}

TEST_F(JobsTest, TheSameRequestOfTheSameCallerIsOneJob) {
  Start();
  JobRecord about;
  about.key = "k1";
  about.repeat_key = "abc";
  const std::string id = Submit([](JobContext&) { return Done(); }, about).record.id;
  EXPECT_EQ(Submit([](JobContext&) { return Done(); }, about).record.id, id);
  about.key = "k2";
  EXPECT_NE(Submit([](JobContext&) { return Done(); }, about).record.id, id);
  EXPECT_EQ(jobs_->Repeated("k1", "abc")->record.id, id);
  EXPECT_FALSE(jobs_->Repeated("k1", "abd"));
  EXPECT_FALSE(jobs_->Repeated("k1", "")) << "no key is none";
  Start();
  EXPECT_EQ(jobs_->Repeated("k1", "abc")->record.id, id) << "after a restart";
}

TEST_F(JobsTest, WhatHadNotEndedIsInterruptedAfterARestart) {
  Start();
  Gate gate, other;
  const std::string done = Submit([](JobContext& job) {
                             Put(job.result(), "{}");
                             return Done();
                           }).record.id;
  WaitForEnd(done);
  const std::string running = Submit(gate.Work()).record.id;
  gate.WaitUntilItRuns();
  const std::string waiting = Submit(other.Work()).record.id;
  // The disk as a process that was killed leaves it.
  const fs::path killed = folder_ / "killed";
  fs::copy(folder_ / "jobs", killed, fs::copy_options::recursive);
  fs::create_directory(killed / ".upload");
  Jobs after(killed, {}, problems_);
  EXPECT_EQ(after.Find(done)->record.state, JobState::kDone);
  EXPECT_TRUE(after.Find(done)->record.has_result);
  for (const std::string& id : {running, waiting}) {
    const JobRecord job = after.Find(id)->record;
    EXPECT_EQ(job.state, JobState::kInterrupted);
    EXPECT_EQ(job.code, CodeId(Code::kJobInterrupted));
    EXPECT_NE(job.ended_at, "");
    EXPECT_FALSE(fs::exists(killed / id / "inputs"));
  }
  EXPECT_FALSE(fs::exists(killed / ".upload"));
  gate.Open();
  other.Open();
}

TEST_F(JobsTest, StoppingInterruptsWhatWaitsAndWhatRuns) {
  Start();
  Gate gate, other;
  const std::string running = Submit(gate.Work()).record.id;
  gate.WaitUntilItRuns();
  const std::string waiting = Submit(other.Work()).record.id;
  jobs_->BeginStop();
  EXPECT_FALSE(jobs_->Begin());
  EXPECT_TRUE(jobs_->EndStop(milliseconds(5000)));
  for (const std::string& id : {running, waiting}) {
    EXPECT_EQ(OnDisk(id).state, JobState::kInterrupted);
  }
}

TEST_F(JobsTest, AJobThatDoesNotListenIsInterruptedAllTheSame) {
  Start();
  std::promise<void> began, go;
  const std::string id = Submit([&](JobContext&) {
                           began.set_value();
                           go.get_future().wait();
                           return Done();
                         }).record.id;
  began.get_future().wait();
  jobs_->BeginStop();
  EXPECT_FALSE(jobs_->EndStop(milliseconds(20)));
  EXPECT_EQ(OnDisk(id).state, JobState::kInterrupted);
  go.set_value();
  jobs_->Stop();
  EXPECT_EQ(OnDisk(id).state, JobState::kInterrupted) << "never done after that";
}

TEST_F(JobsTest, TheOldestEndedJobsAreForgotten) {
  Start({8, 3, 1'000'000});
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(Submit([](JobContext&) { return Done(); }).record.id);
    WaitForEnd(ids.back());
  }
  for (int i = 0; i < 1000 && jobs_->Find(ids[1]); ++i) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_FALSE(jobs_->Find(ids[0]));
  EXPECT_FALSE(jobs_->Find(ids[1]));
  EXPECT_FALSE(fs::exists(folder_ / "jobs" / ids[1]));
  EXPECT_EQ(jobs_->List().size(), 3U);
  Start({8, 1, 1'000'000});
  EXPECT_EQ(jobs_->List().size(), 1U) << "a smaller number counts from the start";
}

TEST_F(JobsTest, SoAreThoseThatTakeTooMuchRoom) {
  Start({8, 100, 2500});
  const auto large = [](JobContext& job) {
    Put(job.result(), std::string(1000, ' '));
    return Done();
  };
  std::vector<std::string> ids;
  for (int i = 0; i < 3; ++i) {
    ids.push_back(Submit(large).record.id);
    WaitForEnd(ids.back());
  }
  for (int i = 0; i < 1000 && jobs_->Find(ids[0]); ++i) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_FALSE(jobs_->Find(ids[0]));
  EXPECT_TRUE(jobs_->Find(ids[2]));
}

TEST_F(JobsTest, ARecordThatIsNoneIsReportedAndLeftAlone) {
  fs::create_directories(folder_ / "jobs" / "abc");
  Put(folder_ / "jobs" / "abc" / "job.json", R"({"id": "abc", "state": "fine"})");
  Start();
  ASSERT_EQ(problems_.kept().size(), 1U);
  EXPECT_EQ(problems_.kept()[0].code, Code::kJobRecordBroken);
  EXPECT_TRUE(jobs_->List().empty());
  EXPECT_TRUE(fs::exists(folder_ / "jobs" / "abc"));
}

TEST_F(JobsTest, OneProcessAtATimeHasTheFolder) {
  Start();
  Submit([](JobContext&) { return Done(); });
  Diagnostics problems;
  Jobs second(folder_ / "jobs", {}, problems);
  ASSERT_EQ(problems.kept().size(), 1U);
  EXPECT_EQ(problems.kept()[0].code, Code::kJobsFolderTaken);
  EXPECT_THROW(second.List(), io::FileError);
  jobs_.reset();
  EXPECT_EQ(second.List().size(), 1U) << "it is asked for again";
}

TEST(JobsWithoutAFolder, SayWhatIsMissing) {
  Jobs jobs;
  try {
    jobs.Begin();
    FAIL();
  } catch (const io::FileError& error) {
    EXPECT_EQ(error.diagnostic().code, Code::kNoJobsFolder);
  }
}

TEST_F(JobsTest, AFolderIsMadeWithTheFirstJob) {
  Start();
  EXPECT_FALSE(fs::exists(folder_ / "jobs"));
  const std::string id = Submit([](JobContext&) { return Done(); }).record.id;
  EXPECT_EQ(WaitForEnd(id).record.state, JobState::kDone);
  EXPECT_EQ(fs::status(folder_ / "jobs").permissions(), fs::perms::owner_all);
}

}  // namespace
}  // namespace dijia::app
