#include "app/check.h"

#include <utility>

#include "app/case_answers.h"
#include "app/ordered_work.h"

namespace dijia::app {

CheckCounts CheckCases(io::CaseInput& input, const rules::PreparedRules& rules,
                       const CheckCasesOptions& options, CheckOutput& output,
                       Diagnostics& diagnostics) {
  CheckCounts counts;
  BlockWork<io::InputBlock, AnsweredBlock> work;
  work.read = [&](io::InputBlock& block) { return input.Next(block); };
  const auto learned = std::make_shared<rules::LearnedOutlines>();
  work.make_worker = [&] {
    std::shared_ptr<CaseAnswers> answers = MakeCaseAnswers(
        input, rules, output,
        {options.as_of, options.inverse, static_cast<bool>(options.keep), options.source, learned});
    return [answers](io::InputBlock& block, AnsweredBlock& answered) {
      answers->Answer(block, answered);
    };
  };
  work.write = [&](AnsweredBlock& answered) {
    counts.Add(answered.counts);
    diagnostics.Append(answered.problems);
    for (store::NewCheck& check : answered.kept) options.keep(std::move(check));
    output.Write(std::move(answered.rendered));
    if (options.after_block) options.after_block(counts);
  };
  work.more_is_here = options.more_is_here;
  work.threads = options.threads;
  output.Begin();
  OrderedWork<io::InputBlock, AnsweredBlock>(work).Run();
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
  const CheckCasesOptions cases{
      request.as_of, request.inverse, request.threads, {}, {}, request.input.path.string(),
      request.keep};
  const CheckCounts counts = CheckCases(*input, rules, cases, *output, diagnostics);
  if (request.keep_all) request.keep_all();
  file.Commit();
  return counts;
}

}  // namespace dijia::app
