// Checks for programs: NDJSON, JSON and CSV.
#pragma once

#include <string>
#include <string_view>

#include "app/check_output.h"

namespace dijia::app {

// One answer a line; a bad case is answered in its place.
class CheckLines : public CheckOutput {
 public:
  CheckLines(const CheckOutputOptions& options, const rules::RulePack& pack, io::TextSink& sink)
      : options_(options), pack_(pack), sink_(sink) {}

  void Render(CaseAnswer&& answer, RenderedBlock& block) const override;
  bool is_text() const override { return true; }
  bool HasAsItIs(std::string_view case_id) const override;
  std::string Written(std::string_view case_id) const override;
  void Write(RenderedBlock&& block) override { sink_.Write(block.text.view()); }

 private:
  CheckOutputOptions options_;
  const rules::RulePack& pack_;
  io::TextSink& sink_;
};

// One document: a list, or one object for an input of one case.
class CheckDocument : public CheckOutput {
 public:
  CheckDocument(const CheckOutputOptions& options, const rules::RulePack& pack, io::TextSink& sink)
      : options_(options), pack_(pack), text_(options.is_single, sink) {}

  void Begin() override { text_.Begin(); }
  void Render(CaseAnswer&& answer, RenderedBlock& block) const override;
  void Write(RenderedBlock&& block) override { text_.Write(block.text.view()); }
  void End(const CheckCounts&) override { text_.End(); }

 private:
  CheckOutputOptions options_;
  const rules::RulePack& pack_;
  JsonListText text_;
};

// One row a case. A bad case has the verdict `error` and its problems as reason.
class CheckCsv : public CheckOutput {
 public:
  CheckCsv(const CheckOutputOptions& options, const rules::RulePack& pack, io::TextSink& sink)
      : options_(options), pack_(pack), sink_(sink) {}

  void Begin() override;
  void Render(CaseAnswer&& answer, RenderedBlock& block) const override;
  bool is_text() const override { return true; }
  bool HasAsItIs(std::string_view case_id) const override;
  std::string Written(std::string_view case_id) const override;
  void Write(RenderedBlock&& block) override { sink_.Write(block.text.view()); }

 private:
  CheckOutputOptions options_;
  const rules::RulePack& pack_;
  io::TextSink& sink_;
};

// The row of CheckCsv, without an inverse, that says why the rows end here.
std::string CsvProblemRow(std::string_view text);

}  // namespace dijia::app
