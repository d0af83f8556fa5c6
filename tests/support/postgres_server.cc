#include "support/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace dijia::test {
namespace {

namespace fs = std::filesystem;
using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

// The newest server that is installed; empty when none is.
fs::path FindPrograms() {
  fs::path found;
  int newest = 0;
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
    const int number = std::atoi(version.path().filename().c_str());
    const bool is_whole = fs::exists(version.path() / "bin" / "initdb", ignored) &&
                          fs::exists(version.path() / "bin" / "postgres", ignored);
    if (is_whole && number > newest) {
      newest = number;
      found = version.path() / "bin";
    }
  }
  return found;
}

// The server refuses to run as root.
const passwd* UserOfServer() {
  return ::geteuid() == 0 ? ::getpwnam("postgres") : ::getpwuid(::geteuid());
}

// In the child between fork and exec: nothing of the parent's is allocated or locked here.
[[noreturn]] void Become(const passwd& user, char* const* words, const char* log) {
  if (::geteuid() == 0 &&
      (::setgroups(0, nullptr) != 0 || ::setgid(user.pw_gid) != 0 || ::setuid(user.pw_uid) != 0))
    ::_exit(126);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);  // the server ends with the test, however that ends
  const int file = ::open(log, O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  ::execv(words[0], words);
  ::_exit(127);
}

pid_t Spawn(const passwd& user, std::vector<std::string> words, const std::string& log) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) Become(user, pointers.data(), log.c_str());
  return child;
}

void Pause() {
  const timespec wait{0, 20'000'000};
  ::nanosleep(&wait, nullptr);
}

}  // namespace

PostgresServer& PostgresServer::Shared() {
  static PostgresServer server;
  return server;
}

PostgresServer::PostgresServer() : programs_(FindPrograms()) {
  const passwd* user = UserOfServer();
  if (programs_.empty()) why_absent_ = "no PostgreSQL server is installed (Debian: postgresql)";
  if (user == nullptr) why_absent_ = "there is no user postgres to run a server as";
  if (!why_absent_.empty()) return;
  if (::geteuid() == 0 && ::chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
    why_absent_ = "the folder of the server cannot be given to " + std::string(user->pw_name);
    return;
  }
  const pid_t init = Spawn(*user,
                           {programs_ / "initdb", "-D", folder_ / "data", "-U", "dijia", "-E",
                            "UTF8", "--no-locale", "-A", "trust", "--no-sync"},
                           folder_ / "log");
  int status = 0;
  ::waitpid(init, &status, 0);
  if (status != 0) {
    ADD_FAILURE() << "initdb: " << Contents(folder_ / "log");
    why_absent_ = "initdb fails";
    return;
  }
  Start();
}

// Without fsync: what is left when processes are killed is in the memory of the system either way.
void PostgresServer::Start() {
  server_ = Spawn(*UserOfServer(),
                  {programs_ / "postgres", "-D", folder_ / "data", "-k", folder_.path(), "-c",
                   "listen_addresses=", "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c",
                   "max_connections=50"},
                  folder_ / "log");
  AwaitReady();
}

PostgresServer::~PostgresServer() {
  if (server_ <= 0) return;
  ::kill(server_, SIGQUIT);
  ::waitpid(server_, nullptr, 0);
}

void PostgresServer::KillAndRestart() {
  // Its processes notice that the first of them is gone and end; a new server waits for that.
  ::kill(server_, SIGKILL);
  ::waitpid(server_, nullptr, 0);
  for (int tries = 0; tries < 500; ++tries) {
    Start();
    int status = 0;
    if (::waitpid(server_, &status, WNOHANG) == 0) return;
    Pause();
  }
  ADD_FAILURE() << "the server does not start again: " << Contents(folder_ / "log");
}

void PostgresServer::KillProcess(pid_t process) const {
  // Gone is it when its parent has noticed, which then ends the others.
  for (::kill(process, SIGKILL); ::kill(process, 0) == 0;) Pause();
  Pause();
  AwaitReady();
}

void PostgresServer::AwaitReady() const {
  const std::string address = Address("postgres");
  for (int tries = 0; tries < 1'500; ++tries) {
    if (PQping(address.c_str()) == PQPING_OK) return;
    // One that ended by itself takes none.
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(server_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 &&
        ended.si_pid == server_) {
      return;
    }
    Pause();
  }
  ADD_FAILURE() << "the server takes no connections: " << Contents(folder_ / "log");
}

std::string PostgresServer::Address(const std::string& database, const std::string& user) const {
  return "postgresql:///" + database + "?host=" + folder_.path().string() + "&user=" + user;
}

void PostgresServer::Create(const std::string& database) const {
  const Connection connection(PQconnectdb(Address("postgres").c_str()), PQfinish);
  const std::string sql = "CREATE DATABASE \"" + database + "\"";
  PGresult* result = PQexec(connection.get(), sql.c_str());
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state != nullptr && std::string(state) != "42P04") {
    ADD_FAILURE() << PQerrorMessage(connection.get());
  }
  PQclear(result);
}

}  // namespace dijia::test
