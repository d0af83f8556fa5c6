// The store of a whole region with a million kept checks, and what people wait for in it.
// bench_store [--counties=103] [--samples=5000] [--checks=1000000] [--store=postgresql://…]
// The store is made by a seeded generator, in a folder of its own that goes afterwards, or in the
// empty store of a server. Prints a table beside the budgets of issue 5; exit code 1: one is
// missed.
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "app/due.h"
#include "app/kept_checks.h"
#include "app/reference.h"
#include "app/rejudge.h"
#include "app/simulate.h"
#include "app/stored_publications.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"
#include "io/rule_packs.h"
#include "io/scratch_folder.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "law/case_json.h"
#include "rule_cases.h"
#include "store/named_store.h"

namespace dijia::bench {
namespace {

namespace fs = std::filesystem;
using enum PublicationStatus;

const fs::path kSource = DIJIA_SOURCE_DIR;
constexpr const char* kToday = "2026-11-26";

struct Size {
  int counties = 103, samples = 5'000, checks = 1'000'000;
};

std::string CountyOf(int number) { return std::to_string(150'101 + number); }

// A clock that gives every act a later time, the same in every run.
store::Act By(const std::string& actor) {
  static std::int64_t micros = 0;
  ++micros;
  const std::int64_t seconds = micros / 1'000'000;
  char text[40];
  std::snprintf(text, sizeof text, "2026-01-01T%02d:%02d:%02d.%06dZ",
                static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60),
                static_cast<int>(seconds % 60), static_cast<int>(micros % 1'000'000));
  return {actor, "", text};
}

// Milliseconds on the clock, and of this program's work.
struct Cost {
  double clock = 0, work = 0;
};
double WorkSoFar() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}
Cost CostOf(const std::function<void()>& work) {
  using Millis = std::chrono::duration<double, std::milli>;
  const auto start = std::chrono::steady_clock::now();
  const double before = WorkSoFar();
  work();
  return {Millis(std::chrono::steady_clock::now() - start).count(), WorkSoFar() - before};
}

// That of which the share `part` of all is not dearer.
Cost Quantile(const std::vector<Cost>& costs, double part) {
  Cost quantile;
  for (double Cost::*const time : {&Cost::clock, &Cost::work}) {
    std::vector<double> times;
    for (const Cost& cost : costs) times.push_back(cost.*time);
    std::ranges::sort(times);
    quantile.*time = times[static_cast<std::size_t>(static_cast<double>(times.size() - 1) * part)];
  }
  return quantile;
}

// Everything that is reported ends the measurement.
class Reports {
 public:
  Diagnostics& diagnostics() { return diagnostics_; }
  void MustBeNone(const char* after) const {
    if (diagnostics_.total() == 0) return;
    std::cerr << after << ": " << Describe(diagnostics_.kept().front(), Language::kEn) << "\n";
    std::exit(1);
  }

 private:
  Diagnostics diagnostics_;
};

std::string Contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// A round of a county: the tables of a real publication, and samples of the size of real ones.
store::Arrival RoundOf(Publication publication, const std::string& county, const std::string& year,
                       int samples) {
  publication.county = county;
  publication.area = "城区";
  publication.id = county + "-" + year;
  publication.base_date = *ParseDate(year + "-01-01");
  publication.effective_from = *ParseDate(year + "-07-01");
  publication.effective_until = std::nullopt;
  std::string csv = "sample_id,county,use,grade,date,price_yuan_per_sqm,area_sqm,far,note\n";
  char row[200];
  for (int i = 0; i < samples; ++i) {
    std::snprintf(
        row, sizeof row,
        "%s-%s-%05d,%s,residential,%d,%s-03-%02d,%d.%02d,%d.5,1.%d,城区主干道以北、河东路西侧\n",
        county.c_str(), year.c_str(), i, county.c_str(), 1 + i % 5, year.c_str(), 1 + i % 28,
        200 + i * 37 % 900, i % 100, 300 + i * 13 % 9'000, i % 10);
    csv += row;
  }
  return app::ArrivalOf(std::move(publication), {{"samples.csv", csv}});
}

void AddPublications(store::Store& store, const Size& size, Reports& reports) {
  Diagnostics& diagnostics = reports.diagnostics();
  const auto model = json::ReadPublication(
      Contents(kSource / "tests" / "golden" / "tongdao" / "publication.json"), "", diagnostics);
  reports.MustBeNone("the model of a publication");
  for (int number = 0; number < size.counties; ++number) {
    for (const char* year : {"2018", "2021", "2024"}) {
      const store::Arrival arrival = RoundOf(*model, CountyOf(number), year, size.samples);
      store.Import(std::vector{arrival}, By("甲"), diagnostics);
      for (const auto& [status, actor] :
           {std::pair(kSubmitted, "甲"), {kApproved, "乙"}, {kPublished, "丙"}}) {
        store.Move(arrival.key, status, By(actor), diagnostics);
      }
    }
  }
  reports.MustBeNone("publications");
}

// Cases of the generator of the rules' measurements, spread over the counties, and their checks.
class Checks {
 public:
  Checks(const Size& size, const rules::PreparedRules& rules)
      : size_(size),
        rules_(rules),
        small_(MakeSmallCases(static_cast<std::size_t>(size.checks))),
        writer_(rules.pack()),
        county_(*rules.pack().FindFact("county")) {}

  store::NewCheck Make(std::size_t index) {
    constexpr unsigned kUnknownPercent = 5;
    rules::ReservePriceCase the_case =
        writer_.Write(small_[index % small_.size()], kUnknownPercent);
    the_case.case_id = "case-" + std::to_string(index);
    const int county = static_cast<int>(index % static_cast<std::size_t>(size_.counties));
    the_case.values[county_] = std::stoll(CountyOf(county));
    const rules::RulePack& pack = rules_.pack();
    return app::CheckToKeep(the_case, CheckReservePrice(the_case, rules_), pack,
                            json::ToLine(law::ToJson(the_case, pack)));
  }

 private:
  const Size& size_;
  const rules::PreparedRules& rules_;
  std::vector<SmallCase> small_;
  CaseWriter writer_;
  std::uint16_t county_;
};

// As a file of 10,000 cases at a time is kept.
Cost KeepAll(store::Store& store, const Size& size, Checks& checks) {
  constexpr int kFile = 10'000;
  Cost cost;
  for (int first = 0; first < size.checks; first += kFile) {
    std::vector<store::NewCheck> file;
    for (int i = first; i < std::min(size.checks, first + kFile); ++i) {
      file.push_back(checks.Make(static_cast<std::size_t>(i)));
    }
    const Cost one = CostOf([&] {
      const auto keeping = store.KeepChecks();
      for (store::NewCheck& check : file) keeping->Add(std::move(check), By("甲"));
      keeping->Commit();
    });
    cost.clock += one.clock;
    cost.work += one.work;
  }
  return cost;
}

// A price as the law stood on a day, as known now: entry, document, price.
std::vector<Cost> LookUp(store::Store& store, const Size& size, Reports& reports) {
  constexpr int kLookUps = 5'000;
  constexpr std::uint64_t kFirstDay = 17'800, kDays = 2'700;
  std::vector<Cost> costs;
  std::uint64_t random = 5;
  for (int i = 0; i < kLookUps; ++i) {
    random = random * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const std::string county =
        CountyOf(static_cast<int>((random >> 33) % static_cast<unsigned>(size.counties)));
    const Date day = FromDays(static_cast<Days>(kFirstDay + (random >> 20) % kDays));
    costs.push_back(CostOf([&] {
      for (const store::Event& entry : store.Current({county, "", {}, day, ""})) {
        app::StoredPublication(store, entry, reports.diagnostics());
      }
    }));
  }
  reports.MustBeNone("look-ups");
  return costs;
}

Cost Due(store::Store& store, const rules::PreparedRules& rules, Reports& reports) {
  constexpr int kRepeats = 9;
  const app::Reference reference = app::LoadReference(kSource / "data" / "reference");
  const Date today = *ParseDate(kToday);
  std::vector<Cost> costs;
  for (int i = 0; i < kRepeats; ++i) {
    costs.push_back(CostOf([&] {
      app::DueOn(today, app::LatestPrices(store, today, reports.diagnostics()), false, reference,
                 rules, reports.diagnostics());
    }));
  }
  reports.MustBeNone("due");
  return Quantile(costs, 0.5);
}

// A backup while somebody keeps one check after the other: how many, and who waited longest.
struct Backup {
  Cost cost;
  int kept = 0;
  double longest_wait = 0;  // milliseconds
};
Backup BackUp(const std::string& name, const std::string& copy, Checks& checks, Reports& reports) {
  Backup backup;
  std::jthread writer([&](const std::stop_token& stop) {
    const auto store = store::OpenStore(name);
    while (!stop.stop_requested()) {
      const store::NewCheck check = checks.Make(static_cast<std::size_t>(backup.kept++));
      const Cost wait = CostOf([&] {
        const auto keeping = store->KeepChecks();
        keeping->Add(check, By("乙"));
        keeping->Commit();
      });
      backup.longest_wait = std::max(backup.longest_wait, wait.clock);
    }
  });
  backup.cost = CostOf([&] { store::CopyStore(name, copy, reports.diagnostics()); });
  writer.request_stop();
  writer.join();
  reports.MustBeNone("backup");
  return backup;
}

// The rows of the table, and whether all budgets hold.
class Table {
 public:
  Table() { std::cout << "| what | clock | work | budget | holds |\n|---|---|---|---|---|\n"; }
  void Add(const std::string& what, const Cost& cost, double budget = 0) {
    const bool holds = cost.clock <= budget;
    if (budget > 0) all_hold_ = all_hold_ && holds;
    const std::string verdict = budget == 0 ? "–" : holds ? "yes" : "**no**";
    std::cout << "| " << what << " | " << Text(cost.clock) << " | " << Text(cost.work) << " | "
              << (budget == 0 ? "–" : Text(budget)) << " | " << verdict << " |" << std::endl;
  }
  void Say(const std::string& what, const std::string& figure) {
    std::cout << "| " << what << " | " << figure << " | – | – | – |" << std::endl;
  }
  bool all_hold() const { return all_hold_; }

 private:
  static std::string Text(double millis) {
    constexpr double kSecond = 1e3, kLong = 1e4;
    char text[40];
    if (millis >= kLong) {
      std::snprintf(text, sizeof text, "%.1f s", millis / kSecond);
    } else {
      std::snprintf(text, sizeof text, millis < 10 ? "%.2f ms" : "%.0f ms", millis);
    }
    return text;
  }
  bool all_hold_ = true;
};

std::string Rate(double count, double millis, const char* unit) {
  char text[60];
  std::snprintf(text, sizeof text, "%.0f %s", count / millis * 1e3, unit);
  return text;
}

int Measure(const Size& size, const std::string& server) {
  constexpr double kDue = 50, kVerify = 60'000;
  const double look_up = server.empty() ? 1 : 0;  // of a store in the program itself
  Reports reports;
  const io::ScratchFolder scratch;
  const std::string name = server.empty() ? (scratch.path() / "region.db").string() : server;
  const auto rules = io::LoadRules(io::kDefaultRules, DIJIA_PACKS, reports.diagnostics());
  reports.MustBeNone("rules");
  store::InitStore(name);
  auto store = store::OpenStore(name);
  AddPublications(*store, size, reports);
  Checks checks(size, *rules);
  const Cost keeping = KeepAll(*store, size, checks);
  store = store::OpenStore(name);

  Table table;
  table.Say("keeping, 10,000 a file", Rate(size.checks, keeping.clock, "checks/s"));
  const std::vector<Cost> lookups = LookUp(*store, size, reports);
  table.Add("price on a day, with its document, p50", Quantile(lookups, 0.5));
  table.Add("… p99", Quantile(lookups, 0.99), look_up);
  table.Add("due, the region", Due(*store, *rules, reports), kDue);
  table.Add("verify all",
            CostOf([&] { app::VerifyPublications(*store, std::nullopt, reports.diagnostics()); }),
            kVerify);
  reports.MustBeNone("verify");
  app::Rejudged rejudged;
  table.Add("all kept checks judged again", CostOf([&] {
              rejudged = app::RejudgeChecks(
                  *store, [&rules](const std::string&) { return rules; }, 0, reports.diagnostics());
            }));
  reports.MustBeNone("judging again");
  const auto national = io::LoadRules("cn", DIJIA_PACKS, reports.diagnostics());
  table.Add("other rules tried on all", CostOf([&] {
              const auto cursor = store->Checks({});
              app::SimulationRequest request{app::CasesOf(*cursor), kSource / "data/reference", 0};
              app::Simulate(request, *rules, *national, reports.diagnostics());
            }));
  const Backup backup = BackUp(name, scratch.path() / "copy.db", checks, reports);
  table.Add("backup, while checks are kept", backup.cost);
  table.Say("… checks kept meanwhile", Rate(backup.kept, backup.cost.clock, "checks/s"));
  table.Add("… the longest wait of one", {backup.longest_wait, 0});
  table.Say("the backup",
            std::to_string(fs::file_size(scratch.path() / "copy.db") / 1'000'000) + " MB");
  table.Add("the backup verified", CostOf([&] {
              app::VerifyPublications(*store::OpenStore(scratch.path() / "copy.db"), std::nullopt,
                                      reports.diagnostics());
            }));
  reports.MustBeNone("the backup");
  std::cout << "\n" << rejudged.same << " kept checks judged again, all the same\n";
  return table.all_hold() ? 0 : 1;
}

}  // namespace
}  // namespace dijia::bench

int main(int argc, char** argv) {
  dijia::bench::Size size;
  std::string server;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const std::string value = word.substr(std::min(word.find('=') + 1, word.size()));
    if (word.starts_with("--counties=")) {
      size.counties = std::stoi(value);
    } else if (word.starts_with("--samples=")) {
      size.samples = std::stoi(value);
    } else if (word.starts_with("--checks=")) {
      size.checks = std::stoi(value);
    } else if (word.starts_with("--store=")) {
      server = value;
    } else {
      std::cerr << "bench_store [--counties=N] [--samples=N] [--checks=N] [--store=ADDRESS]\n";
      return 2;
    }
  }
  try {
    return dijia::bench::Measure(size, server);
  } catch (const dijia::io::FileError& error) {
    std::cerr << Describe(error.diagnostic(), dijia::Language::kEn) << "\n";
    return 3;
  }
}
