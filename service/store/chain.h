// The log as a chain of hashes: every entry holds the hash of the one before, so that an entry that
// was changed, taken out or put in breaks the chain where it stands.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "store/event.h"

namespace dijia::store {

// SHA-256 over the name of a format, a line break, and fields, each as its length in bytes, a
// colon, its bytes and a line break: what every entry of a log is hashed by.
std::string HashOfFields(std::string_view format, std::span<const std::string> fields);

// The hash of every field of the entry but the hash itself, by `dijia-event/1`; what is absent is
// empty.
std::string HashOf(const Event& event);

// Makes an entry the one after `last` (null: the first of its county): number, time, hashes. A
// clock that runs backwards does not: the time is at least that of `last`.
void Seal(Event& event, const Event* last);

// Walks the entries of one county in order and tells where the chain first breaks: numbers, links,
// hashes, what the lifecycle permits, periods, and the kept texts by their hashes.
class ChainWalk {
 public:
  // Gives a kept text by its hash; nothing when it is not there.
  using Fetch = std::function<std::optional<std::string>(const std::string& sha256)>;
  // `only` restricts the texts that are fetched to those of one publication; empty = all.
  ChainWalk(std::string county, Fetch fetch, std::string only = "")
      : county_(std::move(county)), fetch_(std::move(fetch)), only_(std::move(only)) {}

  // False when the chain breaks at this entry. Not to be called again then.
  bool Step(const Event& event);
  // What can be told only at the end: no day without a price. False when there is one.
  bool Finish();

  // Why it broke; precondition: Step or Finish gave false.
  const Diagnostic& fault() const { return *fault_; }
  std::int64_t entries() const { return entries_; }
  std::size_t texts() const { return checked_.size(); }
  const std::string& head() const { return head_; }  // hash of the last entry

 private:
  bool Break(Code code, std::vector<std::string> words);
  bool CheckLink(const Event& event);
  bool CheckLife(const Event& event);
  bool CheckPeriod(const Event& event);
  bool CheckTexts(const Event& event);
  bool CheckText(const std::string& name, const std::string& sha256);

  std::string county_;
  Fetch fetch_;
  std::string only_;
  std::int64_t entries_ = 0;
  std::string head_, time_;
  std::map<std::string, Event> current_;  // by publication
  std::set<std::string> checked_;
  std::optional<Diagnostic> fault_;
};

}  // namespace dijia::store
