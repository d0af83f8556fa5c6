#include "law/diff_document.h"

#include "json/text.h"
#include "law/case_json.h"

namespace dijia::law {
namespace {

using rules::RulePack;

class DiffWriter {
 public:
  DiffWriter(const RulePack& before, const RulePack& after, Language language)
      : before_(before), after_(after), language_(language) {}

  Document Write() {
    const rules::PackDiff diff = rules::DiffPacks(before_, after_, language_);
    document_.language = language_;
    document_.kicker = Say("规则包比较", "Comparison of rule packs");
    document_.title = after_.title.In(language_);
    document_.facts = {{Say("原规则包", "before"), Identity(before_)},
                       {Say("新规则包", "after"), Identity(after_)}};
    document_.notice =
        Say("“对谁变化”一节按两包的全部条件逐一比较，不是抽样；所列各组情形互不重叠。",
            "Who is affected was found by comparing all conditions of both packs, not by samples; "
            "the groups exclude each other.");
    AddEffects(diff.effects);
    AddWritten(diff.written);
    return std::move(document_);
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  static std::string Identity(const RulePack& pack) {
    return pack.id + " " + pack.version + " " + pack.sha256.substr(0, 12);
  }

  void AddEffects(const std::vector<rules::EffectChange>& effects) {
    Section& section =
        document_.sections.emplace_back(Section{"effects", Say("对谁变化", "Who is affected"), {}});
    if (effects.empty()) {
      section.blocks.emplace_back(Paragraph{
          Say("条件和结果对任何案件都没有变化。", "No condition or result changes for any case.")});
    }
    for (const rules::EffectChange& effect : effects) {
      Card card;
      card.id = "effect-" + std::to_string(section.blocks.size() + 1);
      card.title = effect.what + Say("：", ": ") + effect.before + " → " + effect.after;
      card.label = rules::PeriodInWords(effect.period, language_);
      card.tone = "note";
      for (const std::string& group : effect.whom) {
        card.lines.emplace_back(Say("情形", "cases"), group);
      }
      if (!effect.whom_is_whole) {
        card.lines.emplace_back(Say("情形", "cases"), Say("……（还有其他组）", "… (more groups)"));
      }
      if (effect.example) {
        card.lines.emplace_back(Say("示例案例", "example"),
                                json::ToLine(ToJson(*effect.example, after_)));
      }
      section.blocks.emplace_back(std::move(card));
    }
  }

  void AddWritten(const std::vector<rules::WrittenChange>& written) {
    Section& section = document_.sections.emplace_back(
        Section{"written", Say("文字变化", "What is written differently"), {}});
    if (written.empty()) {
      section.blocks.emplace_back(Paragraph{Say("没有变化。", "Nothing.")});
      return;
    }
    Grid grid;
    grid.columns = {Say("位置", "place"), Say("原", "before"), Say("新", "after")};
    grid.numbers.assign(3, false);
    for (const rules::WrittenChange& change : written) {
      const std::string none = Say("（无）", "(none)");
      grid.rows.push_back({change.name, change.before.empty() ? none : change.before,
                           change.after.empty() ? none : change.after});
    }
    section.blocks.emplace_back(std::move(grid));
  }

  const RulePack& before_;
  const RulePack& after_;
  Language language_;
  Document document_;
};

}  // namespace

Document DifferenceOf(const rules::RulePack& before, const rules::RulePack& after,
                      Language language) {
  return DiffWriter(before, after, language).Write();
}

}  // namespace dijia::law
