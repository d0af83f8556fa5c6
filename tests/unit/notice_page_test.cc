#include "app/notice_page.h"

#include <Poco/DOM/AutoPtr.h>
#include <Poco/DOM/DOMParser.h>
#include <Poco/DOM/Document.h>
#include <Poco/DOM/NodeList.h>
#include <gtest/gtest.h>

#include "support/random_publication.h"
#include "support/tongdao.h"

namespace dijia::test {
namespace {

// The texts of the elements of a name, in the order of the page. Throws for what is no XML.
std::vector<std::string> TextsOf(const std::string& page, const std::string& element) {
  Poco::XML::DOMParser parser;
  const Poco::AutoPtr<Poco::XML::Document> document = parser.parseString(page);
  const Poco::AutoPtr<Poco::XML::NodeList> nodes = document->getElementsByTagName(element);
  std::vector<std::string> texts;
  for (unsigned long i = 0; i < nodes->length(); ++i) texts.push_back(nodes->item(i)->innerText());
  return texts;
}

bool Has(const std::vector<std::string>& texts, const std::string& text) {
  return std::ranges::find(texts, text) != texts.end();
}

std::string PageOf(const Publication& publication) {
  return app::NoticePage({publication, {}, {}, ""}, {});
}

TEST(NoticePage, HasEveryPartOfThePublication) {
  const std::vector<std::string> headings = TextsOf(PageOf(Tongdao()), "h2");
  EXPECT_EQ(headings, (std::vector<std::string>{"级别基准地价", "基准地价内涵", "路线价",
                                                "宗地地价计算公式", "修正体系"}));
}

TEST(NoticePage, ShowsEveryPriceInBothUnits) {
  const std::vector<std::string> cells = TextsOf(PageOf(Tongdao()), "td");
  EXPECT_TRUE(Has(cells, "2,560 元/㎡170.67 万元/亩"));
  EXPECT_TRUE(Has(cells, "1,335 元/㎡89.00 万元/亩"));
  for (const auto& [code, use] : Tongdao().uses) {
    for (const PublishedGrade& grade : use.grades) {
      const std::string price = grade.price->ToString();
      const std::string shown = price.size() < 4 ? price
                                                 : price.substr(0, price.size() - 3) + "," +
                                                       price.substr(price.size() - 3);
      EXPECT_TRUE(std::ranges::any_of(cells, [&](const std::string& cell) {
        return cell.starts_with(shown + " 元/㎡");
      })) << price;
    }
  }
}

TEST(NoticePage, WritesTheFormulaOfEachUse) {
  Publication publication = Tongdao();
  PublishedUse& use = publication.uses.at(LandUse::kCommercial);
  use.formula = {"regional", {"term", "far"}, {"development"}, {"shape"}};
  const std::vector<std::string> cells = TextsOf(PageOf(publication), "td");
  EXPECT_TRUE(std::ranges::any_of(cells, [](const std::string& cell) {
    return cell.starts_with("基准地价 × (1 + Σ ") && cell.find(" − 1)) × ") != std::string::npos;
  }));
}

TEST(NoticePage, SaysThatItIsNotInForce) {
  for (const auto& [status, is_law] : {std::pair(PublicationStatus::kDraft, false),
                                       {PublicationStatus::kApproved, false},
                                       {PublicationStatus::kPublished, true},
                                       {PublicationStatus::kSuperseded, true}}) {
    Publication publication = Tongdao();
    publication.status = status;
    const bool warns = PageOf(publication).find("尚未公布") != std::string::npos;
    EXPECT_NE(warns, is_law) << CodeOf(status);
  }
}

TEST(NoticePage, ComparesWithTheLastRound) {
  Publication before = Tongdao();
  before.id = "tongdao-2022";
  before.uses.at(LandUse::kCommercial).grades.front().price = *UnitPrice::Parse("2400");
  const std::string page = app::NoticePage({Tongdao(), before, {}, ""}, {});
  const std::vector<std::string> cells = TextsOf(page, "td");
  EXPECT_TRUE(Has(cells, "2,400"));
  EXPECT_TRUE(Has(cells, "6.67"));
  EXPECT_NE(page.find("commercial：上调 1，下调 0"), std::string::npos);
}

TEST(NoticePage, TellsWhoDecided) {
  const std::string page =
      app::NoticePage({Tongdao(),
                       {},
                       {{"submitted", "张三", "2026-01-02T03:04:05.000000Z", "<首次> & 入库"}},
                       "通道县"},
                      {});
  const std::vector<std::string> cells = TextsOf(page, "td");
  EXPECT_TRUE(Has(cells, "张三"));
  EXPECT_TRUE(Has(cells, "<首次> & 入库"));
}

TEST(NoticePage, IsXmlForAnyPublication) {
  Draw draw(11);
  for (int i = 0; i < 50; ++i) EXPECT_NO_THROW(TextsOf(PageOf(DrawPublication(draw)), "td"));
  EXPECT_NO_THROW(TextsOf(PageOf(Publication()), "td"));
}

}  // namespace
}  // namespace dijia::test
