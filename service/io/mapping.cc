#include "io/mapping.h"

#include <algorithm>
#include <set>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "dijia/conversion.h"
#include "io/byte_source.h"
#include "io/toml_document.h"
#include "json/codec.h"
#include "json/field.h"

namespace dijia::json {

template <>
struct FieldsOf<io::ColumnMapping> {
  static std::span<const Field<io::ColumnMapping>> Table() {
    using enum Presence;
    using Owner = io::ColumnMapping;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::title>("title", kOptional, "what the mapping is for"),
        Key<&Owner::synonyms>("synonyms", kOptional, "also accept the headers of columns.csv"),
        Key<&Owner::required>("required", kOptional, "columns without which nothing is read"),
        Key<&Owner::columns>("columns", kOptional, "canonical column = [headers]"),
        Key<&Owner::area_unit>("area_unit", kOptional, "of areas that state none"),
        Key<&Owner::price_unit>("price_unit", kUnlessAbsent, "of prices that state none"),
        Key<&Owner::kind>("kind", kOptional, "of records that state none"),
        Key<&Owner::far_bound>("far_bound", kOptional, "which of two known bounds is taken"),
    };
    return kTable;
  }
};

}  // namespace dijia::json

namespace dijia::io {
namespace {

constexpr std::string_view kSampleColumns[] = {"area",       "area_sqm",  "circumstance_factor",
                                               "county",     "date",      "development_level",
                                               "far",        "far_lower", "far_upper",
                                               "grade",      "kind",      "land_class",
                                               "method",     "note",      "price",
                                               "price_unit", "sample_id", "sub_use",
                                               "term_years", "use",       "x",
                                               "y",          "zone"};

constexpr std::size_t kHeadersOfATable = 2;  // so many known names make a record the header

// A header and the unit it states in brackets or behind an underscore: 面积（公顷）, 价格_万元.
struct HeaderWithUnit {
  std::string name, unit;
};
HeaderWithUnit SplitUnit(std::string_view header) {
  std::string buffer;
  const std::string_view plain = Plain(header, buffer);
  if (plain.ends_with(')')) {
    const std::size_t open = plain.rfind('(');
    if (open != std::string_view::npos && open > 0) {
      return {std::string(plain.substr(0, open)),
              std::string(plain.substr(open + 1, plain.size() - open - 2))};
    }
  }
  const std::size_t line = plain.rfind('_');
  if (line == std::string_view::npos || line == 0) return {std::string(plain), {}};
  return {std::string(plain.substr(0, line)), std::string(plain.substr(line + 1))};
}

// Whether a name that was cut ends in the unit that it states: nobody can tell which.
bool EndsInsideUnit(std::string_view header) {
  std::string buffer;
  const std::string_view plain = Plain(header, buffer);
  if (plain.find('(') != std::string_view::npos) return !plain.ends_with(')');
  const std::size_t line = plain.rfind('_');
  return line != std::string_view::npos &&
         (line + 1 == plain.size() || static_cast<unsigned char>(plain[line + 1]) >= 0x80);
}

// What one header cell stands for.
struct HeaderMeaning {
  std::vector<std::string> columns;  // empty = nothing known; one header may fill several columns
  std::optional<AreaUnit> area_unit = {};
  std::optional<PriceUnit> price_unit = {};
};

std::vector<std::string> ColumnsNamed(std::string_view header, const ColumnMapping& mapping,
                                      const Reference& reference) {
  const std::string key = NameKey(header);
  std::vector<std::string> named;
  for (const auto& [column, headers] : mapping.columns) {
    const auto is_key = [&](const std::string& name) { return NameKey(name) == key; };
    if (std::ranges::any_of(headers, is_key)) named.push_back(column);
  }
  if (!named.empty() || !mapping.synonyms) return named;
  if (const std::string* column = reference.columns.Find(header)) return {*column};
  const auto canonical = CanonicalColumns();
  if (std::ranges::find(canonical, key) != canonical.end()) named.push_back(key);
  return named;
}

HeaderMeaning MeaningOf(std::string_view header, const ColumnMapping& mapping,
                        const Reference& reference) {
  const HeaderWithUnit parts = SplitUnit(header);
  HeaderMeaning meaning{ColumnsNamed(header, mapping, reference)};
  const bool is_whole_name = !meaning.columns.empty();
  if (!is_whole_name && mapping.synonyms && !parts.unit.empty()) {
    meaning.columns = ColumnsNamed(parts.name, mapping, reference);
    const bool is_area =
        parts.name == "面积" || parts.name == "土地面积" || parts.name == "宗地面积";
    if (meaning.columns.empty() && is_area) meaning.columns = {"area_sqm"};
  }
  if (meaning.columns.size() != 1) return meaning;
  if (meaning.columns[0] == "area_sqm") meaning.area_unit = AreaUnitOf(parts.unit);
  if (meaning.columns[0] == "price") meaning.price_unit = PriceUnitOf(parts.unit);
  // A name with something in brackets is known only when that is a unit.
  if (!is_whole_name && !meaning.area_unit && !meaning.price_unit) return {};
  return meaning;
}

std::vector<std::string_view> KnownNames(const ColumnMapping& mapping, const Reference& reference) {
  std::vector<std::string_view> names;
  for (const auto& [column, headers] : mapping.columns) {
    names.insert(names.end(), headers.begin(), headers.end());
  }
  if (mapping.synonyms) {
    names.insert(names.end(), reference.columns.names().begin(), reference.columns.names().end());
  }
  return names;
}

// The known names that a header which was cut may be the beginning of.
std::vector<std::string> NamesBeginning(std::string_view header, const ColumnMapping& mapping,
                                        const Reference& reference) {
  const std::string key = NameKey(header);
  std::vector<std::string_view> known = KnownNames(mapping, reference);
  if (mapping.synonyms) {
    const auto canonical = CanonicalColumns();
    known.insert(known.end(), canonical.begin(), canonical.end());
  }
  std::vector<std::string> names;
  for (const std::string_view name : known) {
    const bool begins = NameKey(name).starts_with(key);
    if (begins && std::ranges::find(names, name) == names.end()) names.emplace_back(name);
  }
  return names;
}

std::string Joined(std::span<const std::string> texts) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  return JoinNames(views);
}

class HeaderMatch {
 public:
  HeaderMatch(const ColumnMapping& mapping, const Reference& reference, std::string source,
              std::span<const std::size_t> cut, Diagnostics& diagnostics)
      : mapping_(mapping),
        reference_(reference),
        source_(std::move(source)),
        cut_(cut),
        diagnostics_(diagnostics) {}

  std::optional<MatchedHeader> Run(std::span<const std::string> header, std::size_t record) {
    matched_.record = record;
    for (std::size_t i = 0; i < header.size(); ++i) Take(header[i], i);
    const std::size_t errors = diagnostics_.errors();
    ReportMissing(header);
    ReportUnused();
    if (diagnostics_.errors() > errors || is_refused_) return std::nullopt;
    return matched_;
  }

 private:
  Location At(std::size_t position, std::string field = {}) const {
    return {source_, matched_.record + 1, static_cast<std::uint32_t>(position + 1),
            std::move(field)};
  }

  void Take(const std::string& header, std::size_t position) {
    if (NameKey(header).empty()) return;
    if (reference_.personal_columns.Find(header) != nullptr) {
      personal_.push_back(header);
      return;
    }
    const bool is_cut = std::ranges::find(cut_, position) != cut_.end();
    HeaderMeaning meaning = MeaningOf(header, mapping_, reference_);
    if (meaning.columns.empty() && is_cut && TakeCut(header, position)) return;
    if (meaning.columns.empty()) TakeUnknown(header, position);
    for (const std::string& column : meaning.columns) TakeColumn(column, position);
    if (meaning.area_unit) matched_.area_unit = meaning.area_unit;
    if (meaning.price_unit) matched_.price_unit = meaning.price_unit;
  }

  // False for a header that no known name begins with.
  bool TakeCut(const std::string& header, std::size_t position) {
    std::vector<std::string> names = NamesBeginning(header, mapping_, reference_);
    if (names.empty()) names = NamesWithUnit(header);
    if (names.empty()) return false;
    const bool lacks_unit = mapping_.synonyms && EndsInsideUnit(header);
    std::set<std::vector<std::string>> meanings;
    for (const std::string& name : names) {
      meanings.insert(ColumnsNamed(name, mapping_, reference_));
    }
    if (meanings.size() > 1 || meanings.begin()->empty() || lacks_unit) {
      is_refused_ = true;
      diagnostics_.Add(Code::kFieldNameCut, At(position), {header, Joined(names)});
      return true;
    }
    diagnostics_.Add(Code::kFieldNameCompleted, At(position), {header, names.front()});
    for (const std::string& column : *meanings.begin()) TakeColumn(column, position);
    return true;
  }

  // A known name behind which a unit was cut: nobody can tell which.
  std::vector<std::string> NamesWithUnit(const std::string& header) const {
    std::string buffer;
    const std::string_view plain = Plain(header, buffer);
    const std::size_t open = plain.find('(');
    if (open == std::string_view::npos || plain.ends_with(')')) return {};
    const std::string_view name = plain.substr(0, open);
    if (ColumnsNamed(name, mapping_, reference_).empty()) return {};
    return {std::string(name) + "（…）"};
  }

  void TakeColumn(const std::string& column, std::size_t position) {
    const auto [found, is_new] = matched_.positions.emplace(column, position);
    if (is_new) return;
    is_refused_ = true;
    diagnostics_.Add(Code::kColumnTwice, At(position, column),
                     {column, std::to_string(found->second + 1), std::to_string(position + 1)});
  }

  void TakeUnknown(const std::string& header, std::size_t position) {
    const auto known = KnownNames(mapping_, reference_);
    const std::string_view near = NearestName(header, known);
    if (near.empty()) {
      unused_.push_back(header);
    } else {
      diagnostics_.Add(Code::kColumnMisspelt, At(position), {header, std::string(near)});
    }
  }

  void ReportMissing(std::span<const std::string> header) {
    std::vector<std::string> missing;
    for (const std::string& column : mapping_.required) {
      if (!matched_.positions.contains(column)) missing.push_back(column);
    }
    if (missing.empty()) return;
    diagnostics_.Add(Code::kColumnsMissing, {source_, matched_.record + 1, 0, ""},
                     {Joined(missing), Joined(header)});
  }

  void ReportUnused() {
    const Location where{source_, matched_.record + 1, 0, ""};
    if (!unused_.empty()) diagnostics_.Add(Code::kColumnsUnused, where, {Joined(unused_)});
    if (!personal_.empty()) diagnostics_.Add(Code::kColumnsPersonal, where, {Joined(personal_)});
  }

  const ColumnMapping& mapping_;
  const Reference& reference_;
  std::string source_;
  std::span<const std::size_t> cut_;
  Diagnostics& diagnostics_;
  MatchedHeader matched_;
  std::vector<std::string> unused_, personal_;
  bool is_refused_ = false;
};

// Names in a mapping that are no canonical columns.
void CheckColumnNames(const ColumnMapping& mapping, const std::string& source,
                      Diagnostics& diagnostics) {
  const auto canonical = CanonicalColumns();
  const auto check = [&](const std::string& column) {
    if (std::ranges::find(canonical, column) != canonical.end()) return;
    const std::string_view near = NearestName(column, canonical);
    diagnostics.Add(Code::kNotACanonicalColumn, {source, 0, 0, column},
                    {column, near.empty() ? JoinNames(kSampleColumns) : std::string(near)});
  };
  for (const auto& [column, headers] : mapping.columns) check(column);
  for (const std::string& column : mapping.required) check(column);
}

}  // namespace

std::span<const std::string_view> CanonicalColumns() {
  static const std::vector<std::string_view> kAll = [] {
    std::vector<std::string_view> all(std::begin(kSampleColumns), std::end(kSampleColumns));
    const auto figures = ConversionFigureNames();
    all.insert(all.end(), figures.begin(), figures.end());
    return all;
  }();
  return kAll;
}

std::vector<std::string> MappingNames(const std::filesystem::path& reference_folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry :
       std::filesystem::directory_iterator(reference_folder / "mappings", ignored)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

std::optional<ColumnMapping> ReadMapping(std::string_view text, const std::string& source,
                                         Diagnostics& diagnostics) {
  const std::optional<json::Value> root = ParseToml(text, source, diagnostics);
  if (!root) return std::nullopt;
  Diagnostics found;
  json::Reader reader(source, json::PathStyle::kDotted, found);
  ColumnMapping mapping;
  json::Codec<ColumnMapping>::Read(reader, *root, mapping);
  CheckColumnNames(mapping, source, found);
  AppendInFileOrder(found, diagnostics);
  if (found.has_errors()) return std::nullopt;
  return mapping;
}

Result<ColumnMapping> LoadMapping(const std::string& name,
                                  const std::filesystem::path& reference_folder,
                                  Diagnostics& diagnostics) {
  const std::filesystem::path folder = reference_folder / "mappings";
  const bool is_path = name.ends_with(".toml");
  const std::filesystem::path path =
      is_path ? std::filesystem::path(name) : folder / (name + ".toml");
  std::error_code ignored;
  if (!is_path && !std::filesystem::exists(path, ignored)) {
    return Error{Code::kMappingNotFound,
                 "\"" + name + "\" (" + Joined(MappingNames(reference_folder)) + ", *.toml)"};
  }
  const Result<ByteSource> bytes = ByteSource::Open(path);
  if (!bytes) return bytes.error();
  const Result<std::string> text = bytes->ReadAll();
  if (!text) return text.error();
  std::optional<ColumnMapping> mapping = ReadMapping(*text, path.string(), diagnostics);
  if (!mapping) return Error{Code::kMappingNotUsable, path.string()};
  return *std::move(mapping);
}

std::size_t KnownHeaders(std::span<const std::string> record, const ColumnMapping& mapping,
                         const Reference& reference) {
  return static_cast<std::size_t>(std::ranges::count_if(record, [&](const std::string& header) {
    return !header.empty() && !MeaningOf(header, mapping, reference).columns.empty();
  }));
}

std::optional<MatchedHeader> MatchHeader(const std::vector<std::vector<std::string>>& head,
                                         const ColumnMapping& mapping, const Reference& reference,
                                         const std::string& source, Diagnostics& diagnostics,
                                         std::span<const std::size_t> cut) {
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (KnownHeaders(head[i], mapping, reference) < kHeadersOfATable) continue;
    return HeaderMatch(mapping, reference, source, cut, diagnostics).Run(head[i], i);
  }
  diagnostics.Add(Code::kNoHeader, {source, 0, 0, ""},
                  {head.empty() ? std::string() : Joined(head.front()), Joined(mapping.required)});
  return std::nullopt;
}

}  // namespace dijia::io
