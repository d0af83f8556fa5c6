#include "cli/shell.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

void Redirect(int descriptor, const fs::path& file, int flags) {
  const int opened = ::open(file.c_str(), flags, 0600);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(125);
}

[[noreturn]] void Execute(const std::string& command, const fs::path& folder,
                          const fs::path& streams) {
  Redirect(STDIN_FILENO, streams / "in", O_RDONLY);
  Redirect(STDOUT_FILENO, streams / "out", O_WRONLY | O_CREAT | O_TRUNC);
  Redirect(STDERR_FILENO, streams / "err", O_WRONLY | O_CREAT | O_TRUNC);
  if (::chdir(folder.c_str()) != 0) ::_exit(125);
  const std::string path = std::string(DIJIA_PROGRAM_FOLDER) + ":" + std::getenv("PATH");
  ::setenv("PATH", path.c_str(), 1);
  ::setenv("LC_ALL", "C.UTF-8", 1);
  ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
  ::_exit(125);
}

}  // namespace

ShellResult RunShell(const std::string& command, const fs::path& folder, const std::string& input) {
  constexpr int kSignalBase = 128;
  const TemporaryFolder streams;
  Put(streams / "in", input);
  const pid_t child = ::fork();
  if (child == 0) Execute(command, folder, streams.path());
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  ShellResult result;
  result.exit = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalBase + WTERMSIG(status);
  result.out = Contents(streams / "out");
  result.err = Contents(streams / "err");
  return result;
}

}  // namespace dijia::test
