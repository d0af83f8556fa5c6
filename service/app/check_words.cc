#include "app/check_words.h"

#include <algorithm>
#include <array>
#include <optional>

#include "dijia/base/decimal.h"

namespace dijia::app {
namespace {

constexpr int kPriceScale = 4;

struct Words {
  std::string_view zh, en;
};
// By Verdict.
constexpr std::array<Words, 5> kVerdicts{{
    {"符合规定", "lawful"},
    {"不符合规定", "unlawful"},
    {"须补充事实", "needs facts"},
    {"须复核", "needs review"},
    {"不适用", "not applicable"},
}};
// By Outcome.
constexpr std::array<Words, 6> kOutcomes{{
    {"符合", "met"},
    {"不符合", "not met"},
    {"待定", "open"},
    {"理解不一", "contested"},
    {"不适用", "not applicable"},
    {"提示", "note"},
}};

}  // namespace

std::string_view NameOf(rules::Verdict verdict, Language language) {
  const Words& words = kVerdicts[static_cast<std::size_t>(verdict)];
  return In(language, words.zh, words.en);
}

std::string_view NameOf(rules::Outcome outcome, Language language) {
  const Words& words = kOutcomes[static_cast<std::size_t>(outcome)];
  return In(language, words.zh, words.en);
}

std::string CitationText(const rules::Citation& citation) {
  return citation.article.empty() ? citation.instrument
                                  : citation.instrument + " " + citation.article;
}

std::string PriceText(const std::optional<std::int64_t>& units) {
  return units ? FormatDecimal(*units, kPriceScale) : std::string();
}

std::string MainReason(const rules::ReservePriceCheck& check, Language language) {
  if (check.verdict == rules::Verdict::kNeedsFacts && !check.missing.empty()) {
    std::string asked;
    for (const rules::MissingFact& missing : check.missing) {
      if (!asked.empty()) asked += ' ';
      asked += missing.question.In(language);
    }
    return asked;
  }
  // No clause speaks, so none has a sentence (legal-rules.md §7).
  if (check.verdict == rules::Verdict::kNotApplicable) {
    return std::string(In(language, "无全国最低价标准；请核对协议出让最低价或评估价",
                          "no national floor; check the agreement minimum or the appraisal"));
  }
  const auto decides = [&](const rules::Finding& finding) {
    return finding.clause == check.deciding_clause &&
           (CodeOf(finding.outcome) == CodeOf(check.verdict));
  };
  const auto finding = std::ranges::find_if(check.findings, decides);
  return finding == check.findings.end() ? std::string() : finding->reason.In(language);
}

}  // namespace dijia::app
