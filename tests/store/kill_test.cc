// A program that is killed at any moment loses nothing that it has acknowledged and leaves nothing
// half-published.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <sstream>

#include "store/store_kind.h"
#include "support/random.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

using enum PublicationStatus;

constexpr const char* kCounty = "152502";

// An acknowledgement: the number of the publication and the step it has done.
struct Done {
  int number = 0;
  std::string status;
};

std::string IdOf(int number) { return "p" + std::to_string(number); }

// Imports, submits, approves and publishes one publication after the other, each in force a day
// after the one before, and acknowledges every step. Does not return.
[[noreturn]] void WorkUntilKilled(const StoreKind& kind, const std::filesystem::path& folder,
                                  int number, int acknowledge) {
  const auto store = kind.open(folder);
  Diagnostics diagnostics;
  const auto done = [&](PublicationStatus status) {
    if (diagnostics.has_errors()) ::_exit(3);
    const std::string line = std::to_string(number) + " " + std::string(CodeOf(status)) + "\n";
    if (::write(acknowledge, line.data(), line.size()) < 0) ::_exit(4);
  };
  for (;; ++number) {
    store::Arrival arrival = Prices(IdOf(number), FormatDate(FromDays(10'000 + number)));
    arrival.evidence = {{"samples.csv", std::string(20'000, 'x') + IdOf(number)}};
    store->Import(std::vector{arrival}, By("甲"), diagnostics);
    done(kDraft);
    for (const auto& [status, actor] :
         {std::pair(kSubmitted, "甲"), {kApproved, "乙"}, {kPublished, "乙"}}) {
      store->Move(arrival.key, status, By(actor), diagnostics);
      done(status);
    }
  }
}

// What the child acknowledged: it is killed after `lines` of them and `micros` more microseconds.
std::string KillAfter(pid_t child, int pipe, int lines, long micros) {
  std::string text;
  char byte = 0;
  while (lines > 0 && ::read(pipe, &byte, 1) == 1) {
    text += byte;
    lines -= byte == '\n' ? 1 : 0;
  }
  const timespec wait{0, micros * 1000};
  ::nanosleep(&wait, nullptr);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself, " << status;
  while (::read(pipe, &byte, 1) == 1) text += byte;
  return text;
}

std::vector<Done> Acknowledged(const std::string& text) {
  std::istringstream lines(text);
  std::vector<Done> done;
  Done next;
  while (lines >> next.number >> next.status) done.push_back(next);
  return done;
}

bool HasStep(store::Store& store, const Done& step) {
  const auto history = store.History({kCounty, IdOf(step.number)});
  return std::ranges::any_of(
      history, [&step](const auto& event) { return CodeOf(event.status) == step.status; });
}

class KilledStore : public testing::TestWithParam<StoreKind> {
 protected:
  // One child, from publication `number` on, which becomes that of the next child. Gives the number
  // of acknowledgements.
  std::size_t KillOnce(int& number, int lines, long micros) {
    int ends[2] = {};
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      WorkUntilKilled(GetParam(), folder_.path(), number, ends[1]);
    }
    ::close(ends[1]);
    const auto done = Acknowledged(KillAfter(child, ends[0], lines, micros));
    ::close(ends[0]);
    const auto store = GetParam().open(folder_.path());
    for (const Done& step : done) {
      EXPECT_TRUE(HasStep(*store, step)) << IdOf(step.number) << " " << step.status << " is lost";
    }
    // Either the old prices are in force or the new ones, on every day one.
    const auto in_force = store->Current({kCounty, "", {}, FromDays(40'000), ""});
    EXPECT_EQ(in_force.size(), store->Current({kCounty, "", kPublished, {}, ""}).size());
    EXPECT_LE(in_force.size(), 1U);
    number = (done.empty() ? number : done.back().number) + 1;
    return done.size();
  }
  void ExpectWhole() {
    Diagnostics diagnostics;
    GetParam().open(folder_.path())->Verify(std::nullopt, diagnostics);
    ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>());
  }

  TemporaryFolder folder_;
};

TEST_P(KilledStore, KeepsWhatItAcknowledged) {
  const bool is_long = std::getenv("DIJIA_LONG") != nullptr;  // NOLINT(concurrency-mt-unsafe)
  const int kills = is_long ? 500 : 40;
  const char* stated = std::getenv("DIJIA_SEED");  // NOLINT(concurrency-mt-unsafe)
  const std::uint64_t seed = stated == nullptr ? 2'026 : std::strtoull(stated, nullptr, 10);
  std::cout << "seed " << seed << "\n";
  Random random(seed);
  GetParam().init(folder_.path());
  std::size_t acknowledged = 0;
  int number = 0;
  for (int kill = 0; kill < kills; ++kill) {
    acknowledged += KillOnce(number, static_cast<int>(random.Between(0, 9)),
                             static_cast<long>(random.Between(0, 6'000)));
    if (kill % 10 == 9) ExpectWhole();
    if (HasFailure()) FAIL() << "kill " << kill;
  }
  std::cout << kills << " kills, " << acknowledged << " acknowledged steps, none lost\n";
}

INSTANTIATE_TEST_SUITE_P(BackEnds, KilledStore, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
