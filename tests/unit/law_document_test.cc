// The law as a document: everything in force is there, nothing else, in both languages.
#include "law/document.h"

#include <Poco/DOM/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <gtest/gtest.h>

#include "dijia/base/sha256.h"
#include "law/diff_document.h"
#include "law/page.h"
#include "support/pack_files.h"

namespace dijia::law {
namespace {

using rules::InnerMongolia;
using rules::National;

Days Day(const char* text) { return ToDays(*ParseDate(text)); }

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(LawDocument, ListsExactlyTheClausesInForce) {
  const rules::RulePack& pack = InnerMongolia().pack();
  for (const char* day :
       {"2005-01-01", "2008-06-01", "2013-01-01", "2020-01-01", "2026-01-01", "2028-06-01"}) {
    SCOPED_TRACE(day);
    const std::string text = ToMarkdown(LawOn(pack, Day(day), Language::kEn));
    for (const rules::Clause& clause : pack.clauses) {
      EXPECT_EQ(Has(text, "`" + clause.key + "`"), clause.citation.in_force.Contains(Day(day)))
          << clause.key;
    }
  }
}

TEST(LawDocument, SaysConditionsInWords) {
  const std::string zh = ToMarkdown(LawOn(National().pack(), Day("2024-01-01"), Language::kZh));
  EXPECT_TRUE(Has(zh, "- 适用于：以下各项同时成立\n"));
  EXPECT_TRUE(Has(zh, "  - 列入省级优先发展产业：是\n"));
  EXPECT_TRUE(Has(zh, "容积率不低于2008年容积率指标的 1.4 倍"));
  EXPECT_TRUE(Has(zh, "建筑系数不低于0.42"));
  EXPECT_TRUE(Has(zh, "- 结果: 按标准的 70%"));
  EXPECT_TRUE(Has(zh, "基准地价估价期日至价格确定日期超过 6 年"));
  const std::string en = ToMarkdown(LawOn(National().pack(), Day("2024-01-01"), Language::kEn));
  EXPECT_TRUE(Has(en,
                  "floor area ratio is at least 1.4 times the floor area ratio indicator of "
                  "2008"));
  EXPECT_TRUE(Has(en, "way of supply is tender, auction, listing or agreement"));
  EXPECT_TRUE(Has(en, "project accepted before the indicators of 2023"));
}

TEST(LawDocument, ShowsTheFloorOfEveryClassAndRatio) {
  const std::string text = ToMarkdown(LawOn(National().pack(), Day("2024-01-01"), Language::kZh));
  EXPECT_TRUE(Has(text, "| 土地等别 | 100% | 70% | 60% | 50% | 30% | 15% |"));
  EXPECT_TRUE(Has(text, "| 14 | 84 | 58.8 | 50.4 | 42 | 25.2 | 12.6 |"));
}

TEST(LawDocument, NamesWhatIsNotCertain) {
  const std::string text = ToMarkdown(LawOn(National().pack(), Day("2024-01-01"), Language::kEn));
  EXPECT_TRUE(Has(text, "## Points to be checked"));
  EXPECT_TRUE(Has(text, "国土资发〔2010〕34号 (from memory, to be checked)"));
  EXPECT_TRUE(Has(text, "class of the county"));
  EXPECT_TRUE(Has(text, "no data. A missing row is unknown, never guessed."));
}

// What stands in a pack is text, whatever it looks like.
TEST(LawDocument, ShowsTextsOfThePackAsTheyAre) {
  Document document;
  document.title = "a_b*c*";
  document.notice = "<b> & [x](y) ~~z~~ $1$";
  Section& section = document.sections.emplace_back(Section{"s", "# s", {}});
  section.blocks.emplace_back(Paragraph{"1. first\n- second"});
  section.blocks.emplace_back(List{{"- a", "+ b", "12) c", "84.5", "-5", "---"}});
  section.blocks.emplace_back(Grid{"", {"a|b"}, {false}, {{"x\\y`z"}}});
  Card card;
  card.id = "k``1";
  card.title = "56-2 #";
  section.blocks.emplace_back(card);
  EXPECT_EQ(ToMarkdown(document),
            "# a\\_b\\*c\\*\n\n\n"
            "> \\<b\\> \\& \\[x\\](y) \\~\\~z\\~\\~ \\$1\\$\n"
            "\n## \\# s\n"
            "\n1\\. first - second\n"
            "\n- \\- a\n- \\+ b\n- 12\\) c\n- 84.5\n- -5\n- \\---\n"
            "\n| a\\|b |\n|---|\n| x\\\\y\\`z |\n"
            "\n#### 56-2 \\#\n\n``` k``1 ```\n\n");
}

TEST(LawPage, IsWellFormedAndLetsOnlyItsOwnStyleIn) {
  for (const Language language : {Language::kZh, Language::kEn}) {
    const rules::RulePack& pack = InnerMongolia().pack();
    const std::string page = ToHtml(LawOn(pack, LastChange(pack), language), "0.0.0");
    Poco::XML::DOMParser parser;
    const std::string xml = page.substr(page.find("<html"));
    const Poco::AutoPtr<Poco::XML::Document> document = parser.parseString(xml);
    EXPECT_FALSE(document.isNull());
    const std::size_t begin = page.find("<style>") + 7;
    const std::string style = page.substr(begin, page.find("</style>") - begin);
    EXPECT_TRUE(Has(page, "sha256-" + Base64OfHex(Sha256Of(style))));
    EXPECT_FALSE(Has(page, "<script"));
    EXPECT_TRUE(Has(page, pack.sha256));
  }
}

TEST(Base64, OfBytesInHexadecimalIsThatOfRfc4648) {
  EXPECT_EQ(Base64OfHex(""), "");
  EXPECT_EQ(Base64OfHex("66"), "Zg==");
  EXPECT_EQ(Base64OfHex("666f"), "Zm8=");
  EXPECT_EQ(Base64OfHex("666f6f"), "Zm9v");
  EXPECT_EQ(Base64OfHex("666f6f626172"), "Zm9vYmFy");
}

TEST(LastChange, IsTheLastBeginning) {
  EXPECT_EQ(LastChange(National().pack()), Day("2023-06-25"));
  EXPECT_EQ(LastChange(InnerMongolia().pack()), Day("2025-06-09"));
}

}  // namespace
}  // namespace dijia::law
