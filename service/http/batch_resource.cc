#include <filesystem>

#include "app/check.h"
#include "app/check_text.h"
#include "app/check_workbook.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "http/batch.h"
#include "http/job_access.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "io/case_input.h"
#include "io/file_error.h"
#include "io/file_text.h"
#include "io/output_file.h"
#include "io/scratch_folder.h"

namespace dijia::http {
namespace {

namespace fs = std::filesystem;

// What cannot be read as a whole: a header without known names, …
[[noreturn]] void RefuseInput(const Diagnostics& problems) {
  Problem problem{422, {Code::kCaseRefused, {}, {std::to_string(problems.errors())}}, {}, {}};
  problem.errors.Append(problems);
  throw Refused(std::move(problem));
}

// How cases are judged, wherever they come from.
struct Judging {
  std::shared_ptr<const rules::PreparedRules> rules;
  const io::CaseReference& reference;
  Metrics& metrics;
  Language language = Language::kZh;
  bool inverse = false;
  std::string_view answer;
};

Judging JudgingOf(const Exchange& exchange, const Batch& batch, bool inverse) {
  Service& service = exchange.service;
  return {exchange.rules, service.case_reference, service.metrics, exchange.language, inverse,
          batch.answer};
}

// Where answers go: text, or a workbook when that is the answer.
struct Answers {
  io::TextSink& text;
  io::OutputFile* workbook = nullptr;
};

std::unique_ptr<app::CheckOutput> OutputOf(const Judging& judging, const Answers& answers) {
  app::CheckOutputOptions options;
  options.language = judging.language;
  options.inverse = judging.inverse;
  const rules::RulePack& pack = judging.rules->pack();
  if (judging.answer == kXlsx) {
    return std::make_unique<app::CheckWorkbook>(options, pack, *answers.workbook);
  }
  if (judging.answer == kCsv) return std::make_unique<app::CheckCsv>(options, pack, answers.text);
  return std::make_unique<app::CheckLines>(options, pack, answers.text);
}

void Count(const app::CheckCounts& counts, Metrics& metrics) {
  for (const auto& row : EnumTableOf<rules::Verdict>::kRows) {
    metrics.Judged(row.value, counts.verdicts[static_cast<std::size_t>(row.value)]);
  }
  metrics.batch_rows.fetch_add(counts.cases());
  metrics.batch_rows_refused.fetch_add(counts.errors);
}

// False after reports of an input that cannot be understood as a whole.
bool Judge(const Judging& judging, const io::CaseInputOptions& from, app::CheckCasesOptions options,
           const Answers& answers, Diagnostics& problems) {
  const auto input = io::OpenCases(from, judging.rules->pack(), judging.reference, problems);
  if (!input) return false;
  const auto output = OutputOf(judging, answers);
  options.inverse = judging.inverse;
  Count(app::CheckCases(*input, *judging.rules, options, *output, problems), judging.metrics);
  return true;
}

void JudgeRows(Exchange& exchange, const Batch& batch, bool inverse, Sink& sink,
               std::uint64_t& rows) {
  std::optional<io::ScratchFolder> scratch;
  if (batch.type == kXlsx || batch.answer == kXlsx) scratch.emplace();
  const fs::path folder = scratch ? scratch->path() : fs::path();
  const io::CaseInputOptions from =
      InputOf<io::CaseInputOptions>(exchange, batch, folder / "cases.xlsx");
  app::CheckCasesOptions options;
  if (batch.stream) options.more_is_here = [&exchange] { return exchange.body.HasInput(); };
  options.after_block = [&](const app::CheckCounts& counts) {
    rows = counts.cases();
    AllowToGoOn(exchange, batch, rows);
  };
  SinkText text(sink);
  const fs::path answer = folder / "checks.xlsx";
  std::optional<io::OutputFile> workbook;
  if (batch.answer == kXlsx) OnOurDisk([&] { workbook.emplace(answer); });
  Diagnostics problems;
  if (!Judge(JudgingOf(exchange, batch, inverse), from, options,
             {text, workbook ? &*workbook : nullptr}, problems)) {
    RefuseInput(problems);
  }
  if (!workbook) return;
  OnOurDisk([&] {
    workbook->Commit();
    io::ReadBlocks(answer, [&sink](std::string_view block) { sink.Write(block); });
  });
}

// The cases are judged later.
Response CheckLater(Exchange& exchange, const Batch& batch, bool inverse) {
  LaterWork work;
  work.kind = json::JobKind::kCheck;
  work.asked = inverse ? "check inverse" : "check";
  work.answer = [judging = JudgingOf(exchange, batch, inverse), format = batch.format(),
                 encoding = EncodingOf(exchange.request)](const LaterRows& rows,
                                                          Diagnostics& messages) {
    io::CaseInputOptions from;
    from.path = rows.input;
    from.format = format;
    from.encoding = encoding;
    app::CheckCasesOptions options;
    options.threads = ThreadsOfJobs();
    options.after_block = [&rows](const app::CheckCounts& counts) {
      rows.go_on("checking", counts.cases());
    };
    return Judge(judging, from, options, {rows.answers, &rows.answers}, messages);
  };
  return AnswerLater(exchange, batch, work);
}

}  // namespace

Response CheckBatch(Exchange& exchange) {
  const bool inverse = WantsInverse(exchange.request);
  const bool later = Prefers(exchange.request, "respond-async");
  const Batch batch = BatchOf(exchange, kLinesAndWorkbooks);
  if (later) return CheckLater(exchange, batch, inverse);
  BatchWork work;
  work.answer_rows = [&exchange, batch, inverse](Sink& sink, std::uint64_t& rows) {
    JudgeRows(exchange, batch, inverse, sink, rows);
  };
  work.csv_problem = app::CsvProblemRow;
  return AnswerBatch(exchange, batch, work);
}

}  // namespace dijia::http
