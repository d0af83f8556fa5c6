#include "cli/store_table.h"

#include <algorithm>
#include <string_view>

#include "cli/text_table.h"
#include "store/lifecycle.h"

namespace dijia::cli {
namespace {

using Align = TextTable::Align;
using json::Value;
using store::Event;

std::string StatusLabel(PublicationStatus status, const report::Labels& labels, Language language) {
  return std::string(labels.Of("publication." + std::string(CodeOf(status)), language));
}

std::string Say(Language language, std::string_view zh, std::string_view en) {
  return std::string(In(language, zh, en));
}

Value DayValue(const std::optional<Date>& day) { return day ? Value(FormatDate(*day)) : Value(); }

Value ObjectOf(const Event& event) {
  Value row(Value::Object{});
  row.Add("county", Value(event.key.county));
  row.Add("area", Value(event.area));
  row.Add("id", Value(event.key.publication));
  row.Add("status", Value::Text(CodeOf(event.status)));
  row.Add("in_force_from", Value(FormatDate(event.from)));
  row.Add("in_force_until", DayValue(event.until));
  row.Add("content_sha256", Value(event.content));
  row.Add("actor", Value(event.actor));
  row.Add("reason", Value(event.reason));
  row.Add("recorded_at", Value(event.recorded_at));
  row.Add("entry", Value::Integer(event.entry));
  row.Add("hash", Value(event.hash));
  return row;
}

// Name and value, one a line.
class Facts {
 public:
  explicit Facts(Language language) : language_(language) {}
  void Add(std::string_view zh, std::string_view en, const std::string& value) {
    if (!value.empty()) text_ += Say(language_, zh, en) + Say(language_, "：", ": ") + value + "\n";
  }
  const std::string& text() const { return text_; }

 private:
  Language language_;
  std::string text_;
};

std::string PeriodText(const Event& event, Language language) {
  const std::string from = FormatDate(event.from);
  if (!event.until) return from + Say(language, " 起", " on");
  return from + " – " + FormatDate(*event.until) + Say(language, "（不含）", " (not included)");
}

}  // namespace

std::string StoreTable(const std::vector<Event>& publications, const report::Labels& labels,
                       Language language) {
  TextTable table(std::vector<Align>(7, Align::kLeft));
  const auto say = [language](const char* zh, const char* en) { return Say(language, zh, en); };
  table.Add({say("县代码", "county"), say("片区", "area"), say("成果", "publication"),
             say("状态", "status"), say("自", "from"), say("至（不含）", "until"),
             say("最后办理", "last by")});
  for (const Event& event : publications) {
    table.Add({event.key.county, event.area, event.key.publication,
               StatusLabel(event.status, labels, language), FormatDate(event.from),
               event.until ? FormatDate(*event.until) : "", event.actor});
  }
  return table.ToString();
}

Value StoreList(const std::vector<Event>& publications) {
  Value::Array rows;
  for (const Event& event : publications) rows.push_back(ObjectOf(event));
  return Value(std::move(rows));
}

std::string HistoryText(const Publication& publication, const std::vector<Event>& history,
                        const report::Labels& labels, Language language) {
  const Event& last = history.back();
  Facts facts(language);
  facts.Add("成果", "publication", publication.id);
  facts.Add("名称", "title", publication.title);
  facts.Add("文号", "document no.", publication.document_no);
  facts.Add("县代码", "county", publication.county);
  facts.Add("片区", "area", publication.area);
  facts.Add("基准日", "base date", FormatDate(publication.base_date));
  facts.Add("状态", "status", StatusLabel(last.status, labels, language));
  facts.Add("施行", "in force", PeriodText(last, language));
  facts.Add("文件 SHA-256", "document SHA-256", last.content);
  for (const store::ManifestLine& line : store::ReadManifest(last.evidence)) {
    facts.Add("证据", "evidence", line.name + " " + line.sha256);
  }
  TextTable table({Align::kRight, Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft});
  const auto say = [language](const char* zh, const char* en) { return Say(language, zh, en); };
  table.Add({say("记录", "entry"), say("时间（UTC）", "time (UTC)"), say("状态", "status"),
             say("办理人", "by"), say("理由", "reason")});
  for (const Event& event : history) {
    std::string reason = event.reason;
    std::ranges::replace(reason, '\n', ' ');
    table.Add({std::to_string(event.entry), event.recorded_at,
               StatusLabel(event.status, labels, language), event.actor, reason});
  }
  return facts.text() + "\n" + table.ToString();
}

std::string VerificationTable(const store::Verification& verification, Language language) {
  TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kLeft, Align::kLeft});
  const auto say = [language](const char* zh, const char* en) { return Say(language, zh, en); };
  table.Add({say("县代码", "county"), say("记录", "entries"), say("文件", "texts"),
             say("结果", "result"), say("末条散列值", "hash of the last entry")});
  for (const store::Verification::Chain& chain : verification.chains) {
    table.Add({chain.county, std::to_string(chain.entries), std::to_string(chain.texts),
               chain.is_whole ? say("完整", "whole") : say("已断", "broken"), chain.head});
  }
  for (const store::Verification::Chain& chain : verification.checks) {
    table.Add({chain.county + say(" 存档的核对", " kept checks"), std::to_string(chain.entries), "",
               chain.is_whole ? say("完整", "whole") : say("已断", "broken"), chain.head});
  }
  for (const store::Verification::Chain& chain : verification.samples) {
    table.Add({chain.county + say(" 样点", " samples"), std::to_string(chain.entries),
               std::to_string(chain.texts),
               chain.is_whole ? say("完整", "whole") : say("已断", "broken"), chain.head});
  }
  for (const store::Verification::Chain& chain : verification.classes) {
    table.Add({chain.county + say(" 等别", " land classes"), std::to_string(chain.entries), "",
               chain.is_whole ? say("完整", "whole") : say("已断", "broken"), chain.head});
  }
  const auto add = [&](const std::string& name, const auto& log) {
    if (!log) return;
    table.Add({name, std::to_string(log->entries), "",
               log->is_whole ? say("完整", "whole") : say("已断", "broken"), log->head});
  };
  add(say("人员", "people"), verification.people);
  add(say("密钥", "keys"), verification.keys);
  return table.ToString();
}

std::string ProofTable(const std::vector<app::Proof>& proofs, Language language) {
  const auto say = [language](const char* zh, const char* en) { return Say(language, zh, en); };
  const auto words = [&say](app::ProofOutcome outcome) {
    switch (outcome) {
      case app::ProofOutcome::kIdentical:
        return say("逐字节一致", "bit-identical");
      case app::ProofOutcome::kExtended:
        return say("所算部分一致，另有补充", "identical where computed, extended");
      case app::ProofOutcome::kDiffers:
        return say("不一致", "differs");
      case app::ProofOutcome::kNotPossible:
        return say("不能重新计算", "cannot be made again");
      case app::ProofOutcome::kNoEvidence:
        break;
    }
    return say("没有 evidence.json", "no evidence.json");
  };
  TextTable table({Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft});
  table.Add({say("县代码", "county"), say("成果", "publication"), say("重新计算", "made again"),
             say("补充之处", "added")});
  for (const app::Proof& proof : proofs) {
    std::string added;
    for (const std::string& pointer : proof.added) added += (added.empty() ? "" : ", ") + pointer;
    table.Add({proof.key.county, proof.key.publication, words(proof.outcome), added});
  }
  return table.ToString();
}

std::string RejudgedLine(const app::Rejudged& rejudged, Language language) {
  const auto say = [language](const char* zh, const char* en) { return Say(language, zh, en); };
  std::string line = say("存档的核对重新判断：一致 ", "kept checks judged again: the same ") +
                     std::to_string(rejudged.same) + say("，不一致 ", ", different ") +
                     std::to_string(rejudged.differ);
  if (rejudged.other_rules > 0) {
    line += say("，规则包不在此处 ", ", by rules that are not here ") +
            std::to_string(rejudged.other_rules);
  }
  return line + "\n";
}

}  // namespace dijia::cli
