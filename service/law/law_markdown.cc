#include "law/document.h"

#include <algorithm>

namespace dijia::law {
namespace {

// The mark that makes a list, a heading or a rule of a text where it begins a line ("- ", "12. ",
// "---"): its place, npos for none.
std::size_t MarkAtBegin(std::string_view text) {
  const std::size_t at = text.find_first_not_of("0123456789");
  if (at == std::string_view::npos) return at;
  const std::string_view marks = at == 0 ? "-+=" : ".)";
  if (marks.find(text[at]) == std::string_view::npos) return std::string_view::npos;
  const std::string_view rest = text.substr(at + 1);
  const bool counts = rest.empty() || rest[0] == ' ' || rest[0] == text[at];
  return counts ? at : std::string_view::npos;
}

// A text on one line that Markdown shows as it is.
std::string Plain(std::string_view text) {
  std::string line;
  for (const char c : text) line += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t mark = MarkAtBegin(std::string_view(line).substr(begin));
  std::string plain;
  for (std::size_t i = begin; i < line.size(); ++i) {
    const bool special = std::string_view("\\`*_[]<>|#~&$").find(line[i]) != std::string_view::npos;
    if (special || i - begin == mark) plain += '\\';
    plain += line[i];
  }
  return plain;
}

// A name as code, between more backquotes than stand together in it.
std::string Code(std::string_view name) {
  std::size_t most = 0, run = 0;
  for (const char c : name) {
    run = c == '`' ? run + 1 : 0;
    most = std::max(most, run);
  }
  const std::string quotes(most + 1, '`'), gap(most > 0 ? " " : "");
  return quotes + gap + std::string(name) + gap + quotes;
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
    out_ += Code(card.id) + "\n\n";
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
