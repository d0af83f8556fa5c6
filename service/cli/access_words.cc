#include "cli/access_words.h"

#include <pwd.h>
#include <unistd.h>

#include <string_view>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "store/access_key.h"

namespace dijia::cli {

store::Act ActOfUser(const StoreWords& words) {
  store::Act act = ActOf(words);
  if (!act.actor.empty()) return act;
  const passwd* user = ::getpwuid(::geteuid());  // NOLINT(concurrency-mt-unsafe)
  act.actor = user != nullptr ? user->pw_name : "uid " + std::to_string(::geteuid());
  return act;
}

std::optional<Diagnostic> FaultOfRole(const std::string& role) {
  if (role.empty() || FromCode<store::Role>(role)) return std::nullopt;
  std::vector<std::string_view> roles;
  for (const EnumRow<store::Role>& row : EnumTableOf<store::Role>::kRows) roles.push_back(row.code);
  return Diagnostic{Code::kOptionNotAllowed, {}, {"--role", role, JoinNames(roles)}};
}

}  // namespace dijia::cli
