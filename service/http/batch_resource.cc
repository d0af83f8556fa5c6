#include <filesystem>
#include <stdexcept>

#include "app/check.h"
#include "app/check_text.h"
#include "app/check_workbook.h"
#include "dijia/base/codes.h"
#include "http/batch.h"
#include "http/media_type.h"
#include "http/resources.h"
#include "io/case_input.h"
#include "io/file_error.h"
#include "io/file_text.h"
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

// What our own disk does not give is no fault of the request.
template <class Work>
auto OnOurDisk(const Work& work) {
  try {
    return work();
  } catch (const io::FileError& error) {
    throw std::runtime_error(Describe(error.diagnostic(), Language::kEn));
  }
}

// A workbook is read from a file. Throws Refused, 413.
void ReceiveWorkbook(Exchange& exchange, const Batch& batch, const fs::path& path) {
  OnOurDisk([&] {
    io::OutputFile file(path);
    const auto read = RowsOf(exchange, batch);
    std::string piece(64 * 1024, '\0');
    while (const std::size_t count = read(piece.data(), piece.size())) {
      file.Write(std::string_view(piece).substr(0, count));
    }
    file.Commit();
  });
}

io::CaseInputOptions InputOf(Exchange& exchange, const Batch& batch, const fs::path& folder) {
  io::CaseInputOptions options;
  options.format = batch.format();
  options.source = "";
  if (batch.type == kXlsx) {
    options.path = folder / "cases.xlsx";
    ReceiveWorkbook(exchange, batch, options.path);
    return options;
  }
  options.encoding = EncodingOf(exchange.request);
  options.eager = batch.stream;
  options.read = RowsOf(exchange, batch);
  return options;
}

// `workbook` is there when that is the answer.
std::unique_ptr<app::CheckOutput> OutputOf(const Exchange& exchange, const Batch& batch,
                                           bool inverse, io::TextSink& sink,
                                           std::optional<io::OutputFile>& workbook) {
  app::CheckOutputOptions options;
  options.language = exchange.language;
  options.inverse = inverse;
  const rules::RulePack& pack = exchange.rules->pack();
  if (workbook) return std::make_unique<app::CheckWorkbook>(options, pack, *workbook);
  if (batch.answer == kCsv) return std::make_unique<app::CheckCsv>(options, pack, sink);
  return std::make_unique<app::CheckLines>(options, pack, sink);
}

void Count(const app::CheckCounts& counts, Metrics& metrics) {
  for (const auto& row : EnumTableOf<rules::Verdict>::kRows) {
    metrics.Judged(row.value, counts.verdicts[static_cast<std::size_t>(row.value)]);
  }
  metrics.batch_rows.fetch_add(counts.cases());
  metrics.batch_rows_refused.fetch_add(counts.errors);
}

void JudgeRows(Exchange& exchange, const Batch& batch, bool inverse, Sink& sink,
               std::uint64_t& rows) {
  Diagnostics problems;
  std::optional<io::ScratchFolder> scratch;
  if (batch.type == kXlsx || batch.answer == kXlsx) scratch.emplace();
  const fs::path folder = scratch ? scratch->path() : fs::path();
  const auto input = io::OpenCases(InputOf(exchange, batch, folder), exchange.rules->pack(),
                                   exchange.service.case_reference, problems);
  if (!input) RefuseInput(problems);
  SinkText text(sink);
  const fs::path answer = folder / "checks.xlsx";
  std::optional<io::OutputFile> workbook;
  if (batch.answer == kXlsx) OnOurDisk([&] { workbook.emplace(answer); });
  const auto output = OutputOf(exchange, batch, inverse, text, workbook);
  app::CheckCasesOptions options;
  options.inverse = inverse;
  if (batch.stream) options.more_is_here = [&exchange] { return exchange.body.HasInput(); };
  options.after_block = [&](const app::CheckCounts& counts) {
    rows = counts.cases();
    ExpectRows(exchange, batch, rows);
  };
  Count(app::CheckCases(*input, *exchange.rules, options, *output, problems),
        exchange.service.metrics);
  if (!workbook) return;
  OnOurDisk([&] {
    workbook->Commit();
    io::ReadBlocks(answer, [&sink](std::string_view block) { sink.Write(block); });
  });
}

}  // namespace

Response CheckBatch(Exchange& exchange) {
  const Batch batch = BatchOf(exchange, kLinesAndWorkbooks);
  const bool inverse = WantsInverse(exchange.request);
  BatchWork work;
  work.answer_rows = [&exchange, batch, inverse](Sink& sink, std::uint64_t& rows) {
    JudgeRows(exchange, batch, inverse, sink, rows);
  };
  work.csv_problem = app::CsvProblemRow;
  return AnswerBatch(exchange, batch, work);
}

}  // namespace dijia::http
