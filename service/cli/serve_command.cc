#include <Poco/Exception.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs.h"
#include "app/price_source.h"
#include "app/publication_desk.h"
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/language_text.h"
#include "cli/store_words.h"
#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "http/changes.h"
#include "http/keys_in_force.h"
#include "http/prices_in_force.h"
#include "http/router.h"
#include "http/rules_in_force.h"
#include "http/server.h"
#include "io/file_error.h"
#include "io/rule_packs.h"

namespace dijia::cli {
namespace {

// The words of the command line as they are.
struct ServeWords {
  std::string listen = "127.0.0.1:8080";
  std::string rules = io::kDefaultRules;
  std::string log_level = "info";
  std::string language = "zh";
  std::string store, jobs, tls_certificate, tls_key;
  std::vector<std::string> publications;
  std::vector<std::string> numbers;  // by kNumbers
  bool behind_proxy = false;
  bool trial = false;
};

struct ServeOrder {
  http::ListenAddress address;
  http::Limits limits;
  app::JobLimits jobs;
  std::chrono::milliseconds stop_within{};
};

std::chrono::milliseconds Milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

// Options that are numbers.
struct NumberOption {
  const char* name;
  const char* help;
  const char* preset;
  double lowest, highest;
  const char* range;  // for messages
  void (*set)(ServeOrder& order, double number);
};

constexpr NumberOption kNumbers[] = {
    {"--max-connections", "同时打开的连接数\nopen at the same time", "1024", 1, 65536, "1 – 65536",
     [](ServeOrder& order, double n) { order.limits.connections = static_cast<int>(n); }},
    {"--max-body", "单个案例的字节数\nbytes of a single case", "1048576", 1024, 1e9,
     "1024 – 1000000000",
     [](ServeOrder& order, double n) { order.limits.body_bytes = static_cast<std::uint64_t>(n); }},
    {"--max-import", "收入的基准地价连同证据的字节数\nbytes of an import with its evidence",
     "33554432", 1024, 1e10, "1024 – 10000000000",
     [](ServeOrder& order, double n) {
       order.limits.import_bytes = static_cast<std::uint64_t>(n);
     }},
    {"--max-upload", "测算所传方案和样点的字节数\nbytes of the plan and samples of a computation",
     "268435456", 1024, 1e12, "1024 – 1000000000000",
     [](ServeOrder& order, double n) {
       order.limits.upload_bytes = static_cast<std::uint64_t>(n);
     }},
    {"--max-waiting-jobs", "等待中的任务数\njobs that wait", "8", 1, 1000, "1 – 1000",
     [](ServeOrder& order, double n) { order.jobs.queued = static_cast<std::size_t>(n); }},
    {"--keep-jobs", "保留的已结束任务数\nended jobs that are kept", "100", 1, 100000, "1 – 100000",
     [](ServeOrder& order, double n) { order.jobs.kept = static_cast<std::size_t>(n); }},
    {"--keep-jobs-bytes", "其字节数\ntheir bytes on disk", "4294967296", 1e6, 1e15,
     "1000000 – 1000000000000000",
     [](ServeOrder& order, double n) { order.jobs.kept_bytes = static_cast<std::uint64_t>(n); }},
    {"--max-batch-bytes",
     "读完再答的批量的字节数\nbytes of a batch that is answered after it is read", "268435456",
     1024, 1e12, "1024 – 1000000000000",
     [](ServeOrder& order, double n) { order.limits.batch_bytes = static_cast<std::uint64_t>(n); }},
    {"--max-batch-rows", "读完再答的批量的行数\nrows of such a batch", "1000000", 1, 1e12,
     "1 – 1000000000000",
     [](ServeOrder& order, double n) { order.limits.batch_rows = static_cast<std::uint64_t>(n); }},
    {"--keep-alive", "两次请求之间的秒数\nseconds of silence between requests", "15", 0.1, 3600,
     "0.1 – 3600", [](ServeOrder& order, double n) { order.limits.keep_alive = Milliseconds(n); }},
    {"--patience",
     "等待请求头或停滞的传输的秒数\nseconds for a head, or for a transfer that does not move", "10",
     0.1, 3600, "0.1 – 3600",
     [](ServeOrder& order, double n) { order.limits.patience = Milliseconds(n); }},
    {"--stop-within", "停止时完成请求的秒数\nseconds to finish requests when stopping", "10", 0,
     3600, "0 – 3600", [](ServeOrder& order, double n) { order.stop_within = Milliseconds(n); }},
};

std::optional<double> ParseNumber(const NumberOption& option, const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  const bool allowed = whole && number >= option.lowest && number <= option.highest;
  return allowed ? std::optional(number) : std::nullopt;
}

constexpr std::string_view kLevels[] = {"error", "warning", "info"};

void WriteStderr(std::string_view lines) {
  while (!lines.empty()) {
    const ssize_t count = ::write(STDERR_FILENO, lines.data(), lines.size());
    if (count < 0 && errno != EINTR) return;  // nobody reads the log: the service goes on
    if (count > 0) lines.remove_prefix(static_cast<std::size_t>(count));
  }
}

void LogProblems(const Diagnostics& problems, std::string_view event, http::Log& log) {
  for (const Diagnostic& problem : problems.kept()) {
    const std::string text = Describe(problem, Language::kEn);
    log.Event(http::LogLevel::kWarning, event, {{"text", text}});
  }
}

void ReloadRules(http::Service& service) {
  Diagnostics problems;
  const auto result = service.rules.Read(problems);
  const auto rules = service.rules.Now();
  const rules::RulePack& pack = rules->pack();
  if (result == http::RulesInForce::Reload::kKept) {
    service.metrics.reloads_refused.fetch_add(1);
    const Diagnostic kept{Code::kRulesKept, {}, {std::to_string(problems.errors()), pack.version}};
    service.log.Event(http::LogLevel::kWarning, "rules_kept",
                      {{"text", Describe(kept, Language::kEn)}});
    LogProblems(problems, "rules_problem", service.log);
  }
  if (result != http::RulesInForce::Reload::kReplaced) return;
  service.metrics.reloads_taken.fetch_add(1);
  service.log.Event(http::LogLevel::kInfo, "rules_replaced",
                    {{"pack", pack.id}, {"version", pack.version}, {"sha256", pack.sha256}});
}

void ReloadPrices(http::Service& service) {
  Diagnostics problems;
  const bool taken = service.prices.Read(problems);
  LogProblems(problems, "prices_problem", service.log);
  const std::string publications = std::to_string(service.prices.Now()->known.size());
  (taken ? service.metrics.price_reloads_taken : service.metrics.price_reloads_refused)
      .fetch_add(1);
  service.log.Event(taken ? http::LogLevel::kInfo : http::LogLevel::kWarning,
                    taken ? "prices_replaced" : "prices_kept", {{"publications", publications}});
}

// Keys that cannot be read again stay as they were; that is said once, until they can.
class KeyWatch {
 public:
  void Look(http::Service& service) {
    std::string fault;
    try {
      if (service.keys.Read()) service.log.Event(http::LogLevel::kInfo, "keys_replaced", {});
    } catch (const io::FileError& error) {
      fault = Describe(error.diagnostic(), Language::kEn);
    }
    if (!fault.empty() && fault != fault_) {
      service.log.Event(http::LogLevel::kWarning, "keys_kept", {{"text", fault}});
    }
    fault_ = fault;
  }

 private:
  std::string fault_;
};

// Every connection is a descriptor; the usual limit of 1,024 would be met before our own.
void AllowManyFiles() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Reads something again when it has been changed and then been left alone for a second.
struct Watch {
  bool (*changed)(http::Service& service);
  void (*reload)(http::Service& service);
  bool pending = false;

  void Look(http::Service& service) {
    const bool again = changed(service);
    if (!again && pending) reload(service);
    pending = again;
  }
};

// Until a signal asks to stop: reads rules and prices again on SIGHUP, and when they change; keys
// twice a second, so that one that was revoked is refused within a second.
void ServeUntilStopped(http::Service& service) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  Watch watches[] = {
      {[](http::Service& s) { return s.rules.Changed(); }, ReloadRules},
      {[](http::Service& s) { return s.prices.Changed(); }, ReloadPrices},
  };
  KeyWatch keys;
  for (bool is_second = false;; is_second = !is_second) {
    const timespec half_a_second{0, 500'000'000};
    const int signal = ::sigtimedwait(&signals, nullptr, &half_a_second);
    if (signal == SIGINT || signal == SIGTERM) return;
    keys.Look(service);
    for (Watch& watch : watches) {
      if (signal == SIGHUP) watch.reload(service);
      if (signal < 0 && is_second) watch.Look(service);
    }
  }
}

// The store that is stated, else the usual one where it is there; empty otherwise.
std::string ServedStore(const ServeWords& words) {
  StoreWords store;
  store.store = words.store;
  std::string path = StorePath(store);
  const bool is_stated = !words.store.empty() || path != kUsualStore;
  if (!is_stated && !std::filesystem::exists(path)) path.clear();
  return path;
}

// Null without one. Prices, keys, land classes and changes each have a connection of their own.
std::unique_ptr<store::Store> OpenServed(const ServeWords& words) {
  const std::string path = ServedStore(words);
  return path.empty() ? nullptr : OpenStoreAt(path);
}

// The folder that is stated, else one beside the store where that is a file; empty otherwise.
std::filesystem::path JobsFolder(const ServeWords& words) {
  if (!words.jobs.empty()) return words.jobs;
  const std::string store = ServedStore(words);
  const bool is_file = !store.empty() && store.find("://") == std::string::npos;
  return is_file ? store + ".jobs" : std::string();
}

app::PriceSource SourceOf(const ServeWords& words) {
  return {OpenServed(words), {words.publications.begin(), words.publications.end()}};
}

app::KeySource KeysOf(const ServeWords& words) {
  auto store = OpenServed(words);
  return store == nullptr ? app::KeySource() : app::KeySource(std::move(store));
}

// Null without TLS.
Poco::Net::Context::Ptr TlsOf(const ServeWords& words) {
  if (words.tls_certificate.empty()) return nullptr;
  return http::ReadTlsContext(words.tls_certificate, words.tls_key);
}

// Requests are finished and the job at work is told to stop, both within the time. A job that does
// not listen ends with the process: its record says by then that it was interrupted.
int StopServing(http::Server& server, http::Service& service, const ServeOrder& order,
                http::Log& log) {
  log.Event(http::LogLevel::kInfo, "stopping", {});
  const auto until = std::chrono::steady_clock::now() + order.stop_within;
  service.jobs.BeginStop();
  const bool finished = server.Stop(order.stop_within);
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      until - std::chrono::steady_clock::now());
  constexpr std::chrono::milliseconds kLeast{100};
  const bool is_idle = service.jobs.EndStop(std::max(left, kLeast));
  log.Event(http::LogLevel::kInfo, "stopped",
            {{"finished", finished ? "yes" : "no"}, {"job_stopped", is_idle ? "yes" : "no"}});
  if (is_idle) return kFine;
  log.Close();
  std::_Exit(kFine);
}

int Serve(const ServeWords& words, const ServeOrder& order, Language language) {
  HoldInterrupts();
  AllowManyFiles();
  Diagnostics problems;
  http::RulesInForce rules(words.rules, PacksFolder(), problems,
                           app::LandClassSource(OpenServed(words)));
  http::PricesInForce prices(SourceOf(words), problems);
  http::KeysInForce keys(KeysOf(words));
  const auto desk = [&words] {
    return app::PublicationDesk(OpenServed(words), DataFolder() / "reference");
  };
  http::Changes changes(desk(), desk());
  Diagnostics about_jobs;
  app::Jobs jobs(JobsFolder(words), order.jobs, about_jobs);
  for (const Diagnostics* told : {&problems, &about_jobs}) {
    for (const Diagnostic& problem : told->kept()) std::cerr << Describe(problem, language) << "\n";
  }
  if (!rules.loaded() || problems.has_errors()) return kInputErrors;
  if (!order.address.loopback && !keys.Now()->has_key_in_force()) {
    return UsageError({Code::kNoKeys, {}, {words.listen}}, language);
  }
  const auto level = std::ranges::find(kLevels, words.log_level) - std::begin(kLevels);
  http::Log log(static_cast<http::LogLevel>(level), WriteStderr);
  http::Service service(http::Routes(), order.limits, rules, prices, keys, changes, jobs,
                        DataFolder() / "reference", log);
  http::Server server(order.address, service, TlsOf(words));
  std::cout << "listening on " << server.address() << std::endl;
  if (!words.trial) ServeUntilStopped(service);
  return StopServing(server, service, order, log);
}

// What is wrong with the words; else `order` is what they ask for.
std::optional<Diagnostic> FindFault(const Command& command, const ServeWords& words,
                                    ServeOrder& order) {
  const auto fault = [](Code code, std::vector<std::string> arguments) {
    return Diagnostic{code, {}, std::move(arguments)};
  };
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (!FromCode<Language>(words.language)) {
    return fault(Code::kOptionNotAllowed, {"--lang", words.language, "zh, en"});
  }
  if (std::ranges::find(kLevels, words.log_level) == std::end(kLevels)) {
    return fault(Code::kOptionNotAllowed, {"--log-level", words.log_level, JoinNames(kLevels)});
  }
  for (std::size_t i = 0; i < std::size(kNumbers); ++i) {
    const auto number = ParseNumber(kNumbers[i], words.numbers[i]);
    if (!number) {
      return fault(Code::kOptionNotAllowed,
                   {kNumbers[i].name, words.numbers[i], kNumbers[i].range});
    }
    kNumbers[i].set(order, *number);
  }
  const Result<http::ListenAddress> address = http::ParseListenAddress(words.listen);
  if (!address) return fault(address.error().code, {address.error().detail});
  const bool has_tls = !words.tls_certificate.empty();
  if (has_tls != !words.tls_key.empty()) {
    return fault(Code::kMissingWord, {has_tls ? "--tls-key" : "--tls-cert"});
  }
  if (!address->loopback && !words.behind_proxy && !has_tls)
    return fault(Code::kNotLoopback, {words.listen});
  order.address = *address;
  order.limits.behind_proxy = words.behind_proxy;
  return std::nullopt;
}

int RunServe(const Command& command, const ServeWords& words) {
  const Language language = FromCode<Language>(words.language).value_or(Language::kZh);
  ServeOrder order;
  if (const auto fault = FindFault(command, words, order)) return UsageError(*fault, language);
  try {
    return Serve(words, order, language);
  } catch (const io::FileError& error) {
    std::cerr << Describe(error.diagnostic(), language) << "\n";
  } catch (const Poco::Exception& exception) {
    const Diagnostic diagnostic{Code::kCannotListen, {}, {words.listen, exception.displayText()}};
    std::cerr << Describe(diagnostic, language) << "\n";
  }
  return kFileTrouble;
}

void AddOptions(const Command& command, ServeWords& words) {
  const OptionGroup door(command, "地址 address"), law(command, kLawHeading),
      input(command, kInputHeading), limits(command, "限制 limits"), other(command, kOtherHeading);
  door.Add("--listen", words.listen, "ADDR:PORT",
           "监听地址，默认 127.0.0.1:8080；端口 0 自动选取\n"
           "default 127.0.0.1:8080; port 0 picks one");
  door.AddFlag("--behind-proxy", words.behind_proxy,
               "前有提供 TLS 的代理：允许非本机地址，并信任其 X-Forwarded-For\n"
               "a proxy with TLS is in front: allow other than loopback addresses, and trust its "
               "X-Forwarded-For");
  door.Add("--tls-cert", words.tls_certificate, "FILE",
           "TLS 证书及其链（PEM）\ncertificate for TLS with its chain, as PEM");
  door.Add("--tls-key", words.tls_key, "FILE", "TLS 私钥（PEM）\nits key, as PEM");
  law.Add("--rules", words.rules, "PACK",
          "规则包的代号，或本单位规则包的文件夹；默认 cn-150000\n"
          "id of a rule pack, or the folder of an office's own; default cn-150000");
  input.Add("--store", words.store, "PATH",
            "提供基准地价和密钥的存储；默认 DIJIA_STORE，再默认已有的 dijia.db\n"
            "the store of the prices and keys; else DIJIA_STORE, else dijia.db if there");
  input.Add("--jobs", words.jobs, "FOLDER",
            "存放任务的文件夹；默认在 SQLite 存储旁，名为 STORE.jobs\n"
            "folder of the jobs; beside a SQLite store by default, as STORE.jobs");
  input.Add("--publication", words.publications, "FILE",
            "另有的基准地价文件（JSON、XLSX），可有多个\nfurther published prices, as files");
  for (const NumberOption& option : kNumbers) words.numbers.emplace_back(option.preset);
  for (std::size_t i = 0; i < std::size(kNumbers); ++i) {
    limits.Add(kNumbers[i].name, words.numbers[i], "N",
               std::string(kNumbers[i].help) + ", default " + kNumbers[i].preset);
  }
  other.Add("--log-level", words.log_level, "LEVEL",
            "日志：error、warning 或 info（默认）\nerror, warning or info (default)");
  other.Add("--lang", words.language, "zh|en",
            "文字的语言，默认 zh\nlanguage of the texts, default zh");
  other.AddFlag("--trial", words.trial, "启动后即停止\nstart, then stop");
  command.DressHelp("[OPTIONS]");
  command.SetFooter(
      "例 examples:\n"
      "  dijia serve\n"
      "  dijia serve --store county.db\n"
      "  dijia serve --listen 0.0.0.0:8080 --behind-proxy --rules /etc/dijia/office\n"
      "  curl -H 'Content-Type: application/json' --data @case.json "
      "127.0.0.1:8080/v1/reserve-price-checks\n\n"
      "退出码 exit codes: 0 已停止 stopped · 1 规则包有错误 the rules have errors · 2 用法 usage · "
      "3 端口或文件 port or files");
}

}  // namespace

void AddServeCommand(const Command& program, Action& action) {
  const Command command =
      program.AddCommand("serve",
                         "HTTP 服务：核对底价、基准地价、宗地评估，并有手工核对的网页\n"
                         "checks, prices and values over HTTP, and the web console");
  const auto words = std::make_shared<ServeWords>();
  AddOptions(command, *words);
  command.KeepUnexpectedWords();
  command.WhenNamed([command, words, &action] {
    action = [command, words] { return RunServe(command, *words); };
  });
}

}  // namespace dijia::cli
