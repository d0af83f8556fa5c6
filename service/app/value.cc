#include "app/value.h"

#include <utility>

#include "app/ordered_work.h"
#include "app/publication_file.h"
#include "dijia/base/codes.h"
#include "io/file_error.h"

namespace dijia::app {
namespace {

using AnsweredParcels = Answered<ParcelAnswer, ValueCounts>;

// Everything wrong in all of them is reported, each with a last word on what could not be used.
std::vector<Publication> ReadPublications(const std::vector<std::filesystem::path>& files,
                                          Diagnostics& diagnostics) {
  std::vector<Publication> publications;
  for (const std::filesystem::path& file : files) {
    Diagnostics problems;
    auto read = ReadPublicationFile(file, "", problems);
    diagnostics.Append(problems);
    if (read) {
      publications.push_back(std::move(read->publication));
    } else {
      diagnostics.Add(Code::kPublicationNotUsable, {file.string(), 0, 0, ""},
                      {std::to_string(problems.errors())});
    }
  }
  return publications;
}

io::Reference ReadNames(const std::filesystem::path& folder) {
  Result<io::Reference> names = io::LoadReference(folder);
  if (!names) throw io::FileError({names.error().code, {}, {names.error().detail}});
  return *std::move(names);
}

// All that answering needs; outlives the work.
struct Desk {
  const std::vector<Publication>& publications;
  const rules::PreparedRules& rules;
  ValueOutput& output;
  Language language;
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
    answer.valuation = ValueByLaw(row.parcel, desk.publications, judge);
  }
  if (row.problems.total() > 0) {
    answered.problems.Append(row.problems);
    answer.problems = row.problems;
  }
  answered.counts.Add(answer);
  desk.output.Render(std::move(answer), answered.rendered);
}

void ValueInput(io::ParcelInput& input, const std::string& source, const Desk& desk,
                unsigned threads, ValueCounts& counts, Diagnostics& diagnostics) {
  BlockWork<io::InputBlock, AnsweredParcels> work;
  work.read = [&](io::InputBlock& block) { return input.Next(block); };
  work.make_worker = [&] {
    const auto judge = std::make_shared<law::BaseAgeJudge>(desk.rules, desk.language);
    return [&, judge](io::InputBlock& block, AnsweredParcels& answered) {
      input.Read(block,
                 [&](io::ParcelRow& row) { AnswerRow(desk, *judge, source, row, answered); });
    };
  };
  work.write = [&](AnsweredParcels& answered) {
    counts.Add(answered.counts);
    diagnostics.Append(answered.problems);
    desk.output.Write(std::move(answered.rendered));
  };
  work.threads = threads;
  OrderedWork<io::InputBlock, AnsweredParcels>(work).Run();
}

}  // namespace

Valuation ValueByLaw(const Parcel& parcel, const std::vector<Publication>& publications,
                     law::BaseAgeJudge& judge) {
  Valuation withheld;
  withheld.parcel_id = parcel.parcel_id;
  const Publication* publication = PublicationFor(parcel, publications, withheld.missing);
  if (publication == nullptr) return withheld;
  withheld.publication = publication->id;
  std::vector<Diagnostic> warnings;
  for (const Diagnostic& problem : judge.Judge(publication->base_date, *parcel.valuation_date)) {
    (problem.code == Code::kBaseBarred ? withheld.missing : warnings).push_back(problem);
  }
  if (!withheld.missing.empty()) return withheld;
  Valuation valuation = ValueParcel(parcel, *publication);
  valuation.warnings.insert(valuation.warnings.end(), std::make_move_iterator(warnings.begin()),
                            std::make_move_iterator(warnings.end()));
  return valuation;
}

std::optional<ValueCounts> ValueFiles(const ValueRequest& request,
                                      const rules::PreparedRules& rules, io::OutputFile& file,
                                      Diagnostics& diagnostics) {
  const std::vector<Publication> publications = ReadPublications(request.publications, diagnostics);
  const io::Reference names = ReadNames(request.reference_folder);
  std::vector<std::unique_ptr<io::ParcelInput>> inputs;
  for (const io::ParcelInputOptions& options : request.inputs) {
    inputs.push_back(io::OpenParcels(options, names, diagnostics));
  }
  if (diagnostics.has_errors()) return std::nullopt;
  ValueOutputOptions options = request.output;
  options.is_single = inputs.size() == 1 && inputs.front()->is_single();
  const auto output =
      request.make_output ? request.make_output(options, file) : MakeValueOutput(options, file);
  const Desk desk{publications, rules, *output, options.language};
  ValueCounts counts;
  output->Begin();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    ValueInput(*inputs[i], request.inputs[i].path.string(), desk, request.threads, counts,
               diagnostics);
  }
  output->End(counts);
  file.Commit();
  return counts;
}

}  // namespace dijia::app
