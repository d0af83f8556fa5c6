#include "app/rejudge.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/kept_checks.h"
#include "app/ordered_work.h"
#include "app/stored_classes.h"
#include "dijia/base/codes.h"
#include "dijia/base/date.h"
#include "json/check_codec.h"
#include "json/text.h"

namespace dijia::app {
namespace {

constexpr std::size_t kBlock = 256;

// Checks by one pack; null where it is not at hand.
struct Block {
  std::vector<store::KeptCheck> checks;
  std::vector<const rules::PreparedRules*> rules;
};

struct Judged {
  Rejudged counts;
  Diagnostics problems;

  void Clear() { *this = {}; }
};

// The rules of the checks; those of a pack are looked for once, by themselves and with the land
// classes of every time at which some were recorded.
class KnownRules {
 public:
  KnownRules(const FindRules& find, std::vector<store::LandClassEntry> classes)
      : find_(find), classes_(std::move(classes)) {
    for (const store::LandClassEntry& entry : classes_) times_.insert(entry.recorded_at);
  }

  const rules::PreparedRules* Of(const store::NewCheck& check) {
    const auto [pack, is_new] = by_id_.try_emplace(check.rules);
    if (is_new) pack->second = PackOf(check.rules);
    const auto state = pack->second.find(check.rules_sha256);
    if (state == pack->second.end()) return nullptr;
    if (!state->second.prepared) {
      state->second.prepared = WithLandClasses(*find_(check.rules), classes_, state->second.time);
    }
    return &*state->second.prepared;
  }

 private:
  struct State {
    std::string time;  // when the classes were known
    std::optional<rules::PreparedRules> prepared;
  };
  using States = std::map<std::string, State>;  // by the hash of the pack

  States PackOf(const std::string& id) const {
    States states;
    const auto rules = find_(id);
    if (!rules) return states;
    states[rules->pack().sha256].prepared = *rules;
    for (const std::string& time : times_) {
      states.try_emplace(HashWithLandClasses(rules->pack(), classes_, time), State{time, {}});
    }
    return states;
  }

  const FindRules& find_;
  const std::vector<store::LandClassEntry> classes_;
  std::set<std::string> times_;
  std::map<std::string, States> by_id_;
};

// What is kept of the check when the case is judged now; nothing when it is no case any more.
std::optional<store::NewCheck> JudgeAgain(const store::NewCheck& kept,
                                          const rules::PreparedRules& rules) {
  const rules::RulePack& pack = rules.pack();
  Diagnostics problems;
  const auto value = json::ParseJson(kept.given, "", problems);
  if (!value) return std::nullopt;
  rules::ReservePriceCase the_case = json::ReadCase(*value, pack, "", problems);
  if (problems.has_errors()) return std::nullopt;
  // It may have been judged by the law of another day than that of its decision.
  const Result<Date> day = ParseDate(kept.judged_on);
  if (day) the_case.values[*pack.FindFact("decided_on")] = ToDays(*day);
  return CheckToKeep(the_case, CheckReservePrice(the_case, rules), pack, kept.given);
}

std::string Shown(const store::NewCheck& check) {
  return check.verdict + " " + check.lawful_minimum + " " + check.deciding_rule;
}

void Judge(Block& block, Judged& judged) {
  for (std::size_t i = 0; i < block.checks.size(); ++i) {
    const store::KeptCheck& kept = block.checks[i];
    if (block.rules[i] == nullptr) {
      ++judged.counts.other_rules;
      continue;
    }
    const auto now = JudgeAgain(kept.check, *block.rules[i]);
    if (now == kept.check) {
      ++judged.counts.same;
      continue;
    }
    ++judged.counts.differ;
    judged.problems.Add(Code::kCheckRejudgedDiffers, {},
                        {IdOf(kept), Shown(kept.check), now ? Shown(*now) : "–"});
  }
}

}  // namespace

Rejudged RejudgeChecks(store::Store& store, const FindRules& find, unsigned threads,
                       Diagnostics& diagnostics) {
  const auto checks = store.Checks({});
  KnownRules known(find, store.LandClasses(""));
  Rejudged all;
  BlockWork<Block, Judged> work;
  work.read = [&](Block& block) {
    block = {};
    while (block.checks.size() < kBlock) {
      auto kept = checks->Next();
      if (!kept) break;
      block.rules.push_back(known.Of(kept->check));
      block.checks.push_back(*std::move(kept));
    }
    return !block.checks.empty();
  };
  work.make_worker = [] { return Judge; };
  work.write = [&](Judged& judged) {
    all.same += judged.counts.same;
    all.differ += judged.counts.differ;
    all.other_rules += judged.counts.other_rules;
    diagnostics.Append(judged.problems);
  };
  work.threads = threads;
  OrderedWork<Block, Judged>(work).Run();
  return all;
}

}  // namespace dijia::app
