// The lint of one table of coefficients; see table_lint.h.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "dijia/table_lint.h"
#include "figures.h"

namespace dijia {

// The only figure of five or more that is no multiple of a step of which all others are multiples;
// the widest of the falling `steps` counts.
std::optional<Diagnostic> OddOneOut(std::span<const Figure> figures,
                                    std::span<const std::int64_t> steps);

class CoefficientLint {
 public:
  // All outlive the object.
  CoefficientLint(const Publication& publication, const PublishedUse& use,
                  const TableLintOptions& options, std::vector<Diagnostic>& findings)
      : publication_(publication), use_(use), options_(options), findings_(findings) {}

  void Check(const std::string& name, const CoefficientTable& table,
             const std::string& pointer) const;

 private:
  void Report(Code code, std::string pointer, std::vector<std::string> arguments) const;

  void CheckTable(const std::string&, const TermFormula&, const std::string&) const {}
  void CheckTable(const std::string&, const MonthlyRate&, const std::string&) const {}
  void CheckTable(const std::string&, const IndexSeries&, const std::string&) const {}
  void CheckTable(const std::string&, const Additive&, const std::string&) const {}
  void CheckTable(const std::string& name, const Curve& curve, const std::string& pointer) const;
  void CheckTable(const std::string& name, const Levels& levels, const std::string& pointer) const;
  void CheckTable(const std::string& name, const Factors& factors,
                  const std::string& pointer) const;
  void CheckTable(const std::string& name, const Depth& depth, const std::string& pointer) const;
  void CheckTable(const std::string& name, const Matrix& matrix, const std::string& pointer) const;

  // A column of figures by what they stand at: at most one peak; false after a report.
  bool CheckPeak(std::span<const Figure> column) const;
  void CheckRises(std::span<const Figure> column) const;
  void CheckBase(const Curve& curve, int grade, std::span<const Figure> column) const;
  void CheckSteps(std::span<const Measure> at, const std::string& rows) const;
  template <class Table>
  void CheckLadder(const Table& levels, const std::string& pointer) const;
  template <class Table>
  void CheckBreaks(const Table& levels, const std::optional<Breaks>& breaks,
                   const std::string& pointer) const;
  void CheckWeights(const std::vector<Factors::Factor>& factors, const std::string& pointer) const;
  void CheckDecimals(const CoefficientTable& table, const std::string& pointer) const;

  const Publication& publication_;
  const PublishedUse& use_;
  const TableLintOptions& options_;
  std::vector<Diagnostic>& findings_;
};

}  // namespace dijia
