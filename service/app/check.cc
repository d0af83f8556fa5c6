#include "app/check.h"

#include <algorithm>
#include <vector>

#include "dijia/parallel.h"

namespace dijia::app {
namespace {

// A block and what a worker made of it.
struct Work {
  io::CaseBlock block;
  RenderedBlock rendered;
  CheckCounts counts;
  Diagnostics problems;
};

class BlockCheck {
 public:
  BlockCheck(const CheckCasesOptions& options, const rules::PreparedRules& rules,
             const io::CaseInput& input, const CheckOutput& output)
      : rules_(rules),
        input_(input),
        output_(output),
        as_of_(options.as_of),
        inverse_(options.inverse) {
    decided_on_ = *rules.pack().FindFact("decided_on");
  }

  void Do(Work& work) const {
    input_.Read(work.block, [&](io::CaseRow& row) { Judge(row, work); });
  }

 private:
  void Judge(io::CaseRow& row, Work& work) const {
    CaseAnswer answer;
    answer.row = row.row;
    if (row.problems.has_errors()) {
      answer.check.case_id = row.the_case.case_id;
    } else {
      if (as_of_) row.the_case.values[decided_on_] = *as_of_;
      answer.check = CheckReservePrice(row.the_case, rules_);
      if (inverse_) answer.inverse = InvertReservePrice(row.the_case, rules_);
    }
    if (row.problems.total() > 0) {
      work.problems.Append(row.problems);
      answer.problems = row.problems;
    }
    work.counts.Add(answer);
    output_.Render(std::move(answer), work.rendered);
  }

  const rules::PreparedRules& rules_;
  const io::CaseInput& input_;
  const CheckOutput& output_;
  std::optional<Days> as_of_;
  bool inverse_ = false;
  std::uint16_t decided_on_ = 0;
};

// The next blocks, at most `most`; `more` becomes false at the end of the input.
std::vector<Work> TakeWave(io::CaseInput& input, std::size_t most, const CheckCasesOptions& options,
                           bool& more) {
  std::vector<Work> works;
  while (works.size() < most && more) {
    if (!works.empty() && options.more_is_here && !options.more_is_here()) break;
    Work& work = works.emplace_back();
    more = input.Next(work.block);
    if (!more) works.pop_back();
  }
  return works;
}

}  // namespace

CheckCounts CheckCases(io::CaseInput& input, const rules::PreparedRules& rules,
                       const CheckCasesOptions& options, CheckOutput& output,
                       Diagnostics& diagnostics) {
  const BlockCheck check(options, rules, input, output);
  CheckCounts counts;
  output.Begin();
  const std::size_t wave = std::size_t{4} * ThreadCount(options.threads);
  for (bool more = true; more;) {
    std::vector<Work> works = TakeWave(input, wave, options, more);
    ForEachIndex(works.size(), options.threads, [&](std::size_t i) { check.Do(works[i]); });
    for (Work& work : works) {
      counts.Add(work.counts);
      diagnostics.Append(work.problems);
      output.Write(std::move(work.rendered));
    }
    if (options.after_wave) options.after_wave(counts);
  }
  output.End(counts);
  return counts;
}

std::optional<CheckCounts> CheckFile(const CheckRequest& request, const rules::PreparedRules& rules,
                                     io::OutputFile& file, Diagnostics& diagnostics) {
  const io::CaseReference reference = io::LoadCaseReference(request.reference_folder);
  const auto input = io::OpenCases(request.input, rules.pack(), reference, diagnostics);
  if (!input) return std::nullopt;
  CheckOutputOptions options = request.output;
  options.is_single = input->format() == "case";
  options.inverse = request.inverse;
  const auto output = request.make_output ? request.make_output(options, rules.pack(), file)
                                          : MakeCheckOutput(options, rules.pack(), file);
  const CheckCasesOptions cases{request.as_of, request.inverse, request.threads, {}, {}};
  const CheckCounts counts = CheckCases(*input, rules, cases, *output, diagnostics);
  file.Commit();
  return counts;
}

}  // namespace dijia::app
