#include "app/answer_output.h"

namespace dijia::app {

void JsonListText::Begin() {
  if (!is_single_) sink_.Write("[");
}

void JsonListText::Append(std::string document, TextBuffer& block) const {
  if (!is_single_) document.pop_back();
  block += is_single_ ? "" : block.empty() ? "\n" : ",\n";
  block += document;
}

void JsonListText::Write(std::string_view block) {
  if (block.empty()) return;
  if (!first_ && !is_single_) sink_.Write(",");
  first_ = false;
  sink_.Write(block);
}

void JsonListText::End() {
  if (!is_single_) sink_.Write(first_ ? "]\n" : "\n]\n");
}

}  // namespace dijia::app
