// Who pays more and who less by a publication than by the one before it, for a file of parcels.
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "app/impact.h"
#include "dijia/base/codes.h"
#include "http/batch.h"
#include "http/media_type.h"
#include "http/publication_meant.h"
#include "http/query.h"
#include "http/refuse_request.h"
#include "http/resources.h"
#include "http/trial_answers.h"
#include "io/scratch_folder.h"
#include "json/text.h"

namespace dijia::http {
namespace {

constexpr std::array<std::string_view, 2> kAnswers{kJson, kCsv};

bool IsBefore(const Publication& one, const Publication& other) {
  return one.county == other.county && one.area == other.area && one.id != other.id &&
         one.status != PublicationStatus::kWithdrawn && FirstDay(one) < FirstDay(other);
}

// The published prices that a publication follows: of its place, the last in force before its first
// day. Throws Refused, 400, where there are none.
Publication Predecessor(const app::PriceSnapshot& snapshot, const Publication& publication) {
  const Publication* last = nullptr;
  for (const Publication& one : snapshot.prices) {
    if (!IsBefore(one, publication)) continue;
    if (last == nullptr || FirstDay(*last) < FirstDay(one)) last = &one;
  }
  if (last != nullptr) return *last;
  throw Refused(400, Code::kQueryValue, {"against", "", "ID"});
}

// The two publications of a request.
struct Compared {
  Publication before, after;
};

Compared ComparedBy(const Exchange& exchange) {
  const std::string against = TextParameter(exchange.request, "against");
  const auto snapshot = exchange.service.prices.Now();
  Publication after = FindPublication(exchange, *snapshot, exchange.argument).Document();
  Publication before = against.empty() ? Predecessor(*snapshot, after)
                                       : FindPublication(exchange, *snapshot, against).Document();
  return {std::move(before), std::move(after)};
}

// What is done with the rows of a body.
struct RowWork {
  app::UseImpact use;
  std::function<void()> after_block = {};
};

// Reads the whole body into the study. Throws Refused: 400, 413, 422.
void Study(Exchange& exchange, const Batch& batch, const RowWork& work, ImpactStudy& study,
           Diagnostics& problems, std::uint64_t& rows) {
  std::optional<io::ScratchFolder> scratch;
  if (batch.type == kXlsx) scratch.emplace();
  app::ImpactInput input;
  const std::filesystem::path folder = scratch ? scratch->path() : "";
  input.parcels = InputOf<io::ParcelInputOptions>(exchange, batch, folder / "parcels.xlsx");
  input.use = work.use;
  input.after_block = [&](std::uint64_t count) {
    rows = count;
    AllowToGoOn(exchange, batch, count);
    if (work.after_block) work.after_block();
  };
  if (!app::AddParcels(input, exchange.service.parcel_names, study, problems)) {
    RefuseRequest(std::move(problems));
  }
}

void CountRows(const Exchange& exchange, std::uint64_t rows, std::uint64_t refused) {
  exchange.service.metrics.batch_rows.fetch_add(rows);
  exchange.service.metrics.batch_rows_refused.fetch_add(refused);
}

// The sums, with what is wrong with the rows that are not in them.
Response AnswerSums(Exchange& exchange, const Batch& batch, const Compared& compared) {
  ImpactStudy study(compared.before, compared.after);
  Diagnostics problems;
  std::uint64_t rows = 0, refused = 0;
  const auto count = [&refused](const io::ParcelRow&, const ParcelImpact* impact) {
    refused += impact == nullptr;
  };
  try {
    Study(exchange, batch, {count}, study, problems, rows);
  } catch (const io::FileError& error) {
    RefuseFile(error);
  }
  CountRows(exchange, rows, refused);
  // Nothing could be read: an answer of noughts would look like one that nobody is affected.
  if (rows > 0 && refused == rows) RefuseRequest(std::move(problems));
  const json::Value document =
      ImpactAnswer({compared.before, compared.after, study.impact(), rows, refused, problems},
                   exchange.language);
  Response response;
  response.headers.emplace_back("Cache-Control", "no-store");
  response.text = json::ToLine(document);
  return response;
}

// A row for every parcel, in order; one that cannot be read says why in its place.
void WriteParcels(Exchange& exchange, const Batch& batch, const Compared& compared, Sink& sink,
                  std::uint64_t& rows) {
  ImpactStudy study(compared.before, compared.after);
  app::CsvText csv;
  csv += app::ImpactCsvHeader();
  std::uint64_t refused = 0;
  RowWork work;
  work.use = [&](const io::ParcelRow& row, const ParcelImpact* impact) {
    refused += impact == nullptr;
    app::PutImpactRow(row, impact, exchange.language, csv);
  };
  work.after_block = [&] {
    sink.Write(csv.view());
    csv.clear();
  };
  Diagnostics problems;
  Study(exchange, batch, work, study, problems, rows);
  sink.Write(csv.view());  // the header of what has no rows
  CountRows(exchange, rows, refused);
}

}  // namespace

Response ShowImpact(Exchange& exchange) {
  const Batch batch = BatchOf(exchange, kLinesAndWorkbooks, kAnswers);
  const auto compared = std::make_shared<const Compared>(ComparedBy(exchange));
  if (batch.answer == kJson) return AnswerSums(exchange, batch, *compared);
  BatchWork work;
  work.answer_rows = [&exchange, batch, compared](Sink& sink, std::uint64_t& rows) {
    WriteParcels(exchange, batch, *compared, sink, rows);
  };
  work.csv_problem = app::ImpactCsvProblem;
  return AnswerBatch(exchange, batch, work);
}

}  // namespace dijia::http
