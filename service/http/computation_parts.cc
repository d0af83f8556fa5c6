#include "http/computation_parts.h"

#include <algorithm>
#include <utility>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "io/file_text.h"
#include "io/mapping.h"
#include "io/table_format.h"
#include "io/text_encoding.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace dijia::http {
namespace {

namespace fs = std::filesystem;
using enum PartKind;

constexpr std::size_t kLongestNote = 10'000;  // of the log of the store

constexpr PartRow kParts[] = {
    {"plan", kFile, false, true, "测算方案（TOML）；有 from 时为更新方案",
     "the plan of dijia compute as TOML, or with `from` that of dijia refresh"},
    {"samples", kFile, true, false, "样点：CSV、XLSX、ODS、GeoPackage 或 GeoJSON，可有多个",
     "sale records: CSV, XLSX, ODS, GeoPackage or GeoJSON; one or several"},
    {"decisions", kFile, false, false, "估价师对样点的决定（CSV），各有理由",
     "decisions of appraisers on samples, CSV, each with its reason"},
    {"again", kField, false, false, "存储中由样点测算的成果代号：用随它保存的方案和样点再测算一次",
     "id of a computed publication of the store: its kept plan and samples are computed once more"},
    {"mapping", kEither, false, false, "列名对照：代号，或 TOML 文件",
     "column mapping of the samples: a name, or a TOML file"},
    {"encoding", kField, false, false, "样点的字符编码：utf-8、gb18030、gbk",
     "encoding of the samples: utf-8, gb18030, gbk; detected when absent"},
    {"layer", kField, false, false, "样点所在的工作表或图层", "sheet or layer of the samples"},
    {"previous", kEither, true, false, "现行成果（文件，或已公布的代号），样点不足时可沿用其价格",
     "publications whose prices thin cells may carry forward: files, or ids of published ones"},
    {"from", kEither, false, false, "现行基准地价（文件，或已公布的代号）：更新而非测算",
     "the current publication, a file or the id of a published one: a refresh and no computation"},
    {"compute_plan", kFile, false, false, "更新所用的测算方案",
     "the plan of dijia compute that a refresh needs"},
    {"comparable", kEither, false, false, "更新所用的可比县成果（文件，或已公布的代号）",
     "publication of a similar county, a file or the id of a published one"},
    {"county", kField, false, false, "代号在多个旗县都有时，指定旗县",
     "county of the ids, where several have them"},
    {"land_class", kField, false, false, "土地等别 1–15，用于工业用地最低价",
     "land class of the county, 1 to 15, for the industrial minimum"},
    {"import", kField, false, false, "true：结果连同证据收入存储，作为草案",
     "true: what is made becomes drafts in the store, with its evidence"},
    {"note", kField, false, false, "理由，记入日志", "why, for the log"},
};

const PartRow* RowNamed(std::string_view name) {
  const auto row = std::ranges::find(kParts, name, &PartRow::name);
  return row == std::end(kParts) ? nullptr : &*row;
}

std::string AllNames() {
  std::vector<std::string_view> names;
  for (const PartRow& row : kParts) names.push_back(row.name);
  return JoinNames(names);
}

bool IsUsableName(std::string_view name) {
  constexpr std::size_t kLongest = 100;
  const bool is_clean = std::ranges::none_of(name, [](char c) {
    return c == '/' || c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  return !name.empty() && name.size() <= kLongest && name.front() != '.' && is_clean &&
         io::IsUtf8(name);
}

// Files that are small unless something is wrong.
bool IsText(const PartRow& row) {
  return row.name == "plan" || row.name == "compute_plan" || row.name == "decisions";
}

// What is taken from the store when a publication is computed again, and what does not go with it.
constexpr std::string_view kNotWithAgain[] = {"plan",     "samples",      "mapping",
                                              "encoding", "layer",        "previous",
                                              "from",     "compute_plan", "comparable"};

}  // namespace

std::span<const PartRow> ComputationParts() { return kParts; }

void ComputationUpload::Report(std::string_view part, Code code,
                               std::vector<std::string> arguments) {
  problems_.Add(code, {"", 0, 0, "/" + std::string(part)}, std::move(arguments));
}

MultipartReader::Handler ComputationUpload::handler() {
  return {[this](Part part) { Begin(std::move(part)); },
          [this](std::string_view bytes) { Data(bytes); }, [this] { End(); }};
}

void ComputationUpload::Begin(Part part) {
  sha256_.Update((part.file_name ? "file " : "field ") + part.name + "\n" +
                 part.file_name.value_or("") + "\n");
  part_bytes_ = 0;
  row_ = RowNamed(part.name);
  if (row_ == nullptr) return Report(part.name, Code::kPartUnknown, {part.name, AllNames()});
  const PartRow& row = *row_;
  const auto refuse = [&](Code code, std::vector<std::string> arguments) {
    Report(part.name, code, std::move(arguments));
    row_ = nullptr;
  };
  if (!row.many && Find(part.name) != nullptr) return refuse(Code::kPartRepeated, {part.name});
  const bool is_file = part.file_name.has_value();
  if (is_file && row.kind == kField) {
    return refuse(Code::kPartValue, {part.name, *part.file_name, "text"});
  }
  if (!is_file && row.kind == kFile) {
    return refuse(Code::kPartValue, {part.name, "text", "filename=…"});
  }
  received_.push_back({row_, part.file_name.value_or(""), is_file});
  if (!is_file) return;
  if (!IsUsableName(*part.file_name)) {
    return refuse(Code::kFileNameNotUsable, {*part.file_name});
  }
  if (std::ranges::count(names_, *part.file_name) > 0 || *part.file_name == "evidence.json") {
    return refuse(Code::kEvidenceNameTaken, {*part.file_name});
  }
  names_.push_back(*part.file_name);
  if (folder_) OpenFile(*part.file_name);
}

void ComputationUpload::OpenFile(const std::string& name) {
  path_ = *folder_ / name;
  file_ = io::CreateFile(path_);
}

void ComputationUpload::Data(std::string_view bytes) {
  sha256_.Update(bytes);
  part_bytes_ += bytes.size();
  if (row_ == nullptr) return;
  const bool is_file = received_.back().is_file;
  if (is_file) file_bytes_ += bytes.size();
  if ((!is_file || IsText(*row_)) && part_bytes_ > kTextBytes) {
    Report(row_->name, Code::kPartTooLarge, {std::string(row_->name), std::to_string(kTextBytes)});
    row_ = nullptr;
    return;
  }
  if (!is_file) {
    received_.back().value += bytes;
  } else if (file_) {
    io::WriteAll(file_, bytes, path_);
  }
}

void ComputationUpload::End() {
  sha256_.Update("\n" + std::to_string(part_bytes_) + "\n");
  if (file_) io::CloseFile(file_, path_);
}

const ComputationUpload::Received* ComputationUpload::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(
      received_, [&](const Received& received) { return received.row->name == name; });
  return found == received_.end() ? nullptr : &*found;
}

std::string ComputationUpload::FieldOf(std::string_view name) const {
  const Received* received = Find(name);
  return received == nullptr || received->is_file ? "" : received->value;
}

std::string ComputationUpload::FileOf(std::string_view name) const {
  const Received* received = Find(name);
  return received == nullptr || !received->is_file ? "" : received->value;
}

std::vector<std::string> ComputationUpload::FilesOf(std::string_view name) const {
  std::vector<std::string> files;
  for (const Received& received : received_) {
    if (received.row->name == name) files.push_back(received.value);
  }
  return files;
}

// The file of a publication: the one that was sent, or a new one of the published prices of that
// id.
std::string ComputationUpload::PublicationOf(const Received& received, const std::string& as,
                                             const app::PriceSnapshot& prices) {
  if (received.is_file) return received.value;
  const auto found = prices.Find(received.value, FieldOf("county"), "");
  const std::string part(received.row->name);
  if (found.empty()) Report(part, Code::kPublicationUnknown, {received.value});
  if (found.size() > 1) {
    std::vector<std::string_view> counties;
    for (const auto* one : found) counties.push_back(one->content.county);
    Report("county", Code::kPartValue, {"county", FieldOf("county"), JoinNames(counties)});
  }
  if (found.size() != 1) return as;
  if (std::ranges::count(names_, as) > 0) {
    Report(part, Code::kEvidenceNameTaken, {as});
  } else {
    names_.push_back(as);
    io::WriteText(*folder_ / as, json::ToCanonical(json::WritePublication(found.front()->content)));
  }
  return as;
}

void ComputationUpload::ReadFields(app::ComputationOrder& order, const fs::path& reference_folder) {
  const auto refuse = [this](std::string_view part, std::string value, std::string allowed) {
    Report(part, Code::kPartValue, {std::string(part), std::move(value), std::move(allowed)});
  };
  order.encoding = FieldOf("encoding");
  if (!order.encoding.empty() && !io::EncodingByName(order.encoding)) {
    refuse("encoding", order.encoding, "utf-8, gb18030, gbk");
  }
  order.layer = FieldOf("layer");
  if (const std::string word = FieldOf("land_class"); !word.empty()) {
    for (int land_class = 1; land_class <= 15; ++land_class) {
      if (word == std::to_string(land_class)) order.land_class = land_class;
    }
    if (!order.land_class) refuse("land_class", word, "1 – 15");
  }
  const std::string import = FieldOf("import");
  order.import = import == "true";
  if (!import.empty() && !order.import && import != "false") {
    refuse("import", import, "true, false");
  }
  order.doer.note = FieldOf("note");
  if (order.doer.note.size() > kLongestNote || !io::IsUtf8(order.doer.note) ||
      order.doer.note.find('\0') != std::string::npos) {
    Report("note", Code::kNoteNotUsable, {std::to_string(kLongestNote)});
  }
  order.mapping = FileOf("mapping");
  if (!order.mapping.empty() && !order.mapping.ends_with(".toml")) {
    refuse("mapping", order.mapping, "*.toml");
  }
  const std::string name = FieldOf("mapping");
  if (name.empty()) return;
  const std::vector<std::string> known = io::MappingNames(reference_folder);
  order.mapping = name;
  if (std::ranges::count(known, name) == 0) {
    const std::vector<std::string_view> names(known.begin(), known.end());
    refuse("mapping", name, JoinNames(names));
  }
}

// A shapefile is several files, which a request has no way to keep together.
void ComputationUpload::CheckSamples(const app::ComputationOrder& order) {
  for (const std::string& file : order.samples) {
    const auto format = io::FormatOf(file, "");
    if (!format || *format == io::TableFormat::kShapefile) {
      Report("samples", Code::kPartValue, {"samples", file, "csv, xlsx, ods, gpkg, geojson"});
    }
  }
}

void ComputationUpload::CheckAgain() {
  for (const std::string_view name : kNotWithAgain) {
    const Received* received = Find(name);
    if (received == nullptr) continue;
    Report(name, Code::kPartValue,
           {std::string(name), received->value, "—（again = " + Again() + "）"});
  }
}

app::ComputationOrder ComputationUpload::Order(const app::PriceSnapshot& prices,
                                               const fs::path& reference_folder) {
  app::ComputationOrder order;
  order.reference_folder = reference_folder;
  order.plan = FileOf("plan");
  order.decisions = FileOf("decisions");
  if (!Again().empty()) {
    CheckAgain();
  } else if (Find("plan") == nullptr) {
    Report("plan", Code::kPartMissing, {"plan", "TOML"});
  }
  order.samples = FilesOf("samples");
  CheckSamples(order);
  order.compute_plan = FileOf("compute_plan");
  ReadFields(order, reference_folder);
  if (const Received* from = Find("from"))
    order.from = PublicationOf(*from, "previous.json", prices);
  if (const Received* comparable = Find("comparable")) {
    order.comparable = PublicationOf(*comparable, "comparable.json", prices);
  }
  const std::vector<Received> received = received_;
  for (const Received& one : received) {
    if (one.row->name != "previous") continue;
    order.previous.push_back(PublicationOf(
        one, "previous-" + std::to_string(order.previous.size() + 1) + ".json", prices));
  }
  return order;
}

}  // namespace dijia::http
