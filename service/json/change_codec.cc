#include "json/change_codec.h"

#include <cstdint>
#include <map>
#include <utility>

#include "dijia/base/codes.h"
#include "json/codec.h"
#include "json/field.h"
#include "json/publication_codec.h"

namespace dijia::json {

using enum Presence;

namespace {

// The documents as they stand.
struct FileText {
  std::string name;
  std::optional<std::string> text, base64;
};
struct ImportText {
  Value publication;
  std::string note;
  std::vector<Value> evidence;
};
struct DecisionText {
  std::string sample_id, decision, reason, decided_by, decided_at;
};
struct DecisionsText {
  std::vector<Value> decisions;
};

}  // namespace

template <>
struct Codec<Value> {
  static void Read(Reader&, const Value& value, Value& out) { out = value; }
  static Value Write(const Value& in) { return in; }
};

template <>
struct FieldsOf<FileText> {
  static std::span<const Field<FileText>> Table() {
    using Owner = FileText;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::name>("name", kRequired, "name of the file, without a folder"),
        Key<&Owner::text>("text", kUnlessAbsent, "its text"),
        Key<&Owner::base64>("base64", kUnlessAbsent, "or its bytes in Base64 (RFC 4648 §4)"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<ImportText> {
  static std::span<const Field<ImportText>> Table() {
    using Owner = ImportText;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::publication>("publication", kRequired, "a document dijia-publication/1"),
        Key<&Owner::note>("note", kOptional, "why, for the log"),
        Key<&Owner::evidence>(
            "evidence", kUnlessAbsent,
            "files kept with it: evidence.json, and the plan and samples it names"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<TransitionRequest> {
  static std::span<const Field<TransitionRequest>> Table() {
    using Owner = TransitionRequest;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::to>("to", kRequired, "submitted, approved, published or withdrawn"),
        Key<&Owner::note>("note", kOptional, "why, for the log"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<DecisionText> {
  static std::span<const Field<DecisionText>> Table() {
    using Owner = DecisionText;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::sample_id>("sample_id", kRequired, "of the sample"),
        Key<&Owner::decision>("decision", kRequired, "include or exclude"),
        Key<&Owner::reason>("reason", kRequired, "why; not empty"),
        Key<&Owner::decided_by>("decided_by", kOptional, "who"),
        Key<&Owner::decided_at>("decided_at", kOptional, "when"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<DecisionsText> {
  static std::span<const Field<DecisionsText>> Table() {
    using Owner = DecisionsText;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::decisions>("decisions", kRequired,
                               "all that hold, in the place of those of the publication"),
    };
    return kTable;
  }
};

namespace {

constexpr int kNoDigit = -1;

int DigitOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : kNoDigit;
}

// The bytes of a file; of its two forms there must be one.
std::string BytesOf(Reader& reader, const Value& value, FileText file) {
  if (file.text.has_value() == file.base64.has_value()) {
    reader.ReportMissingField(value, "text");
    return "";
  }
  if (file.text) return *std::move(file.text);
  auto bytes = ReadBase64(*file.base64);
  if (bytes) return *std::move(bytes);
  const Reader::Step step(reader, "base64");
  reader.Report(Code::kNotBase64, value, {});
  return "";
}

std::vector<ImportRequest::File> ReadFiles(Reader& reader, const std::vector<Value>& values) {
  std::vector<ImportRequest::File> files;
  const Reader::Step list(reader, "evidence");
  for (const Value& value : values) {
    const Reader::Step step(reader, files.size());
    FileText file;
    Codec<FileText>::Read(reader, value, file);
    std::string name = file.name;
    std::string bytes = value.object() == nullptr ? "" : BytesOf(reader, value, std::move(file));
    files.push_back({std::move(name), std::move(bytes)});
  }
  return files;
}

// Reports a word that is no decision.
SampleDecision ReadDecision(Reader& reader, const Value& value, const std::string& word) {
  static constexpr std::string_view kWords[] = {"include", "exclude"};
  const auto known = FromCode<SampleDecision>(word);
  if (known && *known != SampleDecision::kNone) return *known;
  const Value* member = value.Find("decision");
  const Reader::Step step(reader, "decision");
  if (member != nullptr) reader.ReportUnknownChoice(*member, kWords);
  return SampleDecision::kNone;
}

// A text that is there and says nothing is as good as none.
void NeedText(Reader& reader, const Value& value, std::string_view name) {
  const Value* member = value.Find(name);
  const std::string* text = member == nullptr ? nullptr : member->text();
  if (text == nullptr || text->find_first_not_of(" \t\r\n") != std::string::npos) return;
  reader.ReportMissingField(value, name);
}

}  // namespace

ImportRequest ReadImportRequest(const Value& document, Diagnostics& diagnostics) {
  Reader reader("", PathStyle::kPointer, diagnostics);
  ImportText text;
  Codec<ImportText>::Read(reader, document, text);
  ImportRequest request;
  request.note = std::move(text.note);
  request.evidence = ReadFiles(reader, text.evidence);
  if (document.Find("publication") == nullptr) return request;
  Diagnostics found;
  request.publication = ReadPublication(text.publication, "", found);
  for (Diagnostic problem : found.kept()) {
    problem.where.field.insert(0, "/publication");
    diagnostics.Add(std::move(problem));
  }
  return request;
}

TransitionRequest ReadTransitionRequest(const Value& document, Diagnostics& diagnostics) {
  Reader reader("", PathStyle::kPointer, diagnostics);
  TransitionRequest request;
  Codec<TransitionRequest>::Read(reader, document, request);
  return request;
}

SampleDecisions ReadDecisionsRequest(const Value& document, Diagnostics& diagnostics) {
  Reader reader("", PathStyle::kPointer, diagnostics);
  DecisionsText request;
  Codec<DecisionsText>::Read(reader, document, request);
  SampleDecisions decisions;
  decisions.source = kDecisionsPointer;
  std::map<std::string, std::size_t> known;
  const Reader::Step list(reader, "decisions");
  for (const Value& value : request.decisions) {
    const std::size_t index = decisions.rows.size();
    const Reader::Step step(reader, index);
    DecisionText text;
    Codec<DecisionText>::Read(reader, value, text);
    NeedText(reader, value, "sample_id");
    NeedText(reader, value, "reason");
    const SampleDecision decision = value.object() == nullptr
                                        ? SampleDecision::kNone
                                        : ReadDecision(reader, value, text.decision);
    const auto [first, is_new] = known.emplace(text.sample_id, index + 1);
    if (!is_new && !text.sample_id.empty()) {
      const Reader::Step own(reader, "sample_id");
      reader.Report(Code::kDecidedTwice, value, {text.sample_id, std::to_string(first->second)});
    }
    decisions.rows.push_back({std::move(text.sample_id), decision, std::move(text.reason),
                              std::move(text.decided_by), std::move(text.decided_at), index + 1});
  }
  return decisions;
}

std::optional<std::string> ReadBase64(std::string_view text) {
  constexpr std::size_t kGroup = 4;
  constexpr int kBits = 6;
  if (text.size() % kGroup != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  std::string bytes;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : text) {
    const int digit = DigitOf(c);
    if (digit == kNoDigit) return std::nullopt;
    bits = bits << kBits | static_cast<std::uint32_t>(digit);
    held += kBits;
    if (held < 8) continue;
    held -= 8;
    bytes += static_cast<char>(bits >> held & 0xff);
    bits &= (1U << held) - 1;
  }
  return bits == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

std::vector<FieldMeaning> ImportFields() { return MeaningsOf<ImportText>(); }
std::vector<FieldMeaning> EvidenceFields() { return MeaningsOf<FileText>(); }
std::vector<FieldMeaning> TransitionFields() { return MeaningsOf<TransitionRequest>(); }
std::vector<FieldMeaning> DecisionsFields() { return MeaningsOf<DecisionsText>(); }
std::vector<FieldMeaning> DecisionFields() { return MeaningsOf<DecisionText>(); }

}  // namespace dijia::json
