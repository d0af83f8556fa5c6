// Single checks from the outlines of those before them: most cases differ from an earlier one in
// their numbers alone. The bytes are those of json::AppendCheck.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/rules/reserve_price.h"

namespace dijia::http {

class RememberedChecks {
 public:
  // What a memory may hold. One that has more is given up, so that no client can make it grow.
  struct Most {
    std::size_t profiles = std::size_t{1} << 12, outlines = std::size_t{1} << 10;
    std::size_t learned = std::size_t{1} << 14;
  };

  RememberedChecks() : RememberedChecks(Most{}) {}
  explicit RememberedChecks(const Most& most);
  ~RememberedChecks();
  RememberedChecks(const RememberedChecks&) = delete;
  RememberedChecks& operator=(const RememberedChecks&) = delete;

  // Appends the check of a case, which keeps to the pack of the rules, and answers its verdict. Any
  // thread; where all memories are in use the case is judged without one.
  rules::Verdict Append(const rules::ReservePriceCase& the_case,
                        const std::shared_ptr<const rules::PreparedRules>& rules, Language language,
                        std::string& out);

 private:
  struct Memory;
  std::unique_ptr<Memory> Take(const std::shared_ptr<const rules::PreparedRules>& rules);
  void GiveBack(std::unique_ptr<Memory> memory);

  const Most most_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Memory>> idle_;
  std::size_t spare_;  // that may still be made
};

}  // namespace dijia::http
