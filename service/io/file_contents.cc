#include "io/file_contents.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

namespace fs = std::filesystem;
using MaybeFault = std::optional<Diagnostic>;

MaybeFault Fault(Code code, std::vector<std::string> arguments = {}) {
  return Diagnostic{code, {}, std::move(arguments)};
}

MaybeFault Unreadable(const Error& error) { return Fault(error.code, {error.detail}); }

// Whole numbers inside binary formats.
std::uint64_t LittleEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    value = value << 8U | static_cast<unsigned char>(*byte);
  }
  return value;
}
std::uint64_t BigEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8U | static_cast<unsigned char>(byte);
  return value;
}

// Up to `size` bytes from `offset` on.
Result<std::string> ReadPart(const ByteSource& bytes, std::uint64_t offset, std::size_t size) {
  std::string part(size, '\0');
  const Result<std::size_t> count = bytes.Read(offset, part);
  if (!count) return count.error();
  part.resize(*count);
  return part;
}

constexpr std::string_view kSqliteMark{"SQLite format 3\0", 16};
constexpr std::string_view kShapefileMark{"\0\0\x27\x0A", 4};
constexpr std::string_view kOleMark{"\xD0\xCF\x11\xE0", 4};
constexpr std::string_view kZipMark{"PK\x03\x04", 4};

// The name of what begins like this; empty for a text.
std::string_view NameOfBeginning(std::string_view begin) {
  static constexpr std::pair<std::string_view, std::string_view> kMarks[] = {
      {kZipMark, "ZIP"},       {kOleMark, "XLS"},       {kSqliteMark, "SQLite"},
      {"%PDF", "PDF"},         {kShapefileMark, "SHP"}, {"\x1F\x8B", "GZIP"},
      {"Rar!", "RAR"},         {"7z\xBC\xAF", "7z"},    {"\x89PNG", "PNG"},
      {"\xFF\xD8\xFF", "JPEG"}};
  for (const auto& [mark, name] : kMarks) {
    if (begin.starts_with(mark)) return name;
  }
  std::string text(begin.substr(0, std::min<std::size_t>(begin.size(), 64)));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  text.erase(0, std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (text.starts_with("<!doctype html") || text.starts_with("<html")) return "HTML";
  if (text.starts_with("<?xml")) return "XML";
  if (text.starts_with("{")) return "JSON";
  return {};
}

// Every other byte is NUL: UTF-16 without its mark.
bool LooksLikeUtf16(std::string_view begin) {
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < begin.size(); ++i) zeros[i % 2] += begin[i] == '\0' ? 1U : 0U;
  const auto [few, many] = std::minmax(zeros[0], zeros[1]);
  return begin.size() >= 16 && many * 4 > begin.size() && few * 8 < many;
}

// What begins like this is not of the format.
MaybeFault Other(std::string_view begin, TableFormat format) {
  const std::string_view name = NameOfBeginning(begin);
  return Fault(Code::kOtherContents,
               {std::string(name.empty() ? "TXT/CSV" : name), std::string(TitleOf(format))});
}

MaybeFault FaultOfCsv(std::string_view begin) {
  if (LooksLikeUtf16(begin)) return Fault(Code::kUtf16, {"UTF-16"});
  const std::string_view name = NameOfBeginning(begin);
  if (name.empty() || name == "SHP") return std::nullopt;
  return Other(begin, TableFormat::kCsv);
}

// The central directory of a ZIP: names and unpacked sizes of its members.
struct ZipDirectory {
  std::vector<std::string> names;
  std::uint64_t unpacked = 0;
  bool is_locked = false;
};

constexpr std::size_t kZipEntry = 46;  // bytes before the name

std::optional<ZipDirectory> ParseDirectory(std::string_view entries) {
  ZipDirectory directory;
  while (entries.starts_with("PK\x01\x02")) {
    if (entries.size() < kZipEntry) return std::nullopt;
    const std::size_t name = LittleEndian(entries.substr(28, 2));
    const std::size_t rest =
        LittleEndian(entries.substr(30, 2)) + LittleEndian(entries.substr(32, 2));
    if (entries.size() < kZipEntry + name + rest) return std::nullopt;
    directory.is_locked |= (LittleEndian(entries.substr(8, 2)) & 1U) != 0;
    directory.unpacked += LittleEndian(entries.substr(24, 4));
    directory.names.emplace_back(entries.substr(kZipEntry, name));
    entries.remove_prefix(kZipEntry + name + rest);
  }
  return directory;
}

// Nothing for a file that ends before its directory does.
Result<std::optional<ZipDirectory>> ReadDirectory(const ByteSource& bytes) {
  constexpr std::size_t kEnd = 22, kLongestComment = 65'535;
  const std::uint64_t tail_size = std::min<std::uint64_t>(bytes.size(), kEnd + kLongestComment);
  const std::uint64_t tail_at = bytes.size() - tail_size;
  const Result<std::string> tail = ReadPart(bytes, tail_at, static_cast<std::size_t>(tail_size));
  if (!tail) return tail.error();
  const std::size_t end = tail->rfind("PK\x05\x06");
  if (end == std::string::npos || tail->size() - end < kEnd) return std::optional<ZipDirectory>();
  const std::string_view record = std::string_view(*tail).substr(end, kEnd);
  const std::uint64_t size = LittleEndian(record.substr(12, 4));
  const std::uint64_t at = LittleEndian(record.substr(16, 4));
  if (at + size > tail_at + end) return std::optional<ZipDirectory>();
  const Result<std::string> entries = ReadPart(bytes, at, static_cast<std::size_t>(size));
  if (!entries) return entries.error();
  return ParseDirectory(*entries);
}

bool Has(const ZipDirectory& directory, std::string_view name) {
  return std::ranges::find(directory.names, name) != directory.names.end();
}

std::string NameOfZip(const ZipDirectory& directory) {
  if (Has(directory, "xl/workbook.xml")) return "XLSX";
  if (Has(directory, "xl/workbook.bin")) return "XLSB";
  if (Has(directory, "word/document.xml")) return "DOCX";
  if (Has(directory, "content.xml")) return "ODS";
  return "ZIP";
}

MaybeFault FaultOfSpreadsheet(const ByteSource& bytes, std::string_view begin, TableFormat format) {
  const std::string title(TitleOf(format));
  if (begin.starts_with(kOleMark)) return Fault(Code::kSpreadsheetLocked);
  if (!begin.starts_with(kZipMark)) return Other(begin, format);
  const Result<std::optional<ZipDirectory>> directory = ReadDirectory(bytes);
  if (!directory) return Unreadable(directory.error());
  if (!directory->has_value()) return Fault(Code::kFileIncomplete);
  const ZipDirectory& zip = **directory;
  if (const std::string name = NameOfZip(zip); name != title) {
    return Fault(Code::kOtherContents, {name, title});
  }
  if (zip.is_locked) return Fault(Code::kSpreadsheetLocked);
  if (zip.unpacked > kLargestUnpacked) {
    return Fault(Code::kUnpackedTooLarge,
                 {std::to_string(zip.unpacked >> 20U), std::to_string(kLargestUnpacked >> 20U)});
  }
  return std::nullopt;
}

// A page count that holds (SQLite's file format, §1.3.9) tells how long the file must be.
MaybeFault FaultOfGeoPackage(const ByteSource& bytes, std::string_view begin) {
  if (!begin.starts_with(kSqliteMark)) return Other(begin, TableFormat::kGeoPackage);
  constexpr std::size_t kHeader = 100;
  if (begin.size() < kHeader) return Fault(Code::kFileIncomplete);
  const std::uint64_t page = BigEndian(begin.substr(16, 2));
  const std::uint64_t pages = BigEndian(begin.substr(28, 4));
  const bool holds = begin.substr(24, 4) == begin.substr(92, 4);
  if (holds && bytes.size() < pages * (page == 1 ? 65'536 : page)) {
    return Fault(Code::kFileIncomplete);
  }
  return std::nullopt;
}

// A file beside `path` with another extension, in lower or upper case.
std::optional<fs::path> Beside(const fs::path& path, std::string_view lower,
                               std::string_view upper) {
  std::error_code ignored;
  for (const std::string_view extension : {lower, upper}) {
    fs::path beside = path;
    beside.replace_extension(extension);
    if (fs::exists(beside, ignored)) return beside;
  }
  return std::nullopt;
}

// Whether the index and the table are whole and have the same number of records.
MaybeFault FaultOfParts(const ByteSource& index, const ByteSource& table) {
  constexpr std::size_t kIndexHeader = 100, kIndexRecord = 8, kTableHeader = 32;
  const Result<std::string> header = ReadPart(table, 0, kTableHeader);
  if (!header) return Unreadable(header.error());
  if (header->size() < kTableHeader || index.size() < kIndexHeader)
    return Fault(Code::kFileIncomplete);
  const std::string_view begin = *header;
  const std::uint64_t records = LittleEndian(begin.substr(4, 4));
  const std::uint64_t size =
      LittleEndian(begin.substr(8, 2)) + records * LittleEndian(begin.substr(10, 2));
  if (table.size() < size || (index.size() - kIndexHeader) / kIndexRecord != records) {
    return Fault(Code::kFileIncomplete);
  }
  return std::nullopt;
}

MaybeFault FaultOfShapefile(const ByteSource& bytes, const fs::path& path, std::string_view begin) {
  if (!begin.starts_with(kShapefileMark)) return Other(begin, TableFormat::kShapefile);
  const std::optional<fs::path> index = Beside(path, ".shx", ".SHX");
  const std::optional<fs::path> table = Beside(path, ".dbf", ".DBF");
  if (!index || !table) return Fault(Code::kShapefilePartMissing, {index ? ".dbf" : ".shx"});
  constexpr std::size_t kLength = 24;  // of the file, in words of 16 bits
  if (begin.size() < kLength + 4 || bytes.size() < 2 * BigEndian(begin.substr(kLength, 4))) {
    return Fault(Code::kFileIncomplete);
  }
  const Result<ByteSource> index_bytes = ByteSource::Open(*index);
  if (!index_bytes) return Unreadable(index_bytes.error());
  const Result<ByteSource> table_bytes = ByteSource::Open(*table);
  if (!table_bytes) return Unreadable(table_bytes.error());
  return FaultOfParts(*index_bytes, *table_bytes);
}

}  // namespace

MaybeFault FaultOfContents(const ByteSource& bytes, const fs::path& path, TableFormat format) {
  constexpr std::size_t kBegin = 4096;
  const Result<std::string> begin = ReadPart(bytes, 0, kBegin);
  if (!begin) return Unreadable(begin.error());
  if (begin->empty()) return Fault(Code::kFileIsEmpty);
  switch (format) {
    case TableFormat::kCsv:
      return FaultOfCsv(*begin);
    case TableFormat::kXlsx:
    case TableFormat::kOds:
      return FaultOfSpreadsheet(bytes, *begin, format);
    case TableFormat::kGeoPackage:
      return FaultOfGeoPackage(bytes, *begin);
    case TableFormat::kShapefile:
      return FaultOfShapefile(bytes, path, *begin);
    case TableFormat::kGeoJson:
      break;
  }
  return NameOfBeginning(*begin) == "JSON" ? std::nullopt : Other(*begin, format);
}

}  // namespace dijia::io
