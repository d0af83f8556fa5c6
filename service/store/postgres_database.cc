#include "store/postgres_database.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_error.h"

namespace dijia::store {
namespace {

// Types of parameters as the server numbers them (pg_type.dat; fixed since PostgreSQL 7).
constexpr Oid kBytea = 17, kInt8 = 20, kText = 25;
constexpr int kBinary = 1;

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

// Lines become one: line breaks and tabs, several too, become a blank.
std::string OneLine(std::string_view words) {
  std::string line;
  for (const char c : words) {
    const bool is_blank = c == '\n' || c == '\t' || c == ' ';
    if (!is_blank) line += c;
    if (is_blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

// The code for a state of SQL; kStoreFault for those without one. Keys that are taken are only met
// by those who write without our lock.
Code CodeOfState(std::string_view state) {
  constexpr std::array kBusy{"23505", "40001", "40P01", "53300", "55P03", "57P03"};
  constexpr std::string_view kFull = "53100", kReadOnly = "25006";
  if (std::ranges::find(kBusy, state) != kBusy.end()) return Code::kStoreBusy;
  if (state == kFull) return Code::kDiskFull;
  return state == kReadOnly ? Code::kDiskReadOnly : Code::kStoreFault;
}

// Integers come most significant byte first.
std::int64_t NumberOf(const char* bytes, int size) {
  std::uint64_t number = size > 0 && (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (int i = 0; i < size; ++i) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return static_cast<std::int64_t>(number);
}

std::array<char, 8> BytesOf(std::int64_t number) {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<char>(static_cast<std::uint64_t>(number) >> (56 - 8 * i) & 0xff);
  }
  return bytes;
}

// Values in the form of PQexecParams. All in binary: no text is cut at a zero byte, nothing is
// written twice as long.
class Parameters {
 public:
  explicit Parameters(std::span<const SqlValue> values) : numbers_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) Add(values[i], numbers_[i]);
    formats_.assign(values.size(), kBinary);
  }
  int count() const { return static_cast<int>(types_.size()); }
  const Oid* types() const { return types_.data(); }
  const char* const* values() const { return values_.data(); }
  const int* sizes() const { return sizes_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void Add(const SqlValue& value, std::array<char, 8>& number) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
      number = BytesOf(*whole);
      Add(kInt8, {number.data(), number.size()});
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
      Add(kText, *text);
    } else if (const auto* file = std::get_if<SqlBytes>(&value)) {
      Add(kBytea, file->bytes);
    } else {
      Add(kText, {});
      values_.back() = nullptr;
    }
  }
  // No text may be null to libpq, or an empty one would be NULL.
  void Add(Oid type, std::string_view bytes) {
    types_.push_back(type);
    values_.push_back(bytes.empty() ? "" : bytes.data());
    sizes_.push_back(static_cast<int>(bytes.size()));
  }

  std::vector<std::array<char, 8>> numbers_;
  std::vector<Oid> types_;
  std::vector<const char*> values_;
  std::vector<int> sizes_, formats_;
};

class PostgresRows : public SqlRows {
 public:
  explicit PostgresRows(Answer answer) : answer_(std::move(answer)) {}

  bool Step() override { return ++row_ < PQntuples(answer_.get()); }
  std::string Words(int column) const override {
    return {PQgetvalue(answer_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
  }
  std::int64_t Number(int column) const override {
    return NumberOf(PQgetvalue(answer_.get(), row_, column),
                    PQgetlength(answer_.get(), row_, column));
  }
  bool IsNull(int column) const override { return PQgetisnull(answer_.get(), row_, column) != 0; }

 private:
  Answer answer_;
  int row_ = -1;
};

// The number of the lock of a county; two counties that share one only wait for each other.
std::int64_t LockOf(const std::string& county) {
  constexpr std::size_t kHexDigits = 15;
  return std::stoll(Sha256Of("dijia-county/" + county).substr(0, kHexDigits), nullptr, 16);
}

}  // namespace

std::string NameOfAddress(const std::string& address) {
  char* words = nullptr;
  const auto free_options = [](PQconninfoOption* options) { PQconninfoFree(options); };
  const std::unique_ptr<PQconninfoOption, decltype(free_options)> options(
      PQconninfoParse(address.c_str(), &words), free_options);
  const std::unique_ptr<char, decltype(&PQfreemem)> owner(words, PQfreemem);
  if (options == nullptr) {
    const std::string shown = address.substr(0, address.find("://") + 3) + "…";
    throw io::FileError({Code::kStoreFault, {}, {shown, OneLine(words == nullptr ? "" : words)}});
  }
  std::string user, host, port, database;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val == nullptr) continue;
    const std::string_view keyword = option->keyword;
    if (keyword == "user") user = option->val + std::string("@");
    if (keyword == "host") host = option->val;
    if (keyword == "port") port = std::string(":") + option->val;
    if (keyword == "dbname") database = std::string("/") + option->val;
  }
  return "postgresql://" + user + host + port + database;
}

PostgresDatabase::PostgresDatabase(std::string address, std::chrono::milliseconds patience)
    : address_(std::move(address)), name_(NameOfAddress(address_)), patience_(patience) {
  Connect();
}

void PostgresDatabase::Connect() {
  // What the address says comes after what it may say otherwise, and before what it may not.
  constexpr std::array<const char*, 5> kWords{"connect_timeout", "fallback_application_name",
                                              "dbname", "client_encoding", nullptr};
  const std::array<const char*, 5> values{"10", "dijia", address_.c_str(), "UTF8", nullptr};
  constexpr int kIsAddress = 1;
  connection_.reset(PQconnectdbParams(kWords.data(), values.data(), kIsAddress));
  if (PQstatus(connection_.get()) != CONNECTION_OK) Throw(nullptr);
  // What the server remarks is not for the terminal; what it refuses comes with the answer.
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  // A server that waits for its standbys to apply goes on doing so.
  Run("SET search_path = dijia, pg_temp; SET lock_timeout = " + std::to_string(patience_.count()) +
      "; SELECT set_config('synchronous_commit', 'on', false) "
      "WHERE current_setting('synchronous_commit') <> 'remote_apply'");
}

void PostgresDatabase::Reconnect() {
  if (!is_in_transaction_ && PQstatus(connection_.get()) != CONNECTION_OK) Connect();
}

void PostgresDatabase::Throw(const PGresult* result) const {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* words =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  const std::string told = words == nullptr ? PQerrorMessage(connection_.get()) : words;
  throw io::FileError({CodeOfState(state == nullptr ? "" : state), {}, {name_, OneLine(told)}});
}

std::unique_ptr<SqlRows> PostgresDatabase::Ask(const std::string& sql,
                                               std::span<const SqlValue> values) {
  Reconnect();
  const Parameters parameters(values);
  Answer answer(PQexecParams(connection_.get(), sql.c_str(), parameters.count(), parameters.types(),
                             parameters.values(), parameters.sizes(), parameters.formats(),
                             kBinary));
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) Throw(answer.get());
  return std::make_unique<PostgresRows>(std::move(answer));
}

void PostgresDatabase::Run(const std::string& sql) {
  const Answer answer(PQexec(connection_.get(), sql.c_str()));
  const ExecStatusType status = PQresultStatus(answer.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) Throw(answer.get());
}

std::int64_t PostgresDatabase::Number(const std::string& sql) {
  const auto rows = Ask(sql, {});
  return rows->Step() ? rows->Number(0) : 0;
}

void PostgresDatabase::BeginReading() {
  Reconnect();
  Run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  is_in_transaction_ = true;
}

void PostgresDatabase::BeginWriting(const std::set<std::string>& counties) {
  Reconnect();
  Run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
  is_in_transaction_ = true;
  // In one order everywhere, so that nobody waits in a circle.
  std::set<std::int64_t> locks;
  for (const std::string& county : counties) locks.insert(LockOf(county));
  for (const std::int64_t lock : locks) {
    const SqlValue values[] = {lock};
    try {
      Ask("SELECT pg_advisory_xact_lock($1)", values);
    } catch (const io::FileError&) {
      RollBack();
      throw;
    }
  }
}

void PostgresDatabase::Commit() {
  const Answer answer(PQexec(connection_.get(), "COMMIT"));
  is_in_transaction_ = false;
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) Throw(answer.get());
  // A transaction with a failed statement is rolled back by COMMIT, without an error.
  if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0) Throw(nullptr);
}

void PostgresDatabase::RollBack() noexcept {
  is_in_transaction_ = false;
  if (PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) {
    PQclear(PQexec(connection_.get(), "ROLLBACK"));
  }
}

}  // namespace dijia::store
