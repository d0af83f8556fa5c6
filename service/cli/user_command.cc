#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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
using store::Person;
using store::Role;

// The word of `--county` for a person who acts in every county.
constexpr const char* kAllCounties = "all";

struct UserWords : StoreWords {
  std::string role;
};
using Job = Outcome (*)(const UserWords&, Diagnostics&);

std::string CountyOf(const UserWords& words) {
  return words.county == kAllCounties ? "" : words.county;
}

// A person and how many keys of their name are in force.
struct Row {
  Person person;
  std::int64_t keys = 0;
};

std::vector<Row> RowsOf(store::Store& store) {
  const std::vector<Person> people = store::PeopleOf(store.PersonLog());
  std::vector<Row> rows;
  for (const Person& person : people) rows.push_back({person, 0});
  for (const store::AccessKey& key : store::KeysOf(store.KeyLog())) {
    const Person* owner = store::FindPerson(people, key.about.name);
    if (owner == nullptr || !store::HeldTo(key, people).revoked_at.empty()) continue;
    ++rows[static_cast<std::size_t>(owner - people.data())].keys;
  }
  return rows;
}

std::string UserTable(const std::vector<Row>& rows, Language language) {
  using Align = TextTable::Align;
  const auto say = [language](const char* zh, const char* en) {
    return std::string(In(language, zh, en));
  };
  TextTable table(
      {Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft, Align::kLeft, Align::kRight});
  table.Add({say("名称", "name"), say("角色", "role"), say("县代码", "county"),
             say("登记（UTC）", "since (UTC)"), say("离任（UTC）", "left (UTC)"),
             say("密钥", "keys")});
  for (const auto& [person, keys] : rows) {
    table.Add({person.about.name, std::string(CodeOf(person.about.role)), person.about.county,
               person.added_at, person.left_at, std::to_string(keys)});
  }
  return table.ToString();
}

json::Value UserList(const std::vector<Row>& rows) {
  using json::Value;
  Value list{Value::Array()};
  for (const auto& [person, keys] : rows) {
    Value row{Value::Object()};
    row.Add("person", Value(person.id));
    row.Add("name", Value(person.about.name));
    row.Add("role", Value::Text(CodeOf(person.about.role)));
    row.Add("county", Value(person.about.county));
    row.Add("added_at", Value(person.added_at));
    row.Add("left_at", person.left_at.empty() ? Value() : Value(person.left_at));
    row.Add("keys", Value::Integer(keys));
    list.array()->push_back(std::move(row));
  }
  return list;
}

// Shows the person whom an entry is about; nothing without one.
Outcome Show(store::Store& store, const std::optional<store::PersonEntry>& entry,
             const UserWords& words) {
  if (!entry) return std::nullopt;
  std::vector<Row> rows = RowsOf(store);
  std::erase_if(rows, [&entry](const Row& row) { return row.person.id != entry->person; });
  std::cout << UserTable(rows, LanguageOf(words));
  return Answers{"", kFine};
}

Outcome Add(const UserWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  const store::NewPerson person{words.words.front(), *FromCode<Role>(words.role), CountyOf(words)};
  return Show(*store, store->AddPerson(person, ActOfUser(words), diagnostics), words);
}

Outcome Change(const UserWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  store::PersonChange change;
  change.role = FromCode<Role>(words.role);
  if (!words.county.empty()) change.county = CountyOf(words);
  return Show(*store,
              store->ChangePerson(words.words.front(), change, ActOfUser(words), diagnostics),
              words);
}

Outcome Leave(const UserWords& words, Diagnostics& diagnostics) {
  const auto store = OpenStore(words);
  return Show(*store, store->LeavePerson(words.words.front(), ActOfUser(words), diagnostics),
              words);
}

Outcome List(const UserWords& words, Diagnostics&) {
  const std::vector<Row> rows = RowsOf(*OpenStore(words));
  std::cout << (words.output_format == "json" ? json::ToPretty(UserList(rows))
                                              : UserTable(rows, LanguageOf(words)));
  return Answers{"", kFine};
}

std::optional<Diagnostic> FindFault(Job job, const Command& command, const UserWords& words) {
  if (const auto fault = FaultOf(command, words)) return fault;
  const std::size_t most = job == List ? 0 : 1;
  if (words.words.size() < most) return Diagnostic{Code::kMissingWord, {}, {"NAME"}};
  if (words.words.size() > most) return Diagnostic{Code::kUnexpectedWord, {}, {words.words[most]}};
  if (words.role.empty() && (job == Add || (job == Change && words.county.empty()))) {
    return Diagnostic{Code::kMissingWord, {}, {job == Add ? "--role" : "--role|--county"}};
  }
  if (const auto fault = FaultOfRole(words.role)) return fault;
  if (const auto fault = FaultOfListFormat(words)) return fault;
  const std::string& county = words.county;
  if (county.empty() || county == kAllCounties || IsCounty(county)) return std::nullopt;
  return Diagnostic{Code::kOptionNotAllowed, {}, {"--county", county, "152502, all"}};
}

struct UserCommand {
  const char *name, *usage, *about;
  Job job;
};

constexpr UserCommand kCommands[] = {
    {"add", "NAME --role ROLE [OPTIONS]",
     "登记人员；登记第一人以后，只有在任人员可以办理\n"
     "registers a person; from the first one on only people in force take steps",
     Add},
    {"change", "NAME [--role ROLE] [--county CODE] [OPTIONS]",
     "改人员的角色或旗县\nanother role or county", Change},
    {"leave", "NAME [OPTIONS]",
     "人员离任，其密钥一秒内不再有效\na person leaves; their keys are refused within a second",
     Leave},
    {"list", "[OPTIONS]", "列出人员，已离任的也在内\nall people, those who left among them", List},
};

void AddWords(const OptionGroup& options, Job job, UserWords& words) {
  if (job != List) options.Add("NAME", words.words, "", "人员的名称\nname of the person");
  if (job == Add || job == Change) {
    options.Add("--role", words.role, "ROLE",
                "viewer 查看，clerk 提交，approver 批准、公布、撤回，admin 查看日志\n"
                "viewer reads, clerk submits, approver approves, publishes and withdraws, admin "
                "reads the log");
    options.Add("--county", words.county, "CODE",
                "只可办理此旗县的；all 为全部\nacts in this county only; all = in every one");
  }
  if (job == List) AddListFormat(options, words);
  AddStore(options, words);
  if (job != List) AddActor(options, words);
  AddLanguage(options, words.language);
  AddDiagnostics(options, words.diagnostics);
}

void AddCommand(const Command& group, const UserCommand& kind, Action& action) {
  const Command command = group.AddCommand(kind.name, kind.about);
  const auto words = std::make_shared<UserWords>();
  command.DressHelp(kind.usage);
  AddWords(OptionGroup(command), kind.job, *words);
  ActOverStore(
      command, words, action,
      [&kind](const Command& named, const UserWords& said) {
        return FindFault(kind.job, named, said);
      },
      kind.job);
}

}  // namespace

void AddUserCommand(const Command& program, Action& action) {
  const Command group =
      program.AddCommand("user", "人员：谁可以办理什么\npeople, and what they may do");
  group.DressHelp("add|change|leave|list ...");
  for (const UserCommand& kind : kCommands) AddCommand(group, kind, action);
  AddGroupHelp(group, action);
}

}  // namespace dijia::cli
