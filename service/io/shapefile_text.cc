#include "io/shapefile_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "dijia/base/codes.h"
#include "io/byte_source.h"
#include "io/text_encoding.h"

namespace dijia::io {
namespace {

constexpr std::size_t kLongestName = 10;  // bytes of a field name in a DBF file
constexpr std::string_view kUtf8 = "utf-8", kGb18030 = "gb18030";

bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// Takes the half of a character off the end of a name that was cut inside it.
void DropHalfUtf8(std::string& name) {
  constexpr std::size_t kLongestHalf = 3;
  const std::size_t valid = ValidUtf8Length(name);
  if (name.size() - valid <= kLongestHalf) name.resize(valid);
}
void DropHalfGb18030(std::string& name) {
  if (!Gb18030ToUtf8(name)) name.pop_back();
}

// What the .cpg file says; empty when there is none.
std::string CodePage(const std::filesystem::path& path) {
  constexpr std::uint64_t kLongest = 64;
  for (const char* extension : {".cpg", ".CPG"}) {
    std::filesystem::path beside = path;
    const Result<ByteSource> bytes = ByteSource::Open(beside.replace_extension(extension));
    if (!bytes || bytes->size() > kLongest) continue;
    std::string text = bytes->ReadAll().value_or("");
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n' || c == ' '; });
    return text;
  }
  return {};
}

// `936` and the names of EncodingByName; empty for what is neither encoding.
std::string EncodingOfCodePage(std::string_view page) {
  if (page == "936" || page == "cp936" || page == "CP936") return std::string(kGb18030);
  return EncodingByName(page).value_or("");
}

// All texts, a record a line, with cells apart by a control character that stands in no text.
constexpr char kCellEnd = '\x1F';
std::string Joined(const Records& records) {
  std::string text;
  for (const auto& record : records) {
    for (const std::string& cell : record) {
      std::ranges::remove_copy(cell, std::back_inserter(text), kCellEnd);
      text += kCellEnd;
    }
    text += '\n';
  }
  return text;
}

void Split(std::string_view text, Records& records) {
  for (auto& record : records) {
    for (std::string& cell : record) {
      const std::size_t end = text.find(kCellEnd);
      cell = text.substr(0, end);
      text.remove_prefix(end + 1);
    }
    text.remove_prefix(1);
  }
}

// What the bytes are, by themselves; empty when they could be both.
std::string Told(std::string_view text) {
  if (!IsUtf8(text)) return std::string(kGb18030);
  if (std::ranges::none_of(text, IsHigh)) return {};
  const LineEvidence evidence = EvidenceOf(text);
  return evidence.utf8_lines > 0 ? std::string(kUtf8) : std::string();
}

std::string ChooseEncoding(std::string_view text, const std::string& page, ShapefileText& decoded) {
  const std::string told = Told(text);
  const std::string paged = EncodingOfCodePage(page);
  if (told.empty()) {
    const bool is_plain = std::ranges::none_of(text, IsHigh);
    return !paged.empty() ? paged : std::string(is_plain ? kUtf8 : kGb18030);
  }
  if (!page.empty() && paged != told) {
    Diagnostic& warning = decoded.warning.emplace();
    warning.code = Code::kCodePageWrong;
    warning.arguments = {page, told};
  }
  return told;
}

}  // namespace

Result<ShapefileText> DecodeShapefile(const std::filesystem::path& path,
                                      const std::string& encoding, Records& records) {
  ShapefileText decoded;
  if (!encoding.empty()) {
    const std::optional<std::string> named = EncodingByName(encoding);
    if (!named) return Error{Code::kUnknownEncoding, encoding};
    decoded.encoding = *named;
  }
  std::vector<std::string>& names = records.front();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].size() < kLongestName) continue;
    decoded.cut.push_back(i);
  }
  // The cells tell the encoding; a name that was cut inside a character would tell a wrong one.
  std::vector<std::string> kept = std::exchange(names, {});
  if (decoded.encoding.empty()) {
    std::string all = Joined(records);
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (kept[i].size() < kLongestName) all += kept[i] + "\n";
    }
    decoded.encoding = ChooseEncoding(all, CodePage(path), decoded);
  }
  names = std::move(kept);
  for (const std::size_t i : decoded.cut) {
    decoded.encoding == kUtf8 ? DropHalfUtf8(names[i]) : DropHalfGb18030(names[i]);
  }
  const std::string text = Joined(records);
  if (decoded.encoding == kUtf8) {
    if (!IsUtf8(text)) return Error{Code::kTextNotUtf8, {}};
    return decoded;
  }
  const Result<std::string> utf8 = Gb18030ToUtf8(text);
  if (!utf8) return utf8.error();
  Split(*utf8, records);
  return decoded;
}

}  // namespace dijia::io
