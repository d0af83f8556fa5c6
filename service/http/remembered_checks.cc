#include "http/remembered_checks.h"

#include <array>
#include <string_view>

#include "dijia/base/text_buffer.h"
#include "dijia/parallel.h"
#include "dijia/rules/column_checks.h"
#include "json/check_codec.h"
#include "json/check_lines.h"

namespace dijia::http {

struct RememberedChecks::Memory {
  explicit Memory(std::shared_ptr<const rules::PreparedRules> the_rules)
      : rules(std::move(the_rules)),
        columns(rules->pack()),
        checker(columns, *rules),
        lines{{{checker, rules->pack(), Language::kZh}, {checker, rules->pack(), Language::kEn}}} {}

  rules::Verdict Append(const rules::ReservePriceCase& the_case, Language language,
                        std::string& out);
  bool HasRoom(const Most& most) const {
    return columns.profiles() < most.profiles && checker.outlines() < most.outlines &&
           checker.learned() < most.learned;
  }

  std::shared_ptr<const rules::PreparedRules> rules;
  rules::CaseColumns columns;
  rules::ColumnChecker checker;
  std::array<json::CheckLines, 2> lines;
  TextBuffer text;
};

rules::Verdict RememberedChecks::Memory::Append(const rules::ReservePriceCase& the_case,
                                                Language language, std::string& out) {
  columns.Clear();
  columns.Add(the_case);
  checker.Read();
  text.clear();
  const std::string_view id = the_case.case_id;
  rules::Verdict verdict = rules::Verdict::kNeedsFacts;
  lines[language == Language::kZh ? 0 : 1].Append(0, std::span(&id, 1), std::span(&verdict, 1),
                                                  text);
  out += text.view();
  out.pop_back();  // the end of the line
  return verdict;
}

RememberedChecks::RememberedChecks(const Most& most) : most_(most), spare_(ThreadCount(0)) {}
RememberedChecks::~RememberedChecks() = default;

// A memory of these rules, or none.
std::unique_ptr<RememberedChecks::Memory> RememberedChecks::Take(
    const std::shared_ptr<const rules::PreparedRules>& rules) {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Memory> memory = std::move(idle_.back());
      idle_.pop_back();
      if (memory->rules == rules && memory->HasRoom(most_)) return memory;
    } else if (spare_ == 0) {
      return nullptr;
    } else {
      --spare_;
    }
  }
  return std::make_unique<Memory>(rules);
}

void RememberedChecks::GiveBack(std::unique_ptr<Memory> memory) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(memory));
}

rules::Verdict RememberedChecks::Append(const rules::ReservePriceCase& the_case,
                                        const std::shared_ptr<const rules::PreparedRules>& rules,
                                        Language language, std::string& out) {
  if (std::unique_ptr<Memory> memory = Take(rules)) {
    try {
      const rules::Verdict verdict = memory->Append(the_case, language, out);
      GiveBack(std::move(memory));
      return verdict;
    } catch (...) {
      const std::lock_guard lock(mutex_);
      ++spare_;  // another one may take its place
      throw;
    }
  }
  const rules::ReservePriceCheck check = CheckReservePrice(the_case, *rules);
  json::AppendCheck(check, rules->pack(), language, out);
  return check.verdict;
}

}  // namespace dijia::http
