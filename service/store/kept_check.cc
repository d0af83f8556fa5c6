#include "store/kept_check.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "store/chain.h"

namespace dijia::store {

std::string IdOf(const KeptCheck& check) {
  return check.check.county + "-" + std::to_string(check.entry);
}

std::optional<CheckKey> CheckKeyOf(std::string_view id) {
  const std::size_t hyphen = id.find('-');
  if (hyphen == 0 || hyphen == std::string_view::npos) return std::nullopt;
  const std::string_view number = id.substr(hyphen + 1);
  CheckKey key{std::string(id.substr(0, hyphen)), 0};
  const char* end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, key.entry);
  const bool is_number = read.ec == std::errc() && read.ptr == end && key.entry > 0;
  return is_number ? std::optional(std::move(key)) : std::nullopt;
}

std::string HashOf(const KeptCheck& kept) {
  const NewCheck& check = kept.check;
  const std::string fields[] = {
      kept.previous,        check.county,        std::to_string(kept.entry),
      check.case_id,        check.judged_on,     check.verdict,
      check.lawful_minimum, check.deciding_rule, check.clauses,
      check.missing,        check.rules,         check.rules_version,
      check.rules_sha256,   kept.actor,          kept.reason,
      kept.recorded_at,     check.given};
  return HashOfFields("dijia-check/1", fields);
}

KeptCheck Seal(NewCheck check, const Act& act, LogEnd& end) {
  KeptCheck kept;
  kept.check = std::move(check);
  kept.entry = end.entry + 1;
  kept.actor = act.actor;
  kept.reason = act.reason;
  kept.recorded_at = std::max(act.at, end.recorded_at);
  kept.previous = std::move(end.hash);
  kept.hash = HashOf(kept);
  end = {kept.entry, kept.hash, kept.recorded_at};
  return kept;
}

bool Follows(const KeptCheck& kept, LogEnd& end) {
  const bool is_next = kept.entry == end.entry + 1 && kept.previous == end.hash &&
                       kept.recorded_at >= end.recorded_at && kept.hash == HashOf(kept);
  if (is_next) end = {kept.entry, kept.hash, kept.recorded_at};
  return is_next;
}

}  // namespace dijia::store
