#include "app/value.h"

#include <algorithm>
#include <utility>

#include "app/ordered_work.h"
#include "app/publication_file.h"
#include "app/value_columns.h"
#include "dijia/base/codes.h"
#include "dijia/parcel_place.h"
#include "io/file_error.h"

namespace dijia::app {
namespace {

// The publication that values a parcel by law, with what is warned of in `law`. Null where `law`
// says why the value is withheld.
const Publication* FindByLaw(const Parcel& parcel, const std::vector<Publication>& publications,
                             law::BaseAgeJudge& judge, Valuation& law) {
  law.parcel_id = parcel.parcel_id;
  const Publication* publication = PublicationFor(parcel, publications, law.missing);
  if (publication == nullptr) return nullptr;
  law.publication = publication->id;
  for (const Diagnostic& problem : judge.Judge(publication->base_date, *parcel.valuation_date)) {
    (problem.code == Code::kBaseBarred ? law.missing : law.warnings).push_back(problem);
  }
  if (law.missing.empty()) return publication;
  law.warnings.clear();
  return nullptr;
}

// All that answering needs; outlives the work.
struct Desk {
  const std::vector<Publication>& publications;
  const ZoneMaps& zones;
  const PreparedPublications* prepared;  // null: parcel by parcel
  const rules::PreparedRules& rules;
  ValueOutput& output;
  Language language;
  bool keeps_rejects = false;
};

void AnswerRow(const Desk& desk, law::BaseAgeJudge& judge, const std::string& source,
               io::ParcelRow& row, AnsweredParcels& answered) {
  ParcelAnswer answer;
  answer.source = source;
  answer.row = row.row;
  answer.valuation_date = row.parcel.valuation_date;
  if (row.problems.has_errors()) {
    answer.valuation.parcel_id = row.parcel.parcel_id;
  } else {
    answer.valuation = ValueByLaw(row.parcel, desk.publications, desk.zones, judge);
  }
  if (row.problems.total() > 0) {
    answered.problems.Append(row.problems);
    answer.problems = row.problems;
  }
  if (desk.keeps_rejects && answer.valuation.status != ValuationStatus::kValued) {
    answered.rejects += row.text;
    answered.rejects += '\n';
  }
  answered.counts.Add(answer);
  desk.output.Render(std::move(answer), answered.rendered);
}

// Whether rows may be placed, or their places compared, by coordinates.
bool HasPlacing(const io::CsvParcels& input, const Desk& desk) {
  return !desk.zones.empty() &&
         std::ranges::any_of(input.layout().columns(), [](const io::ParcelLayout::Column& column) {
           return column.field == "x" || column.field == "y";
         });
}

// By columns where the output is CSV as the input is; the same bytes.
std::function<void(io::InputBlock&, AnsweredParcels&)> MakeWorker(const io::ParcelInput& input,
                                                                  const std::string& source,
                                                                  const Desk& desk) {
  const auto judge = std::make_shared<law::BaseAgeJudge>(desk.rules, desk.language);
  const auto answer = [&desk, &source, judge](io::ParcelRow& row, AnsweredParcels& answered) {
    AnswerRow(desk, *judge, source, row, answered);
  };
  if (input.csv() == nullptr || desk.prepared == nullptr || HasPlacing(*input.csv(), desk)) {
    return [&input, answer](io::InputBlock& block, AnsweredParcels& answered) {
      input.Read(block, [&](io::ParcelRow& row) { answer(row, answered); });
    };
  }
  const auto find = [&desk, judge](const Parcel& parcel) {
    Valuation valuation;
    const Publication* publication = FindByLaw(parcel, desk.publications, *judge, valuation);
    return PublicationByLaw{publication, std::move(valuation.warnings)};
  };
  const auto columns = std::make_shared<ColumnValues>(ColumnValues::Work{
      *input.csv(), *desk.prepared, desk.language, CsvCell(source), find, answer});
  return [columns](io::InputBlock& block, AnsweredParcels& answered) {
    columns->Answer(block, answered);
  };
}

// What is done beside answering.
struct Around {
  unsigned threads = 0;
  std::function<bool()> more_is_here;
  io::TextSink* rejects = nullptr;
  std::function<void(const ValueCounts&)> after_block;
};

void ValueInput(io::ParcelInput& input, const std::string& source, const Desk& desk,
                const Around& around, ValueCounts& counts, Diagnostics& diagnostics) {
  BlockWork<io::InputBlock, AnsweredParcels> work;
  work.read = [&](io::InputBlock& block) { return input.Next(block); };
  work.make_worker = [&] { return MakeWorker(input, source, desk); };
  work.write = [&](AnsweredParcels& answered) {
    counts.Add(answered.counts);
    diagnostics.Append(answered.problems);
    desk.output.Write(std::move(answered.rendered));
    if (around.rejects != nullptr) around.rejects->Write(answered.rejects.view());
    if (around.after_block) around.after_block(counts);
  };
  work.more_is_here = around.more_is_here;
  work.threads = around.threads;
  OrderedWork<io::InputBlock, AnsweredParcels>(work).Run();
}

}  // namespace

io::Reference ReadParcelNames(const std::filesystem::path& folder) {
  Result<io::Reference> names = io::LoadReference(folder);
  if (!names) throw io::FileError({names.error().code, {}, {names.error().detail}});
  return *std::move(names);
}

Valuation ValueByLaw(const Parcel& parcel, const std::vector<Publication>& publications,
                     const ZoneMaps& zones, law::BaseAgeJudge& judge) {
  Valuation law;
  const Publication* publication = FindByLaw(parcel, publications, judge, law);
  if (publication == nullptr) return law;
  Parcel placed = parcel;
  PlaceByCoordinates(placed, *publication, zones.Of(*publication), law.warnings, law.missing);
  if (!law.missing.empty()) {
    law.warnings.clear();
    return law;
  }
  Valuation valuation = ValueParcel(placed, *publication);
  valuation.warnings.insert(valuation.warnings.end(), std::make_move_iterator(law.warnings.begin()),
                            std::make_move_iterator(law.warnings.end()));
  return valuation;
}

ValueCounts ValueParcels(io::ParcelInput& input, const std::vector<Publication>& publications,
                         const ZoneMaps& zones, const rules::PreparedRules& rules,
                         const ValueParcelsOptions& options, ValueOutput& output,
                         Diagnostics& diagnostics) {
  const Desk desk{publications, zones, nullptr, rules, output, options.language};
  const Around around{options.threads, options.more_is_here, nullptr, options.after_block};
  ValueCounts counts;
  output.Begin();
  ValueInput(input, "", desk, around, counts, diagnostics);
  output.End(counts);
  return counts;
}

std::optional<ValueCounts> ValueFiles(const ValueRequest& request,
                                      const rules::PreparedRules& rules, io::OutputFile& file,
                                      Diagnostics& diagnostics) {
  std::vector<Publication> publications = ReadPublications(request.publications, diagnostics);
  const std::size_t of_files = publications.size();
  for (const Publication& stored : request.stored) AddOnce(stored, publications);
  const io::Reference names = ReadParcelNames(request.reference_folder);
  ZoneMaps zones = request.stored_zones;
  if (of_files == 1 && !request.zones.empty()) {
    auto map =
        ReadZoneMap(request.zones, publications.front(), request.reference_folder, diagnostics);
    if (map != nullptr) zones.Add(publications.front(), std::move(map));
  }
  std::vector<std::unique_ptr<io::ParcelInput>> inputs;
  for (const io::ParcelInputOptions& options : request.inputs) {
    inputs.push_back(io::OpenParcels(options, names, diagnostics));
  }
  if (diagnostics.has_errors()) return std::nullopt;
  ValueOutputOptions options = request.output;
  options.is_single = inputs.size() == 1 && inputs.front()->is_single();
  const auto output =
      request.make_output ? request.make_output(options, file) : MakeValueOutput(options, file);
  std::optional<PreparedPublications> prepared;
  if (options.format == AnswerFormat::kCsv && !request.make_output) prepared.emplace(publications);
  const Desk desk{publications,
                  zones,
                  prepared ? &*prepared : nullptr,
                  rules,
                  *output,
                  options.language,
                  request.rejects != nullptr};
  const Around around{request.threads, {}, request.rejects, request.after_block};
  ValueCounts counts;
  output->Begin();
  if (const std::string header = inputs.front()->header_text();
      request.rejects != nullptr && !header.empty()) {
    request.rejects->Write(header + "\n");
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    ValueInput(*inputs[i], request.inputs[i].path.string(), desk, around, counts, diagnostics);
  }
  output->End(counts);
  file.Commit();
  return counts;
}

}  // namespace dijia::app
