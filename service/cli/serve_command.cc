#include <Poco/Exception.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>

#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "dijia/base/names.h"
#include "http/router.h"
#include "http/rules_in_force.h"
#include "http/server.h"
#include "io/file_error.h"
#include "io/rule_packs.h"

namespace dijia::cli {
namespace {

struct ServeOptions {
  std::string listen = "127.0.0.1:8080";
  std::string rules = io::kDefaultRules;
  std::string log_level = "info";
  std::string language = "zh";
  bool behind_proxy = false;
  bool trial = false;
  double stop_seconds = 10;
  double keep_alive_seconds = 15;
  double patience_seconds = 10;
  http::Limits limits;
};

constexpr std::string_view kLevels[] = {"error", "warning", "info"};

std::chrono::milliseconds Milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

void WriteStderr(std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, lines.data(), lines.size());
    if (count < 0 && errno != EINTR) return;  // nobody reads the log: the service goes on
    if (count > 0) lines.remove_prefix(static_cast<std::size_t>(count));
  }
}

void LogProblems(const Diagnostics& problems, http::Log& log) {
  for (const Diagnostic& problem : problems.kept()) {
    const std::string text = Describe(problem, Language::kEn);
    log.Event(http::LogLevel::kWarning, "rules_problem", {{"text", text}});
  }
}

void Reload(http::Service& service) {
  Diagnostics problems;
  const auto result = service.rules.Read(problems);
  const auto rules = service.rules.Now();
  const rules::RulePack& pack = rules->pack();
  if (result == http::RulesInForce::Reload::kKept) {
    service.metrics.reloads_refused.fetch_add(1);
    const Diagnostic kept{Code::kRulesKept, {}, {std::to_string(problems.errors()), pack.version}};
    service.log.Event(http::LogLevel::kWarning, "rules_kept",
                      {{"text", Describe(kept, Language::kEn)}});
    LogProblems(problems, service.log);
  }
  if (result != http::RulesInForce::Reload::kReplaced) return;
  service.metrics.reloads_taken.fetch_add(1);
  service.log.Event(http::LogLevel::kInfo, "rules_replaced",
                    {{"pack", pack.id}, {"version", pack.version}, {"sha256", pack.sha256}});
}

// Every connection is a descriptor; the usual limit of 1,024 would be met before our own.
void AllowManyFiles() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Until a signal asks to stop: reads the rules again on SIGHUP, and when their files have been
// changed and then left alone for a second.
void ServeUntilStopped(http::Service& service) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  bool changed = false;
  for (;;) {
    const timespec second{1, 0};
    const int signal = ::sigtimedwait(&signals, nullptr, &second);
    if (signal == SIGINT || signal == SIGTERM) return;
    if (signal == SIGHUP) Reload(service);
    if (signal > 0) continue;
    if (service.rules.FilesChanged()) {
      changed = true;
    } else if (changed) {
      changed = false;
      Reload(service);
    }
  }
}

int Run(const ServeOptions& options, const http::ListenAddress& address) {
  const Language language = *FromCode<Language>(options.language);
  HoldInterrupts();
  AllowManyFiles();
  Diagnostics problems;
  http::RulesInForce rules(options.rules, PacksFolder(), problems);
  for (const Diagnostic& problem : problems.kept()) {
    std::cerr << Describe(problem, language) << "\n";
  }
  if (!rules.loaded()) return kInputErrors;
  const auto level = std::ranges::find(kLevels, options.log_level) - std::begin(kLevels);
  http::Log log(static_cast<http::LogLevel>(level), WriteStderr);
  http::Service service(http::Routes(), options.limits, rules,
                        DataFolder() / "reference", log);
  try {
    http::Server server(address, service);
    std::cout << "listening on " << server.address() << std::endl;
    if (!options.trial) ServeUntilStopped(service);
    log.Event(http::LogLevel::kInfo, "stopping", {});
    const bool finished = server.Stop(Milliseconds(options.stop_seconds));
    log.Event(http::LogLevel::kInfo, "stopped", {{"finished", finished ? "yes" : "no"}});
    return kFine;
  } catch (const Poco::Exception& exception) {
    std::cerr << Describe({Code::kCannotListen, {}, {options.listen, exception.displayText()}},
                          language)
              << "\n";
    return kFileTrouble;
  }
}

int CheckAndRun(const CLI::App& command, ServeOptions& options) {
  const Language language = FromCode<Language>(options.language).value_or(Language::kZh);
  if (const std::vector<std::string> extra = command.remaining(); !extra.empty()) {
    return UsageError(UnexpectedWord(command, extra), language);
  }
  const Result<http::ListenAddress> address = http::ParseListenAddress(options.listen);
  if (!address) return UsageError({address.error().code, {}, {address.error().detail}}, language);
  if (!address->loopback && !options.behind_proxy) {
    return UsageError({Code::kNotLoopback, {}, {options.listen}}, language);
  }
  options.limits.keep_alive = Milliseconds(options.keep_alive_seconds);
  options.limits.patience = Milliseconds(options.patience_seconds);
  try {
    return Run(options, *address);
  } catch (const io::FileError& error) {
    std::cerr << Describe(error.diagnostic(), language) << "\n";
    return kFileTrouble;
  }
}

void AddLimits(CLI::App& command, ServeOptions& options) {
  http::Limits& limits = options.limits;
  command.add_option("--max-connections", limits.connections, "open at the same time / 最多连接数")
      ->check(CLI::Range(1, 65536))
      ->capture_default_str();
  command.add_option("--max-body", limits.body_bytes, "bytes of a single case / 单个案例的字节数")
      ->check(CLI::Range(1024, 1 << 30))
      ->capture_default_str();
  command.add_option("--max-batch-bytes", limits.batch_bytes, "of a batch / 批量的字节数")
      ->capture_default_str();
  command.add_option("--max-batch-rows", limits.batch_rows, "of a batch / 批量的行数")
      ->capture_default_str();
  command
      .add_option("--keep-alive", options.keep_alive_seconds,
                  "seconds of silence between requests / 空闲秒数")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  command
      .add_option("--patience", options.patience_seconds,
                  "seconds for a head, or without progress / 等待慢客户端的秒数")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  command
      .add_option("--stop-within", options.stop_seconds,
                  "seconds to finish requests when stopping / 停止时限（秒）")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
}

}  // namespace

void AddServeCommand(CLI::App& program, Action& action) {
  CLI::App* command = program.add_subcommand(
      "serve", "checks over HTTP, and a page to make one by hand / HTTP 服务");
  command->allow_extras();
  const auto options = std::make_shared<ServeOptions>();
  command->add_option("--listen", options->listen, "ADDR:PORT; port 0 picks one / 监听地址")
      ->capture_default_str();
  command->add_flag("--behind-proxy", options->behind_proxy,
                    "allow other than loopback addresses: a proxy has TLS and keys / 在代理之后");
  command->add_option("--rules", options->rules, "rule pack: a name, or a folder / 规则包")
      ->capture_default_str();
  command->add_option("--log-level", options->log_level, "error, warning or info / 日志级别")
      ->check(CLI::IsMember(std::vector<std::string>(std::begin(kLevels), std::end(kLevels))))
      ->capture_default_str();
  command->add_option("--lang", options->language, "of messages on stderr / 消息语言")
      ->check(CLI::IsMember({"zh", "en"}))
      ->capture_default_str();
  command->add_flag("--trial", options->trial, "start, then stop / 启动后即停止");
  AddLimits(*command, *options);
  command->callback([command, options, &action] {
    action = [command, options] { return CheckAndRun(*command, *options); };
  });
}

}  // namespace dijia::cli
