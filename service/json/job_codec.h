// Jobs of the service: as they are kept on disk, and as callers see them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "dijia/base/enum_table.h"
#include "json/value.h"

namespace dijia::json {

enum class JobKind : std::uint8_t { kCompute, kRefresh, kCheck, kValue };
// Batches: what they come to is the file of their answers.
constexpr bool IsBatch(JobKind kind) { return kind == JobKind::kCheck || kind == JobKind::kValue; }

// Waiting, at work, and the four ends. Interrupted: the service ended before the job did.
enum class JobState : std::uint8_t { kQueued, kRunning, kDone, kFailed, kCancelled, kInterrupted };
constexpr bool HasEnded(JobState state) { return state > JobState::kRunning; }

// Something that is wrong with the inputs, or to be looked at. Its texts are kept as they were: a
// newer program may word a code in another way.
struct JobMessage {
  std::string code, severity, source;
  std::uint64_t row = 0, column = 0;  // 0 = not known
  std::string field, zh, en;
};

struct JobFile {
  std::string name;  // below the folder of the results, with `/` between folders
  std::uint64_t bytes = 0;
};

// A publication that a job made.
struct JobPublication {
  std::string id, county, area;
  bool imported = false;  // it is a draft in the store
};

struct JobRecord {
  std::string id;
  JobKind kind = JobKind::kCompute;
  JobState state = JobState::kQueued;
  std::string title;                // what is made
  std::string county;               // empty = several, or none
  std::string key;                  // id of the key that asked for it; empty = none was needed
  std::string actor;                // its name
  std::string note;                 // why, for the log of what is imported
  std::string repeat_key, request;  // the Idempotency-Key and the SHA-256 of what was asked
  std::string created_at, started_at, ended_at, cancelled_by;  // empty = not yet
  std::string code;                                   // of the reason why it did not end well
  std::uint64_t errors = 0, warnings = 0, bytes = 0;  // bytes on disk when it ended
  std::vector<JobMessage> messages;                   // the first 1,000
  std::vector<JobFile> files;
  std::vector<JobPublication> publications;
  bool has_result = false;  // result.json, or of a batch its only file
};

// The message of a diagnostic in both languages, without the names of our own folders.
JobMessage MessageOf(const Diagnostic& diagnostic, std::span<const std::string> folders);

// The record on disk.
Value WriteJobRecord(const JobRecord& job);
// Nothing after reports of a text that is no record.
std::optional<JobRecord> ReadJobRecord(std::string_view text, const std::string& source,
                                       Diagnostics& diagnostics);

// How far a job is: `done` of `total` parts of a stage; 0 of 0 where the stage has no parts.
struct JobProgress {
  std::string stage;
  std::uint64_t done = 0, total = 0;
};

// A job as callers see it.
struct JobView {
  JobRecord record;
  JobProgress progress;       // while it runs
  bool cancelling = false;    // it was asked to stop and has not yet
  std::uint64_t version = 0;  // grows with every change
};

// The document of a job; `whole` = with its messages and files.
Value WriteJob(const JobView& job, Language language, bool whole);

}  // namespace dijia::json

namespace dijia {

template <>
struct EnumTableOf<json::JobKind> {
  static constexpr std::array<EnumRow<json::JobKind>, 4> kRows{{
      {json::JobKind::kCompute, "compute"},
      {json::JobKind::kRefresh, "refresh"},
      {json::JobKind::kCheck, "check"},
      {json::JobKind::kValue, "value"},
  }};
};
static_assert(EnumTableIsComplete<json::JobKind>(4));

template <>
struct EnumTableOf<json::JobState> {
  static constexpr std::array<EnumRow<json::JobState>, 6> kRows{{
      {json::JobState::kQueued, "queued"},
      {json::JobState::kRunning, "running"},
      {json::JobState::kDone, "done"},
      {json::JobState::kFailed, "failed"},
      {json::JobState::kCancelled, "cancelled"},
      {json::JobState::kInterrupted, "interrupted"},
  }};
};
static_assert(EnumTableIsComplete<json::JobState>(6));

}  // namespace dijia
