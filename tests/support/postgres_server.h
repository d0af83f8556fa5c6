// A PostgreSQL server of the test program's own: in a temporary folder, on a socket in it, gone
// when the program ends.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>

#include "support/temporary_folder.h"

namespace dijia::test {

class PostgresServer {
 public:
  // The server of this program, started when it is first asked for.
  static PostgresServer& Shared();

  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // Why there is none; empty when there is one. Tests are skipped with this reason.
  const std::string& why_absent() const { return why_absent_; }

  // The address of a database of that name, as the superuser or another.
  std::string Address(const std::string& database, const std::string& user = "dijia") const;
  // Makes an empty database, unless it is there.
  void Create(const std::string& database) const;

  // kill -9 of the server with all its processes, as when power fails, and a new one on its data.
  void KillAndRestart();
  // kill -9 of one of its processes: the server then ends all others and recovers. Waits for that.
  void KillProcess(pid_t process) const;

 private:
  PostgresServer();
  void Start();
  void AwaitReady() const;

  TemporaryFolder folder_;
  std::filesystem::path programs_;  // initdb, postgres
  std::string why_absent_;
  pid_t server_ = 0;
};

}  // namespace dijia::test
