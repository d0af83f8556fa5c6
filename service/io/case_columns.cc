#include "io/case_columns.h"

#include "io/case_input.h"

namespace dijia::io {

using rules::kNotStated;

CaseColumnReader::CaseColumnReader(const CaseInput& input, const rules::RulePack& pack,
                                   rules::CaseColumns& columns, std::optional<Days> as_of)
    : input_(input),
      columns_(columns),
      as_of_(as_of),
      decided_on_(*pack.FindFact("decided_on")),
      nothing_(rules::EmptyCase(pack)) {}

std::span<const ColumnRow> CaseColumnReader::Read(InputBlock& block) {
  Clear();
  input_.Read(block, [this](CaseRow& row) {
    List(row);
    columns_.Add(StatedBy(row.the_case), row.the_case.land_class_candidates);
  });
  return rows_;
}

void CaseColumnReader::Clear() {
  columns_.Clear();
  rows_.clear();
  ids_.clear();
  problems_.clear();
}

void CaseColumnReader::List(CaseRow& row) {
  ColumnRow& listed = rows_.emplace_back();
  listed.number = row.row;
  if (!row.the_case.case_id.empty()) listed.case_id = ids_.emplace_back(row.the_case.case_id);
  if (row.problems.total() > 0) listed.problems = &problems_.emplace_back(row.problems);
  if (row.problems.has_errors()) {
    row.the_case = nothing_;
  } else if (as_of_) {
    row.the_case.values[decided_on_] = *as_of_;
  }
}

std::span<const rules::StatedFact> CaseColumnReader::StatedBy(
    const rules::ReservePriceCase& the_case) {
  stated_.clear();
  for (std::size_t fact = 0; fact < the_case.values.size(); ++fact) {
    if (the_case.values[fact] == kNotStated) continue;
    stated_.push_back({static_cast<std::uint16_t>(fact), the_case.values[fact]});
  }
  return stated_;
}

}  // namespace dijia::io
