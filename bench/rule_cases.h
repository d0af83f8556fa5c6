// Cases for measuring the rules: the made-up industrial parcels that peers of the rules part judge,
// stated in the facts of our law.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/rules/columns.h"

namespace dijia::bench {

// One row of the peers' file: id,land_class,priority,intensive,agri,unused,cw,selfdev,cost,reserve.
// Money in fen per m²; `unused`: 0 no, 1 inside the planned area, 2 outside.
struct SmallCase {
  std::int32_t land_class = 0, priority = 0, intensive = 0, agri = 0, unused = 0, central_west = 0,
               self_developed = 0, cost = 0, reserve = 0;
};

std::vector<SmallCase> ReadSmallCases(const std::string& path);
// Cases of the same kind from a generator of our own.
std::vector<SmallCase> MakeSmallCases(std::size_t count);

// The shipped national pack as an office uses it that has decided every contested point by its
// default, or with all of them open.
rules::RulePack LoadPack(const std::string& packs_folder, bool readings_open);

// The facts of a case on a day on which notice 56 is in force and no later one. Facts that the
// peers have no word for are stated such that they do not matter.
class CaseWriter {
 public:
  explicit CaseWriter(const rules::RulePack& pack);

  // `unknown_percent` of the yes/no facts and of the industry figures are left out.
  rules::ReservePriceCase Write(const SmallCase& small, unsigned unknown_percent = 0);

 private:
  void State(std::string_view fact, std::int64_t value);

  const rules::RulePack& pack_;
  rules::ReservePriceCase case_;
  std::uint64_t random_ = 7;
};

rules::CaseColumns ColumnsOf(const std::vector<SmallCase>& cases, const rules::RulePack& pack,
                             unsigned unknown_percent = 0);

// The law asks the small check's question: it differs for unused land outside the planned area
// whose user develops it in the east, where notice 307 gives 60 %.
bool IsComparable(const SmallCase& small);

// What the small check of the peers says.
bool PassesSmallCheck(const SmallCase& small);

// The cases as a table for `dijia check`, a column for every fact that any of them states.
void WriteCsv(const std::vector<SmallCase>& cases, const rules::RulePack& pack,
              const std::string& path);
// The cases as the peers' file.
void WriteSmallCases(const std::vector<SmallCase>& cases, const std::string& path);

}  // namespace dijia::bench
