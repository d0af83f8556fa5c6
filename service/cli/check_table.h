// Checks for people at a terminal: a table, or every step of every case.
#pragma once

#include <string>
#include <vector>

#include "app/check_output.h"
#include "cli/text_table.h"

namespace dijia::cli {

// A line a case, the first kMostRows; how many there are more follows below.
class CheckTable : public app::CheckOutput {
 public:
  static constexpr std::size_t kMostRows = 1000;

  CheckTable(const app::CheckOutputOptions& options, io::OutputFile& file);

  void Render(app::CaseAnswer&& answer, app::RenderedBlock& block) const override;
  void Write(app::RenderedBlock&& block) override;
  void End(const app::CheckCounts& counts) override;

 private:
  app::CheckOutputOptions options_;
  io::OutputFile& file_;
  TextTable table_;
  std::size_t rows_ = 0;
};

// Every finding with its clause and words, every question with what its answers mean.
class CheckExplanation : public app::CheckOutput {
 public:
  CheckExplanation(const app::CheckOutputOptions& options, const rules::RulePack& pack,
                   io::OutputFile& file);

  void Render(app::CaseAnswer&& answer, app::RenderedBlock& block) const override;
  void Write(app::RenderedBlock&& block) override { file_.Write(block.text.view()); }

 private:
  std::string Heading(const app::CaseAnswer& answer) const;
  std::string Figures(const rules::ReservePriceCheck& check) const;
  std::string Step(const rules::Finding& finding) const;
  std::string Question(const rules::MissingFact& missing) const;
  std::string Lawful(const rules::Inverse& inverse) const;

  app::CheckOutputOptions options_;
  const rules::RulePack& pack_;
  io::OutputFile& file_;
};

// "共 5 个案例：符合规定 2，不符合规定 1，…".
std::string CountsLine(const app::CheckCounts& counts, Language language);

}  // namespace dijia::cli
