#include <string>
#include <string_view>

#include "law/document.h"
#include "law/page.h"
#include "report/frame.h"
#include "report/markup.h"

namespace dijia::law {
namespace {

using report::Markup;

class PageWriter {
 public:
  explicit PageWriter(const Document& document) : document_(document) {}

  std::string Write(std::string_view engine_version) {
    BeginPage(page_, document_.title, document_.language);
    PutHead();
    page_.Open("nav");
    page_.Open("ol");
    for (const Section& section : document_.sections) {
      page_.Open("li");
      page_.Element("a", {{"href", "#" + section.id}}, section.title);
      page_.Close();
    }
    page_.Close();
    page_.Close();
    for (const Section& section : document_.sections) Put(section);
    report::EndDocument(page_, engine_version);
    return std::move(page_).Take();
  }

 private:
  void PutHead() {
    page_.Open("header", {{"class", "top"}});
    page_.Element("p", {{"class", "kicker"}}, document_.kicker);
    page_.Element("h1", document_.title);
    page_.Open("dl", {{"class", "facts"}});
    for (const auto& [name, value] : document_.facts) report::WriteFact(page_, name, value);
    page_.Close();
    page_.Close();
    page_.Element("p", {{"class", "notice"}}, document_.notice);
    page_.Line();
  }

  void Put(const Section& section) {
    page_.Open("section", {{"id", section.id}});
    page_.Element("h2", section.title);
    for (const Block& block : section.blocks) {
      std::visit([this](const auto& one) { Put(one); }, block);
      page_.Line();
    }
    page_.Close();
    page_.Line();
  }

  void Put(const Paragraph& paragraph) { page_.Element("p", paragraph.text); }
  void Put(const Heading& heading) { page_.Element("h3", heading.text); }

  void Put(const List& list) {
    page_.Open("ul", {{"class", "points"}});
    for (const std::string& item : list.items) page_.Element("li", item);
    page_.Close();
  }

  void Put(const Grid& grid) {
    page_.Open("div", {{"class", "scroll"}, {"tabindex", "0"}});
    page_.Open("table");
    if (!grid.caption.empty()) page_.Element("caption", grid.caption);
    page_.Open("thead");
    page_.Open("tr");
    for (std::size_t i = 0; i < grid.columns.size(); ++i) {
      page_.Element("th", {{"scope", "col"}, {"class", grid.numbers[i] ? "n" : "t"}},
                    grid.columns[i]);
    }
    page_.Close();
    page_.Close();
    page_.Open("tbody");
    for (const auto& row : grid.rows) {
      page_.Open("tr");
      for (std::size_t i = 0; i < row.size(); ++i) {
        page_.Element("td", {{"class", grid.numbers[i] ? "n" : "t"}}, row[i]);
      }
      page_.Close();
    }
    page_.Close();
    page_.Close();
    page_.Close();
  }

  void Put(const Card& card) {
    page_.Open("article", {{"class", "card " + card.tone}, {"id", card.id}});
    page_.Open("h4");
    if (!card.label.empty()) page_.Element("span", {{"class", "mark " + card.tone}}, card.label);
    page_.Write(card.title);
    page_.Close();
    if (card.when) PutCondition(*card.when, card.label.empty());
    page_.Open("dl", {{"class", "lines"}});
    for (const auto& [name, text] : card.lines) report::WriteFact(page_, name, text);
    report::WriteFact(page_, Say("编号", "key"), card.id);
    page_.Close();
    page_.Close();
  }

  std::string_view Say(std::string_view zh, std::string_view en) const {
    return document_.language == Language::kZh ? zh : en;
  }

  void PutCondition(const rules::ConditionTree& tree, bool defines) {
    page_.Open("div", {{"class", "when"}});
    page_.Element("span", {{"class", "to"}},
                  defines ? Say("指", "means") : Say("适用于", "applies to"));
    page_.Open("div");
    PutTree(tree);
    page_.Close();
    page_.Close();
  }

  void PutTree(const rules::ConditionTree& tree) {
    if (tree.parts.empty()) {
      page_.Write(tree.text);
      return;
    }
    page_.Element("em", tree.text);
    page_.Open("ul");
    for (const rules::ConditionTree& part : tree.parts) {
      page_.Open("li");
      PutTree(part);
      page_.Close();
    }
    page_.Close();
  }

  const Document& document_;
  Markup page_;
};

}  // namespace

std::string ToHtml(const Document& document, std::string_view engine_version) {
  return PageWriter(document).Write(engine_version);
}

}  // namespace dijia::law
