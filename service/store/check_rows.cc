#include "store/check_rows.h"

#include <cstddef>
#include <utility>

namespace dijia::store {
namespace {

constexpr const char* kColumns =
    "SELECT county, entry, case_id, judged_on, verdict, lawful_minimum, deciding_rule, clauses, "
    "missing, rules, rules_version, rules_sha256, actor, reason, recorded_at, previous, hash, "
    "given "
    "FROM kept_check ";

KeptCheck CheckOf(const SqlRows& row) {
  int column = 0;
  KeptCheck kept;
  NewCheck& check = kept.check;
  check.county = row.Words(column++);
  kept.entry = row.Number(column++);
  check.case_id = row.Words(column++);
  check.judged_on = row.Words(column++);
  check.verdict = row.Words(column++);
  check.lawful_minimum = row.Words(column++);
  check.deciding_rule = row.Words(column++);
  check.clauses = row.Words(column++);
  check.missing = row.Words(column++);
  check.rules = row.Words(column++);
  check.rules_version = row.Words(column++);
  check.rules_sha256 = row.Words(column++);
  kept.actor = row.Words(column++);
  kept.reason = row.Words(column++);
  kept.recorded_at = row.Words(column++);
  kept.previous = row.Words(column++);
  kept.hash = row.Words(column++);
  check.given = row.Words(column++);
  return kept;
}

constexpr std::size_t kPage = 512;

}  // namespace

// From county to county through the index: the table is long and has few of them.
std::vector<std::string> CountiesOfChecks(SqlDatabase& database) {
  std::vector<std::string> counties;
  for (std::string last;; last = counties.back()) {
    const SqlValue values[] = {last};
    const auto rows = database.Ask(
        "SELECT county FROM kept_check WHERE county > $1 ORDER BY county LIMIT 1", values);
    if (!rows->Step()) return counties;
    counties.push_back(rows->Words(0));
  }
}

LogEnd EndOfChecks(SqlDatabase& database, const std::string& county) {
  const SqlValue values[] = {county};
  const auto rows = database.Ask(
      "SELECT entry, hash, recorded_at FROM kept_check WHERE county = $1 ORDER BY entry DESC "
      "LIMIT 1",
      values);
  return rows->Step() ? LogEnd{rows->Number(0), rows->Words(1), rows->Words(2)} : LogEnd();
}

std::optional<KeptCheck> CheckAt(SqlDatabase& database, const CheckKey& key) {
  const SqlValue values[] = {key.county, key.entry};
  const auto rows =
      database.Ask(kColumns + std::string("WHERE county = $1 AND entry = $2"), values);
  return rows->Step() ? std::optional(CheckOf(*rows)) : std::nullopt;
}

CheckRows::CheckRows(SqlDatabase& database, CheckSelection selection)
    : database_(database), selection_(std::move(selection)) {
  const auto& after = selection_.after;
  for (std::string& county :
       selection_.county.empty() ? CountiesOfChecks(database) : std::vector{selection_.county}) {
    if (after && county < after->county) continue;
    if (after && county == after->county) last_ = after->entry;
    counties_.push_back(std::move(county));
  }
}

std::optional<KeptCheck> CheckRows::Next() {
  while (page_.empty() && !counties_.empty()) ReadPage();
  if (page_.empty()) return std::nullopt;
  KeptCheck next = std::move(page_.front());
  page_.pop_front();
  return next;
}

void CheckRows::ReadPage() {
  std::string where = "WHERE county = $1 AND entry > $2";
  std::vector<SqlValue> values{counties_.front(), last_};
  const auto restrict_to = [&](const std::string& value, const char* condition) {
    if (value.empty()) return;
    values.emplace_back(value);
    where += condition + std::to_string(values.size());
  };
  restrict_to(selection_.verdict, " AND verdict = $");
  restrict_to(selection_.from, " AND recorded_at >= $");
  restrict_to(selection_.until, " AND recorded_at < $");
  const auto rows = database_.Ask(
      kColumns + where + " ORDER BY county, entry LIMIT " + std::to_string(kPage), values);
  while (rows->Step()) page_.push_back(CheckOf(*rows));
  if (page_.size() == kPage) {
    last_ = page_.back().entry;
  } else {
    counties_.pop_front();
    last_ = 0;
  }
}

void InsertCheck(SqlDatabase& database, const KeptCheck& kept) {
  const NewCheck& check = kept.check;
  const SqlValue values[] = {
      check.county,         kept.entry,          check.case_id, check.judged_on, check.verdict,
      check.lawful_minimum, check.deciding_rule, check.clauses, check.missing,   check.rules,
      check.rules_version,  check.rules_sha256,  kept.actor,    kept.reason,     kept.recorded_at,
      kept.previous,        kept.hash,           check.given};
  database
      .Ask(
          "INSERT INTO kept_check VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
          "$14, $15, $16, $17, $18)",
          values)
      ->Step();
}

}  // namespace dijia::store
