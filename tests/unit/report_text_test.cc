#include <gtest/gtest.h>

#include <limits>
#include <regex>
#include <set>
#include <string>

#include "report/labels.h"
#include "report/markup.h"
#include "report/number_text.h"
#include "report/texts.h"
#include "support/sample_report.h"

namespace dijia::report {
namespace {

std::multiset<std::string> Placeholders(std::string_view text) {
  const std::string copy(text);
  const std::regex pattern(R"(\{\d\})");
  std::multiset<std::string> found;
  for (std::sregex_iterator it(copy.begin(), copy.end(), pattern), end; it != end; ++it) {
    found.insert(it->str());
  }
  return found;
}

TEST(Texts, ExistInBothLanguagesWithTheSamePlaceholders) {
  ASSERT_GT(kTextCount, 100U);
  for (std::size_t i = 0; i < kTextCount; ++i) {
    const auto text = static_cast<Text>(i);
    const std::string_view zh = Say(text, Language::kZh), en = Say(text, Language::kEn);
    EXPECT_FALSE(zh.empty()) << i;
    EXPECT_FALSE(en.empty()) << i;
    EXPECT_EQ(Placeholders(zh), Placeholders(en)) << zh;
    for (const char c : en) EXPECT_NE(c, '!') << en;
  }
}

TEST(Texts, OfEnglishHoldNoChineseLetters) {
  for (std::size_t i = 0; i < kTextCount; ++i) {
    const std::string en(Say(static_cast<Text>(i), Language::kEn));
    // Bytes E4–E9 lead the CJK ideographs U+4000–U+9FFF.
    for (const char c : en) {
      const auto byte = static_cast<unsigned char>(c);
      EXPECT_FALSE(byte >= 0xE4 && byte <= 0xE9) << en;
    }
  }
}

TEST(Texts, TakeTheirArgumentsInAnyOrderAndLeaveOutWhatIsMissing) {
  EXPECT_EQ(Say(Text::kVerdictPart, Language::kZh, {"样点偏少", "3"}), "样点偏少 3 个");
  EXPECT_EQ(Say(Text::kVerdictPart, Language::kEn, {"thin", "3"}), "3 thin");
  EXPECT_EQ(Say(Text::kYears, Language::kEn, {}), " years");
}

TEST(Texts, HaveOneSentenceForEveryFate) {
  std::set<Text> sentences;
  for (const auto& row : EnumTableOf<Fate>::kRows) sentences.insert(SentenceOf(row.value));
  EXPECT_EQ(sentences.size(), kFateCount);
  EXPECT_EQ(SentenceOf(Fate::kDuplicate), Text::kFateDuplicate);
  EXPECT_EQ(SentenceOf(Fate::kTermImpossible), Text::kFateTermImpossible);
}

TEST(Labels, NameACodeInBothLanguagesAndAnUnknownCodeByItself) {
  const Labels labels = Labels::Parse("code,zh,en\r\nthin,样点偏少,thin\r\nbroken,x\n\n");
  EXPECT_EQ(labels.Of("thin", Language::kZh), "样点偏少");
  EXPECT_EQ(labels.Of("thin", Language::kEn), "thin");
  EXPECT_EQ(labels.Of("broken", Language::kZh), "broken");
  EXPECT_TRUE(labels.Has("thin"));
  EXPECT_FALSE(labels.Has("code"));
}

template <class Enum>
void ExpectLabels(const Labels& labels) {
  for (const auto& row : EnumTableOf<Enum>::kRows) EXPECT_TRUE(labels.Has(row.code)) << row.code;
}

TEST(Labels, OfTheReferenceFileNameEveryCodeThatTheReportShows) {
  const Labels labels = test::MakeSampleReport().labels;
  ExpectLabels<LandUse>(labels);
  ExpectLabels<CellStatus>(labels);
  ExpectLabels<Fate>(labels);
  ExpectLabels<Estimator>(labels);
  ExpectLabels<IntervalMethod>(labels);
  ExpectLabels<ThinCellPolicy>(labels);
  ExpectLabels<GradeModelFamily>(labels);
}

TEST(Escaped, TurnsMarkupIntoEntities) {
  EXPECT_EQ(Escaped("<script>alert('x') & \"y\"</script>"),
            "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
  EXPECT_EQ(Escaped("城区"), "城区");
}

TEST(Escaped, ReplacesWhatIsNotUtf8) {
  EXPECT_EQ(Escaped("a\xFF"
                    "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(Escaped("\xC0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  EXPECT_EQ(Escaped("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
  EXPECT_EQ(Escaped("\xE5\x9F"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // cut off
  EXPECT_EQ(Escaped("\xF0\x9F\x8F\xA0"), "\xF0\x9F\x8F\xA0");
}

TEST(Escaped, ReplacesControlCharactersThatXmlDoesNotTake) {
  EXPECT_EQ(Escaped(std::string_view("a\0b\x1F\t\n", 6)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\t\n");
  EXPECT_EQ(Escaped("\xEF\xBF\xBE"), "\xEF\xBF\xBD");
  EXPECT_EQ(Escaped("\xC2\x85"), "\xEF\xBF\xBD");
}

TEST(Numbers, AreWrittenWithFixedDecimalsATrueMinusAndNoNegativeZero) {
  EXPECT_EQ(Fixed(1234.567, 1), "1,234.6");
  EXPECT_EQ(Fixed(-1234.0, 0), "−1,234");
  EXPECT_EQ(Fixed(999.96, 1), "1,000.0");
  EXPECT_EQ(Fixed(-9.034, 2), "−9.03");
  EXPECT_EQ(Fixed(-0.001, 2), "0.00");
  EXPECT_EQ(Fixed(std::numeric_limits<double>::quiet_NaN(), 2), "—");
  EXPECT_EQ(Fixed(std::numeric_limits<double>::infinity(), 0), "—");
}

TEST(Numbers, OfCountsHaveCommasAtThousands) {
  EXPECT_EQ(Count(0), "0");
  EXPECT_EQ(Count(999), "999");
  EXPECT_EQ(Count(1000), "1,000");
  EXPECT_EQ(Count(11'936), "11,936");
  EXPECT_EQ(Count(10'000'000), "10,000,000");
}

TEST(Numbers, OfTextsGetCommasBeforeThePoint) {
  EXPECT_EQ(WithThousands("13824.50"), "13,824.50");
  EXPECT_EQ(WithThousands("1000000"), "1,000,000");
  EXPECT_EQ(WithThousands("0.123456"), "0.123456");
  EXPECT_EQ(WithThousands(""), "");
}

TEST(Numbers, OfProbabilitiesDoNotClaimZero) {
  EXPECT_EQ(PValue(0.0004), "< 0.001");
  EXPECT_EQ(PValue(0.001), "0.001");
  EXPECT_EQ(PEquals(0.0), "p < 0.001");
  EXPECT_EQ(PEquals(0.1842), "p = 0.184");
  EXPECT_EQ(PValue(std::numeric_limits<double>::quiet_NaN()), "—");
}

TEST(Numbers, OfRatesAndRatiosAreExact) {
  EXPECT_EQ(Percent(*Rate::Parse("0.0675")), "6.75%");
  EXPECT_EQ(Percent(*Rate::Parse("0.077")), "7.70%");
  EXPECT_EQ(Percent(*Rate::Parse("0.058125")), "5.8125%");
  EXPECT_EQ(FarText(FloorAreaRatio::Of(2)), "2.0");
  EXPECT_EQ(FarText(*FloorAreaRatio::Parse("1.25")), "1.25");
}

TEST(GradeText, CountsInChineseNumerals) {
  EXPECT_EQ(GradeText(1, Language::kZh), "一");
  EXPECT_EQ(GradeText(10, Language::kZh), "十");
  EXPECT_EQ(GradeText(12, Language::kZh), "十二");
  EXPECT_EQ(GradeText(20, Language::kZh), "二十");
  EXPECT_EQ(GradeText(99, Language::kZh), "九十九");
  EXPECT_EQ(GradeText(100, Language::kZh), "100");
  EXPECT_EQ(GradeText(3, Language::kEn), "3");
}

ComputePlan PlanWith(PriceUnit unit, std::int64_t interval) {
  ComputePlan plan;
  plan.primary_unit = unit;
  plan.rounding.unit_price = Rounding{RoundingMode::kHalfUp, interval};
  return plan;
}

TEST(PrintedPrice, DerivesWanYuanPerMuFromYuanByFifteen) {
  const ComputePlan plan = PlanWith(PriceUnit::kYuanPerSqm, 1'000'000);
  const PrintedPrice grade_4 = Print(UnitPrice::Of(437), plan);
  EXPECT_EQ(grade_4.yuan_per_sqm, "437");
  EXPECT_EQ(grade_4.wan_yuan_per_mu, "29.13");  // 三政发〔2025〕11号: 437 (29.13)
  EXPECT_EQ(Print(UnitPrice::Of(1590), plan).wan_yuan_per_mu, "106.00");
}

TEST(PrintedPrice, DerivesYuanFromWanYuanPerMuExactly) {
  const ComputePlan plan = PlanWith(PriceUnit::kWanYuanPerMu, 10'000);
  const PrintedPrice price = Print(*UnitPriceOf(*PricePerMu::Parse("29.13")), plan);
  EXPECT_EQ(price.wan_yuan_per_mu, "29.13");
  EXPECT_EQ(price.yuan_per_sqm, "436.95");
}

TEST(PrintedPrice, ShowsTheDecimalsOfThePlan) {
  const ComputePlan tenths = PlanWith(PriceUnit::kYuanPerSqm, 100'000);
  EXPECT_EQ(Print(UnitPrice::Of(790), tenths).yuan_per_sqm, "790.0");
  const ComputePlan fives = PlanWith(PriceUnit::kYuanPerSqm, 5'000'000);
  EXPECT_EQ(Print(UnitPrice::Of(790), fives).yuan_per_sqm, "790");
  // A price carried forward from a finer publication loses nothing.
  EXPECT_EQ(Print(*UnitPrice::Parse("436.95"), fives).yuan_per_sqm, "436.95");
}

// Reads a printed number back, four places.
std::int64_t Units(std::string printed) {
  std::erase(printed, ',');
  return *ParseDecimal(printed, 4);
}

TEST(PrintedPrice, AgreesInBothUnitsForEveryPrice) {
  const ComputePlan yuan = PlanWith(PriceUnit::kYuanPerSqm, 1'000'000);
  const ComputePlan per_mu = PlanWith(PriceUnit::kWanYuanPerMu, 10'000);
  for (std::int64_t i = 1; i <= 20'000; ++i) {
    // Both figures printed, read back as exact decimals: |15 × 万元/亩 − 元/㎡| ≤ 15 × 0.005.
    const PrintedPrice a = Print(UnitPrice::Of(i), yuan);
    const std::int64_t derived = Units(a.wan_yuan_per_mu) * 15;
    EXPECT_LE(std::abs(derived - Units(a.yuan_per_sqm)), 750) << i;
    const PrintedPrice b = Print(UnitPrice::FromUnits(i * 1500), per_mu);
    EXPECT_EQ(Units(b.wan_yuan_per_mu) * 15, Units(b.yuan_per_sqm)) << i;
  }
}

}  // namespace
}  // namespace dijia::report
