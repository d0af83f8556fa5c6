// What becomes of the answers to the rows of an input: one writer for every output format.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/enum_table.h"
#include "dijia/base/text_buffer.h"
#include "io/text_sink.h"

namespace dijia::app {

enum class AnswerFormat : std::uint8_t { kTable, kJson, kNdjson, kCsv, kXlsx };

}  // namespace dijia::app

namespace dijia {
template <>
struct EnumTableOf<app::AnswerFormat> {
  static constexpr std::array<EnumRow<app::AnswerFormat>, 5> kRows{{
      {app::AnswerFormat::kTable, "table"},
      {app::AnswerFormat::kJson, "json"},
      {app::AnswerFormat::kNdjson, "ndjson"},
      {app::AnswerFormat::kCsv, "csv"},
      {app::AnswerFormat::kXlsx, "xlsx"},
  }};
};
static_assert(EnumTableIsComplete<app::AnswerFormat>(5));
}  // namespace dijia

namespace dijia::app {

// Answers of one block, made by a worker.
template <class Answer>
struct Rendered {
  TextBuffer text;
  std::vector<Answer> answers;  // for writers that want them whole
};

// What became of a block.
template <class Answer, class Counts>
struct Answered {
  Rendered<Answer> rendered;
  Counts counts;
  Diagnostics problems;

  // Keeps the memory.
  void Clear() {
    rendered.text.clear();
    rendered.answers.clear();
    counts = {};
    problems = {};
  }
};

template <class Answer, class Counts>
class AnswerOutput {
 public:
  virtual ~AnswerOutput() = default;

  virtual void Begin() {}
  // Any thread.
  virtual void Render(Answer&& answer, Rendered<Answer>& block) const = 0;
  // In the order of the input. Throw FileError.
  virtual void Write(Rendered<Answer>&& block) = 0;
  virtual void End(const Counts&) {}
};

// Documents of one JSON text as one document: a list, or the one object of an input that is one.
class JsonListText {
 public:
  JsonListText(bool is_single, io::TextSink& sink) : is_single_(is_single), sink_(sink) {}

  void Begin();
  // Adds a document as ToPretty writes it to the text of a block; any thread.
  void Append(std::string document, TextBuffer& block) const;
  void Write(std::string_view block);
  void End();

 private:
  bool is_single_;
  io::TextSink& sink_;
  bool first_ = true;
};

}  // namespace dijia::app
