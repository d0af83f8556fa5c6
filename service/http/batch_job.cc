// Batches that are answered as jobs.
#include <optional>
#include <string>

#include "dijia/base/sha256.h"
#include "http/batch.h"
#include "http/job_access.h"
#include "io/file_text.h"

namespace dijia::http {
namespace {

namespace fs = std::filesystem;

// Leaves the work of a job that is to stop.
struct Stopped {};

// The input of a job; readers of workbooks look at the end of its name.
std::string InputName(const Batch& batch) { return "rows." + std::string(batch.format()); }

// Takes the rows in, for a file unless `inputs` is none; the fingerprint of what is asked.
std::string ReceiveRows(Exchange& exchange, const Batch& batch, const std::string& what,
                        const std::optional<fs::path>& inputs) {
  Sha256 asked;
  asked.Update(what + " " + std::string(batch.type) + " " + std::string(batch.answer) + "\n");
  const fs::path path = inputs.value_or("") / InputName(batch);
  io::Descriptor file = inputs ? io::CreateFile(path) : io::Descriptor();
  const Limits& limits = exchange.service.limits;
  const std::uint64_t most = batch.type == kXlsx ? limits.workbook_bytes : limits.upload_bytes;
  ReceiveUpload(exchange, most, [&](std::string_view bytes) {
    asked.Update(bytes);
    if (file) io::WriteAll(file, bytes, path);
  });
  if (file) io::CloseFile(file, path);
  return asked.Hex();
}

app::JobOutcome Answer(const LaterWork& work, const std::string& input, std::string_view format,
                       app::JobContext& job) {
  app::JobOutcome outcome;
  fs::create_directory(job.files());
  io::OutputFile file(job.files() / ("answers." + std::string(format)));
  const auto go_on = [&job](std::string_view stage, std::uint64_t rows) {
    if (!job.GoOn(stage, rows)) throw Stopped();
  };
  try {
    if (!work.answer({job.inputs() / input, file, go_on}, outcome.messages)) return outcome;
  } catch (const Stopped&) {
    outcome.end = app::JobOutcome::End::kStopped;
    return outcome;
  }
  file.Commit();
  outcome.end = app::JobOutcome::End::kDone;
  return outcome;
}

}  // namespace

Response AnswerLater(Exchange& exchange, const Batch& batch, const LaterWork& work) {
  const auto receive = [&](const std::optional<fs::path>& inputs) {
    return ReceiveRows(exchange, batch, work.asked, inputs);
  };
  const auto prepare = [&](const fs::path&, json::JobRecord& about) -> app::JobWork {
    about.kind = work.kind;
    about.title = exchange.request.path;
    return [work, input = InputName(batch), format = FormatOf(batch.answer)](app::JobContext& job) {
      return Answer(work, input, format, job);
    };
  };
  Response response = MakeJob(exchange, receive, prepare);
  response.headers.emplace_back("Preference-Applied", "respond-async");
  return response;
}

}  // namespace dijia::http
