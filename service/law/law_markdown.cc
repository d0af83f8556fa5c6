#include "law/document.h"

namespace dijia::law {
namespace {

// A text on one line that Markdown takes as it is.
std::string Plain(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c == '\n') {
      plain += ' ';
      continue;
    }
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) plain += '\\';
    plain += c;
  }
  return plain;
}

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Document& document) : document_(document) {}

  std::string Write() {
    out_ = "# " + Plain(document_.title) + "\n\n";
    for (const auto& [name, value] : document_.facts) {
      out_ += "- " + Plain(name) + ": " + Plain(value) + "\n";
    }
    out_ += "\n> " + Plain(document_.notice) + "\n";
    for (const Section& section : document_.sections) {
      out_ += "\n## " + Plain(section.title) + "\n";
      for (const Block& block : section.blocks) {
        std::visit([this](const auto& one) { Put(one); }, block);
      }
    }
    return std::move(out_);
  }

 private:
  void Put(const Paragraph& paragraph) { out_ += "\n" + Plain(paragraph.text) + "\n"; }
  void Put(const Heading& heading) { out_ += "\n### " + Plain(heading.text) + "\n"; }

  void Put(const List& list) {
    out_ += "\n";
    for (const std::string& item : list.items) out_ += "- " + Plain(item) + "\n";
  }

  void Put(const Grid& grid) {
    if (!grid.caption.empty()) out_ += "\n" + Plain(grid.caption) + "\n";
    out_ += "\n";
    PutRow(grid.columns);
    out_ += "|";
    for (const bool number : grid.numbers) out_ += number ? "---:|" : "---|";
    out_ += "\n";
    for (const auto& row : grid.rows) PutRow(row);
  }

  void PutRow(const std::vector<std::string>& cells) {
    out_ += "|";
    for (const std::string& cell : cells) out_ += " " + Plain(cell) + " |";
    out_ += "\n";
  }

  void Put(const Card& card) {
    out_ += "\n#### " + Plain(card.title) + "\n\n";
    if (!card.label.empty()) out_ += "**" + Plain(card.label) + "** · ";
    out_ += "`" + card.id + "`\n\n";
    const bool zh = document_.language == Language::kZh;
    const std::string to =
        card.label.empty() ? (zh ? "指：" : "means: ") : (zh ? "适用于：" : "applies to: ");
    if (card.when) PutTree(*card.when, to, 0);
    for (const auto& [name, text] : card.lines) {
      out_ += "- " + Plain(name) + ": " + Plain(text) + "\n";
    }
  }

  void PutTree(const rules::ConditionTree& tree, const std::string& before, std::size_t depth) {
    out_ += std::string(2 * depth, ' ') + "- " + before + Plain(tree.text) + "\n";
    for (const rules::ConditionTree& part : tree.parts) PutTree(part, "", depth + 1);
  }

  const Document& document_;
  std::string out_;
};

}  // namespace

std::string ToMarkdown(const Document& document) { return MarkdownWriter(document).Write(); }

}  // namespace dijia::law
