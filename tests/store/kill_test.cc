// A program that is killed at any moment loses nothing that it has acknowledged and leaves nothing
// half-published.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <map>
#include <sstream>

#include "io/file_error.h"
#include "store/store_kind.h"
#include "support/postgres_server.h"
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

// Checks that are kept together, and rows of samples of which the next version has one more.
constexpr int kChecksAtOnce = 3;
void KeepChecks(store::Store& store, int number) {
  store::NewCheck check;
  check.county = kCounty;
  check.case_id = IdOf(number);
  check.verdict = "lawful";
  check.rules_sha256 = std::string(64, 'a');
  check.given = std::string(600, 'x');
  const auto keeping = store.KeepChecks();
  for (int i = 0; i < kChecksAtOnce; ++i) keeping->Add(check, By("甲"));
  keeping->Commit();
}
void ImportSamples(store::Store& store, int number, Diagnostics& diagnostics) {
  store::SampleArrival samples{kCounty, IdOf(number), std::string(64, 'a'), "canonical", "a,b", {}};
  for (int i = 0; i < 50; ++i) samples.rows.push_back({i + 2, std::to_string(number + i) + ",1"});
  store.ImportSamples(samples, By("甲"), diagnostics);
}

// Two rows of one list, of which both are recorded or none.
constexpr std::size_t kClassesAtOnce = 2;
void ImportLandClasses(store::Store& store, int number, Diagnostics& diagnostics) {
  store::LandClassArrival list{IdOf(number), std::string(64, 'a'), {}};
  for (const char* town : {"", "镇"}) {
    store::NewLandClass row;
    row.county = kCounty;
    row.town = town;
    row.land_class = 1 + number % store::kLowestLandClass;
    row.from = FromDays(10'000 + number);
    row.instrument = IdOf(number);
    row.source_row = 2;
    list.rows.push_back(std::move(row));
  }
  store.ImportLandClasses(list, By("甲"), diagnostics);
}

// How a child ends by itself: the store refused something, nobody reads, the database failed.
constexpr int kRefused = 3, kUnread = 4, kFailed = 5;

// Imports, submits, approves and publishes one publication after the other, each in force a day
// after the one before, with checks that are kept and samples and land classes that are imported
// between, and acknowledges every step. Does not return.
[[noreturn]] void Work(const StoreKind& kind, const std::filesystem::path& folder, int number,
                       int acknowledge) {
  const auto store = kind.open(folder);
  Diagnostics diagnostics;
  const auto done = [&](std::string_view step) {
    if (diagnostics.has_errors()) ::_exit(kRefused);
    const std::string line = std::to_string(number) + " " + std::string(step) + "\n";
    if (::write(acknowledge, line.data(), line.size()) < 0) ::_exit(kUnread);
  };
  for (;; ++number) {
    store::Arrival arrival = Prices(IdOf(number), FormatDate(FromDays(10'000 + number)));
    arrival.evidence = {{"samples.csv", std::string(20'000, 'x') + IdOf(number)}};
    store->Import(std::vector{arrival}, By("甲"), diagnostics);
    done(CodeOf(kDraft));
    KeepChecks(*store, number);
    done("kept");
    for (const auto& [status, actor] :
         {std::pair(kSubmitted, "甲"), {kApproved, "乙"}, {kPublished, "乙"}}) {
      store->Move(arrival.key, status, By(actor), diagnostics);
      done(CodeOf(status));
    }
    ImportSamples(*store, number, diagnostics);
    done("sampled");
    ImportLandClasses(*store, number, diagnostics);
    done("classed");
  }
}

// … until this program is killed, or the database below it.
[[noreturn]] void WorkUntilKilled(const StoreKind& kind, const std::filesystem::path& folder,
                                  int number, int acknowledge) {
  try {
    Work(kind, folder, number, acknowledge);
  } catch (const io::FileError&) {
    ::_exit(kFailed);
  }
}

// What is killed: the program that works, the process of the server that works for it, or the
// server with all its processes.
enum class Victim : std::uint8_t { kProgram, kProcessOfServer, kServer };

void Kill(Victim victim, pid_t child, const StoreKind& kind, const std::filesystem::path& folder) {
  switch (victim) {
    case Victim::kProgram:
      ::kill(child, SIGKILL);
      return;
    case Victim::kProcessOfServer:
      for (const std::string& pid : kind.raw(folder)->Column(
               "SELECT pid FROM pg_stat_activity WHERE application_name = 'dijia' AND datname = "
               "current_database()")) {
        PostgresServer::Shared().KillProcess(static_cast<pid_t>(std::stoi(pid)));
      }
      return;
    case Victim::kServer:
      PostgresServer::Shared().KillAndRestart();
      return;
  }
}

// When something is killed: after so many acknowledgements and microseconds. A server is killed
// below a program that has its connection, after one at least.
struct Moment {
  int lines = 0;
  long micros = 0;
};

// What the child acknowledged until its end.
std::string ReadUntil(Moment moment, int pipe, const std::function<void()>& kill) {
  std::string text;
  char byte = 0;
  int lines = moment.lines;
  while (lines > 0 && ::read(pipe, &byte, 1) == 1) {
    text += byte;
    lines -= byte == '\n' ? 1 : 0;
  }
  const timespec wait{0, moment.micros * 1000};
  ::nanosleep(&wait, nullptr);
  kill();
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

// How many checks are kept of every case.
std::map<std::string, int> ChecksByCase(store::Store& store) {
  std::map<std::string, int> checks;
  const auto cursor = store.Checks({});
  while (const auto kept = cursor->Next()) ++checks[kept->check.case_id];
  return checks;
}

// How many land classes were recorded from every list.
std::map<std::string, std::size_t> ClassesBySource(store::Store& store) {
  std::map<std::string, std::size_t> classes;
  for (const store::LandClassEntry& entry : store.LandClasses(kCounty)) ++classes[entry.source];
  return classes;
}

bool HasStep(store::Store& store, const Done& step) {
  if (step.status == "kept") return ChecksByCase(store)[IdOf(step.number)] == kChecksAtOnce;
  if (step.status == "sampled") {
    const auto versions = store.SampleVersions(kCounty);
    return std::ranges::any_of(
        versions, [&step](const auto& version) { return version.source == IdOf(step.number); });
  }
  if (step.status == "classed") return ClassesBySource(store)[IdOf(step.number)] == kClassesAtOnce;
  const auto history = store.History({kCounty, IdOf(step.number)});
  return std::ranges::any_of(
      history, [&step](const auto& event) { return CodeOf(event.status) == step.status; });
}

class KilledStore : public StoreTest {
 protected:
  // One child, from publication `number` on, which becomes that of the next child. Gives the number
  // of acknowledgements.
  std::size_t KillOnce(int& number, Victim victim, Moment moment) {
    int ends[2] = {};
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      WorkUntilKilled(GetParam(), folder_.path(), number, ends[1]);
    }
    ::close(ends[1]);
    const auto done = Acknowledged(
        ReadUntil(moment, ends[0], [&] { Kill(victim, child, GetParam(), folder_.path()); }));
    ::close(ends[0]);
    ExpectEnd(child, victim);
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
  static void ExpectEnd(pid_t child, Victim victim) {
    int status = 0;
    ::waitpid(child, &status, 0);
    const bool is_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    const bool is_told = WIFEXITED(status) && WEXITSTATUS(status) == kFailed;
    EXPECT_TRUE(victim == Victim::kProgram ? is_killed : is_told) << status;
  }
  void ExpectWhole() {
    Diagnostics diagnostics;
    const auto store = GetParam().open(folder_.path());
    store->Verify(std::nullopt, diagnostics);
    ASSERT_EQ(CodesOf(diagnostics), std::vector<Code>());
    for (const auto& [id, checks] : ChecksByCase(*store)) ASSERT_EQ(checks, kChecksAtOnce) << id;
    for (const auto& [list, rows] : ClassesBySource(*store))
      ASSERT_EQ(rows, kClassesAtOnce) << list;
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
  std::array<int, 3> victims{};
  int number = 0;
  for (int kill = 0; kill < kills; ++kill) {
    const bool has_server = GetParam().name == "postgres";
    const Victim victim = has_server && kill % 10 == 4   ? Victim::kProcessOfServer
                          : has_server && kill % 20 == 9 ? Victim::kServer
                                                         : Victim::kProgram;
    ++victims[static_cast<std::size_t>(victim)];
    acknowledged +=
        KillOnce(number, victim,
                 {static_cast<int>(random.Between(victim == Victim::kProgram ? 0 : 1, 9)),
                  static_cast<long>(random.Between(0, 6'000))});
    if (kill % 10 == 9) ExpectWhole();
    if (HasFailure()) FAIL() << "kill " << kill;
  }
  std::cout << kills << " kills (" << victims[0] << " programs, " << victims[1]
            << " processes of the server, " << victims[2] << " servers), " << acknowledged
            << " acknowledged steps, none lost\n";
}

INSTANTIATE_TEST_SUITE_P(BackEnds, KilledStore, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
