#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/access_keys.h"
#include "cli/access_words.h"
#include "cli/command.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/store_words.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "json/text.h"
#include "store/key_log.h"
#include "store/person_log.h"

namespace dijia::cli {
namespace {

using Outcome = std::optional<Answers>;
using app::Role;

// The words of the commands over keys beside those that all commands over the store have.
struct KeyWords : StoreWords {
  std::string name, role;
};
using Job = Outcome (*)(const KeyWords&, Diagnostics&);

// The secret alone goes to the output, so that a script can take it.
Outcome Add(const KeyWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const std::vector<store::Person> people = store::PeopleOf(store->PersonLog());
  const store::Person* owner = store::FindPerson(people, words.name);
  if (words.role.empty() && owner == nullptr) {
    return Answers{"", UsageError({Code::kMissingWord, {}, {"--role"}}, LanguageOf(words))};
  }
  const Role role = words.role.empty() ? owner->about.role : *FromCode<Role>(words.role);
  const bool takes_county = words.county.empty() && owner != nullptr;
  const std::string county = takes_county ? owner->about.county : words.county;
  const auto made = app::MakeKey(*store, words.name, role, county, ActOfUser(words), diagnostics);
  if (!made) return std::nullopt;
  std::cout << made->text << "\n" << std::flush;
  const Language language = LanguageOf(words);
  std::cerr << In(language, "密钥 ", "key ") << made->entry.key
            << In(language, " 已建立；它只显示这一次，请妥善保存",
                  " is made; it is shown this once, keep it safe")
            << "\n";
  return Answers{"", kFine};
}

std::string KeyTable(const std::vector<store::AccessKey>& keys, Language language) {
  using Align = TextTable::Align;
  const auto say = [language](const char* zh, const char* en) {
    return std::string(In(language, zh, en));
  };
  TextTable table(std::vector<Align>(6, Align::kLeft));
  table.Add({say("密钥", "key"), say("名称", "name"), say("角色", "role"), say("县代码", "county"),
             say("建立（UTC）", "made (UTC)"), say("撤销（UTC）", "revoked (UTC)")});
  for (const store::AccessKey& key : keys) {
    table.Add({key.id, key.about.name, std::string(CodeOf(key.about.role)), key.about.county,
               key.made_at, key.revoked_at});
  }
  return table.ToString();
}

json::Value KeyList(const std::vector<store::AccessKey>& keys) {
  using json::Value;
  Value list{Value::Array()};
  for (const store::AccessKey& key : keys) {
    Value row{Value::Object()};
    row.Add("key", Value(key.id));
    row.Add("name", Value(key.about.name));
    row.Add("role", Value::Text(CodeOf(key.about.role)));
    row.Add("county", Value(key.about.county));
    row.Add("made_at", Value(key.made_at));
    row.Add("revoked_at", key.revoked_at.empty() ? Value() : Value(key.revoked_at));
    list.array()->push_back(std::move(row));
  }
  return list;
}

Outcome List(const KeyWords& words, Diagnostics&) {
  const auto keys = store::KeysOf(OpenStore(words)->KeyLog());
  std::cout << (words.output_format == "json" ? json::ToPretty(KeyList(keys))
                                              : KeyTable(keys, LanguageOf(words)));
  return Answers{"", kFine};
}

Outcome Revoke(const KeyWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const auto entry = store->RevokeKey(words.words.front(), ActOfUser(words), diagnostics);
  if (!entry) return std::nullopt;
  std::cout << KeyTable({{entry->key, entry->about, "", entry->recorded_at}}, LanguageOf(words));
  return Answers{"", kFine};
}

std::optional<Diagnostic> FindAddFault(const KeyWords& words) {
  if (words.name.empty()) return Diagnostic{Code::kMissingWord, {}, {"--name"}};
  if (const auto fault = FaultOfRole(words.role)) return fault;
  if (words.county.empty() || IsCounty(words.county)) return std::nullopt;
  return Diagnostic{Code::kOptionNotAllowed, {}, {"--county", words.county, "152502"}};
}

std::optional<Diagnostic> FindFault(Job job, const Command& command, const KeyWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  const std::size_t most = job == Revoke ? 1 : 0;
  if (words.words.size() < most) return Diagnostic{Code::kMissingWord, {}, {"ID"}};
  if (words.words.size() > most) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[most]}};
  if (job == Add) return FindAddFault(words);
  return FaultOfListFormat(words);
}

struct KeyCommand {
  const char *name, *usage, *about;
  Job job;
};

constexpr KeyCommand kCommands[] = {
    {"add", "--name NAME [--role ROLE] [OPTIONS]",
     "建立密钥，显示一次\nmakes a key and shows it, once", Add},
    {"list", "[OPTIONS]", "列出密钥，已撤销的也在内\nall keys, those revoked among them", List},
    {"revoke", "ID [OPTIONS]",
     "撤销密钥，运行中的服务一秒内不再接受\n"
     "revokes a key; services refuse it within a second",
     Revoke},
};

void AddWords(const OptionGroup& options, Job job, KeyWords& words) {
  if (job == Add) {
    options.Add("--name", words.name, "NAME",
                "人或系统的名称，以后办理时记为办理人\n"
                "of the person or system: the actor of what is done with the key");
    options.Add("--role", words.role, "ROLE",
                "viewer 查看，clerk 收入和提交，approver 批准、公布、撤回，admin "
                "查看日志；默认为此人的角色\n"
                "viewer reads, clerk imports and submits, approver approves, publishes and "
                "withdraws, admin reads the log; of a person, theirs when absent");
    options.Add("--county", words.county, "CODE",
                "只可办理此旗县的；默认为此人的旗县\n"
                "changes publications of this county only; of a person, theirs when absent");
  }
  if (job == Revoke) options.Add("ID", words.words, "", "密钥代号，如 k1\nid of the key");
  if (job == List) AddListFormat(options, words);
  AddStore(options, words);
  if (job != List) AddActor(options, words);
  AddLanguage(options, words.language);
  AddDiagnostics(options, words.diagnostics);
}

void AddCommand(const Command& group, const KeyCommand& kind, Action& action) {
  const Command command = group.AddCommand(kind.name, kind.about);
  const auto words = std::make_shared<KeyWords>();
  command.DressHelp(kind.usage);
  AddWords(OptionGroup(command), kind.job, *words);
  ActOverStore(
      command, words, action,
      [&kind](const Command& named, const KeyWords& said) {
        return FindFault(kind.job, named, said);
      },
      kind.job);
}

}  // namespace

void AddKeyCommand(const Command& program, Action& action) {
  const Command group =
      program.AddCommand("key", "HTTP 服务的密钥\nkeys with which others call the service");
  group.DressHelp("add|list|revoke ...");
  for (const KeyCommand& kind : kCommands) AddCommand(group, kind, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
