#include "cli/diff_table.h"

#include <optional>
#include <string_view>

#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "dijia/base/date.h"

namespace dijia::cli {
namespace {

using Align = TextTable::Align;

std::string ChangeText(const std::optional<Percent>& change) {
  if (!change) return "";
  const std::string text = FormatFixed(change->units(), Percent::kScale, 2);
  return change->units() > 0 ? "+" + text : text;
}

class DiffWriter {
 public:
  DiffWriter(const PublicationDiff& diff, const report::Labels& labels, Language language)
      : diff_(diff), labels_(labels), language_(language) {}

  std::string Document(std::string_view zh, std::string_view en,
                       const Publication& publication) const {
    std::string line = Say(zh, en) + publication.id;
    if (!publication.document_no.empty()) line += " " + publication.document_no;
    line += Say("，基准日 ", ", base date ") + FormatDate(publication.base_date);
    return line + Say("，", ", ") + Label("publication.", CodeOf(publication.status)) + "\n";
  }

  std::string Parts() const {
    if (diff_.is_empty()) return Say("两者价格、条件、修正体系完全相同\n", "no differences\n");
    return Prices() + Conditions() + Tables();
  }

  std::string Counts() const {
    TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight});
    table.Add({Say("用途", "use"), Say("上调", "raised"), Say("下调", "lowered"),
               Say("不变", "same"), Say("不可比", "not comparable")});
    for (const auto& [use, counts] : diff_.counts) {
      table.Add({Label("", CodeOf(use)), std::to_string(counts.raised),
                 std::to_string(counts.lowered), std::to_string(counts.same),
                 std::to_string(counts.unlike)});
    }
    return table.ToString();
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(In(language_, zh, en));
  }
  std::string Label(std::string_view prefix, std::string_view code) const {
    return std::string(labels_.Of(std::string(prefix) + std::string(code), language_));
  }

  std::string Prices() const {
    if (diff_.prices.empty()) return "";
    TextTable table(
        {Align::kLeft, Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kLeft});
    table.Add({Say("用途", "use"), Say("范围", "place"), Say("旧价", "old"), Say("新价", "new"),
               Say("变动 %", "change %"), Say("说明", "note")});
    for (const PriceDiff& price : diff_.prices) {
      table.Add({Label("", CodeOf(price.use)), PlaceText(price), PriceText(price.before),
                 PriceText(price.after), ChangeText(price.change), NoteText(price)});
    }
    return "\n" + table.ToString();
  }

  std::string GradeText(int grade) const {
    return grade == 0 ? Say("未定级", "no grade") : Say("级别 ", "grade ") + std::to_string(grade);
  }

  std::string PlaceText(const PriceDiff& price) const {
    const StatedPrice& stated = price.after ? *price.after : *price.before;
    if (price.place != PricePlace::kGrade) {
      return Label("diff.", CodeOf(price.place)) + " " + price.name;
    }
    const std::string grade = GradeText(stated.grade);
    return price.name.empty() ? grade : grade + " " + price.name;
  }

  std::string PriceText(const std::optional<StatedPrice>& stated) const {
    if (!stated) return "";
    return stated->price ? stated->price->ToString() : Say("无价格", "no price");
  }

  // What changed beside the price, or that the place is new or dropped.
  std::string NoteText(const PriceDiff& price) const {
    if (price.kind != DiffKind::kChanged) return Label("diff.", CodeOf(price.kind));
    const StatedPrice &was = *price.before, &is = *price.after;
    std::string note;
    const auto tell = [&](std::string_view name, const std::string& old_text,
                          const std::string& new_text) {
      if (old_text == new_text) return;
      if (!note.empty()) note += Say("；", "; ");
      note += Label("diff.", name) + " " + Arrow(old_text, new_text);
    };
    const auto text = [](const auto& quantity) {
      return quantity ? quantity->ToString() : std::string();
    };
    tell("grade", was.grade == 0 ? "" : std::to_string(was.grade),
         is.grade == 0 ? "" : std::to_string(is.grade));
    tell("far", text(was.far), text(is.far));
    tell("standard_depth", text(was.standard_depth), text(is.standard_depth));
    tell("state", Named(was.status), Named(is.status));
    tell("method", Named(was.method), Named(is.method));
    return note;
  }

  // A status or method; those of a refresh have names of their own here.
  std::string Named(const std::string& code) const {
    if (code.empty()) return code;
    return labels_.Has("diff." + code) ? Label("diff.", code) : Label("", code);
  }

  std::string Arrow(const std::string& was, const std::string& is) const {
    const auto shown = [this](const std::string& text) {
      return text.empty() ? Say("未载明", "not stated") : text;
    };
    return shown(was) + " → " + shown(is);
  }

  std::string Conditions() const {
    if (diff_.conditions.empty()) return "";
    std::string text = Say("\n变动的条件\n", "\nconditions that changed\n");
    for (const ConditionDiff& condition : diff_.conditions) {
      text += "  ";
      if (condition.use) text += Label("", CodeOf(*condition.use)) + " ";
      text += Label("diff.", condition.name) + Say("：", ": ") +
              Arrow(condition.before, condition.after) + "\n";
    }
    return text;
  }

  std::string Tables() const {
    if (diff_.tables.empty()) return "";
    std::string text = Say("\n变动的修正系数表\n", "\ncorrection tables that changed\n");
    for (const TableDiff& table : diff_.tables) {
      text += "  " + Label("", CodeOf(table.use)) + " " + TableName(table.name) + Say("：", ": ") +
              Label("diff.", CodeOf(table.kind)) + "\n";
    }
    return text;
  }

  // Tables that the field knows by name; others as the publication calls them.
  std::string TableName(const std::string& name) const {
    const std::string code = "step." + name;
    return labels_.Has(code) ? Label("step.", name) : name;
  }

  const PublicationDiff& diff_;
  const report::Labels& labels_;
  Language language_;
};

}  // namespace

std::string DiffTable(const Publication& before, const Publication& after,
                      const PublicationDiff& diff, const report::Labels& labels,
                      Language language) {
  const DiffWriter writer(diff, labels, language);
  return writer.Document("旧：", "old: ", before) + writer.Document("新：", "new: ", after) + "\n" +
         writer.Counts() + writer.Parts();
}

std::string ImpactTable(const Impact& impact, const report::Labels& labels, Language language) {
  const auto say = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight,
                   Align::kRight, Align::kRight, Align::kRight, Align::kRight, Align::kRight,
                   Align::kRight});
  table.Add({say("用途", "use"), say("级别", "grade"), say("宗数", "parcels"),
             say("上升", "raised"), say("下降", "lowered"), say("不变", "same"),
             say("未评估", "not valued"), say("平均 %", "mean %"), say("变动 %", "change %"),
             say("旧总价 元", "old yuan"), say("新总价 元", "new yuan")});
  const auto add = [&](const std::string& use, const std::string& grade, const ImpactTotals& sums) {
    std::string range = ChangeText(sums.largest_fall);
    if (sums.largest_fall && sums.largest_rise) range += " … ";
    range += ChangeText(sums.largest_rise);
    const bool is_summed = sums.with_total > 0;
    table.Add({use, grade, std::to_string(sums.parcels()), std::to_string(sums.raised),
               std::to_string(sums.lowered), std::to_string(sums.same),
               std::to_string(sums.not_valued), ChangeText(sums.mean_change()), range,
               is_summed ? sums.old_total.ToString() : "",
               is_summed ? sums.new_total.ToString() : ""});
  };
  for (const auto& [group, totals] : impact.groups) {
    add(group.use ? std::string(labels.Of(CodeOf(*group.use), language))
                  : say("混合或未载明", "mixed or not stated"),
        group.grade == 0 ? "" : std::to_string(group.grade), totals);
  }
  const ImpactTotals all = impact.total();
  add(say("合计", "together"), "", all);
  std::string text = say("\n对宗地的影响\n", "\nwhat it does to the parcels\n") + table.ToString();
  if (all.with_total > 0) {
    text += say("多付合计 元：", "paid more, yuan: ") + all.more.ToString() +
            say("；少付合计 元：", "; paid less, yuan: ") + all.less.ToString() + "\n";
  }
  for (const auto& [code, reason] : impact.withheld) {
    text += say("未评估：", "not valued: ") + std::to_string(reason.parcels) +
            say(" 宗，如：", ", for example: ") + TextOf(reason.first, language) + " (" +
            CodeId(code) + ")\n";
  }
  if (impact.elsewhere > 0) {
    text += say("载明在其他地区、未计入的宗地：", "parcels of other places, not counted: ") +
            std::to_string(impact.elsewhere) + "\n";
  }
  return text;
}

}  // namespace dijia::cli
