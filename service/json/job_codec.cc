#include "json/job_codec.h"

#include <utility>

#include "dijia/base/codes.h"
#include "json/codec.h"
#include "json/field.h"
#include "json/text.h"

namespace dijia::json {

using enum Presence;

template <>
struct FieldsOf<JobMessage> {
  static std::span<const Field<JobMessage>> Table() {
    using Owner = JobMessage;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::code>("code", kRequired, "DJ-1104"),
        Key<&Owner::severity>("severity", kRequired, "note, warning or error"),
        Key<&Owner::source>("source", kUnlessAbsent, "file"),
        Key<&Owner::row>("row", kOptional, "as in the file, 0 = not known"),
        Key<&Owner::column>("column", kOptional, "from 1, 0 = not known"),
        Key<&Owner::field>("field", kUnlessAbsent, "name of the field"),
        Key<&Owner::zh>("zh", kRequired, "text in Chinese"),
        Key<&Owner::en>("en", kRequired, "text in English"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<JobFile> {
  static std::span<const Field<JobFile>> Table() {
    using Owner = JobFile;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::name>("name", kRequired, "below the folder of the results"),
        Key<&Owner::bytes>("bytes", kRequired, "its size"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<JobPublication> {
  static std::span<const Field<JobPublication>> Table() {
    using Owner = JobPublication;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::id>("id", kRequired, "of the publication"),
        Key<&Owner::county>("county", kRequired, "its code"),
        Key<&Owner::area>("area", kOptional, "grading area"),
        Key<&Owner::imported>("imported", kRequired, "it is a draft in the store"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<JobRecord> {
  static std::span<const Field<JobRecord>> Table() {
    using Owner = JobRecord;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::id>("id", kRequired, "name of its folder"),
        Key<&Owner::kind>("kind", kRequired, "compute, refresh or check"),
        Key<&Owner::state>("state", kRequired, "where it stands"),
        Key<&Owner::title>("title", kOptional, "what is made"),
        Key<&Owner::county>("county", kOptional, "empty = several, or none"),
        Key<&Owner::key>("key", kOptional, "id of the key that asked for it"),
        Key<&Owner::actor>("actor", kOptional, "its name"),
        Key<&Owner::note>("note", kUnlessAbsent, "why"),
        Key<&Owner::repeat_key>("idempotency_key", kUnlessAbsent, "of the request"),
        Key<&Owner::request>("request_sha256", kUnlessAbsent, "of what was asked"),
        Key<&Owner::created_at>("created_at", kRequired, "when it was taken in, UTC"),
        Key<&Owner::started_at>("started_at", kUnlessAbsent, "when it began"),
        Key<&Owner::ended_at>("ended_at", kUnlessAbsent, "when it ended"),
        Key<&Owner::cancelled_by>("cancelled_by", kUnlessAbsent, "who cancelled it"),
        Key<&Owner::code>("code", kUnlessAbsent, "why it did not end well"),
        Key<&Owner::errors>("errors", kOptional, "how many"),
        Key<&Owner::warnings>("warnings", kOptional, "how many"),
        Key<&Owner::bytes>("bytes", kOptional, "on disk when it ended"),
        Key<&Owner::messages>("messages", kUnlessAbsent, "the first 1,000"),
        Key<&Owner::files>("files", kUnlessAbsent, "what it made"),
        Key<&Owner::publications>("publications", kUnlessAbsent, "what it made"),
        Key<&Owner::has_result>("has_result", kOptional, "result.json is there"),
    };
    return kTable;
  }
};

namespace {

Value Counted(std::uint64_t number) { return number > 0 ? Value::Unsigned(number) : Value(); }
Value OrNull(const std::string& text) { return text.empty() ? Value() : Value(text); }

std::string Without(std::span<const std::string> folders, std::string text) {
  for (const std::string& folder : folders) {
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at)) {
      text.erase(at, folder.size());
    }
  }
  return text;
}

// The shape of contract §0.
Value WriteMessage(const JobMessage& message, Language language) {
  Value object{Value::Object()};
  object.Add("code", Value(message.code));
  object.Add("severity", Value(message.severity));
  object.Add("source", Value(message.source));
  object.Add("row", Counted(message.row));
  object.Add("column", Counted(message.column));
  object.Add("field", Value(message.field));
  object.Add("text", Value(language == Language::kZh ? message.zh : message.en));
  return object;
}

Value WriteProgress(const JobProgress& progress) {
  Value object{Value::Object()};
  object.Add("stage", Value(progress.stage));
  object.Add("done", Value::Unsigned(progress.done));
  object.Add("total", Value::Unsigned(progress.total));
  return object;
}

// The path of a job, or of something of it.
std::string PathOf(const JobRecord& job, std::string_view rest = {}) {
  return "/v1/jobs/" + job.id + std::string(rest);
}

Value WriteLinks(const JobRecord& job) {
  Value links{Value::Object()};
  links.Add("self", Value(PathOf(job)));
  links.Add("events", Value(PathOf(job, "/events")));
  if (job.has_result) links.Add("result", Value(PathOf(job, "/result")));
  return links;
}

Value WriteFiles(const JobRecord& job) {
  Value files{Value::Array()};
  for (const JobFile& file : job.files) files.array()->push_back(Codec<JobFile>::Write(file));
  return files;
}

Value WriteMessages(const JobRecord& job, Language language) {
  Value messages{Value::Array()};
  for (const JobMessage& message : job.messages) {
    messages.array()->push_back(WriteMessage(message, language));
  }
  return messages;
}

}  // namespace

JobMessage MessageOf(const Diagnostic& diagnostic, std::span<const std::string> folders) {
  JobMessage message;
  message.code = CodeId(diagnostic.code);
  message.severity = CodeOf(RowOf(diagnostic.code).severity);
  message.source = Without(folders, diagnostic.where.source);
  message.row = diagnostic.where.row;
  message.column = diagnostic.where.column;
  message.field = diagnostic.where.field;
  message.zh = Without(folders, TextOf(diagnostic, Language::kZh));
  message.en = Without(folders, TextOf(diagnostic, Language::kEn));
  return message;
}

Value WriteJobRecord(const JobRecord& job) { return Codec<JobRecord>::Write(job); }

std::optional<JobRecord> ReadJobRecord(std::string_view text, const std::string& source,
                                       Diagnostics& diagnostics) {
  Diagnostics found;
  const auto document = ParseJson(text, source, found);
  std::optional<JobRecord> job(std::in_place);
  if (document) {
    Reader reader(source, PathStyle::kPointer, found);
    Codec<JobRecord>::Read(reader, *document, *job);
  }
  if (!document || found.has_errors()) job.reset();
  diagnostics.Append(found);
  return job;
}

Value WriteJob(const JobView& view, Language language, bool whole) {
  const JobRecord& job = view.record;
  Value object{Value::Object()};
  object.Add("id", Value(job.id));
  object.Add("kind", Value::Text(CodeOf(job.kind)));
  object.Add("state", Value::Text(CodeOf(job.state)));
  object.Add("title", Value(job.title));
  object.Add("county", OrNull(job.county));
  object.Add("actor", OrNull(job.actor));
  object.Add("created_at", Value(job.created_at));
  object.Add("started_at", OrNull(job.started_at));
  object.Add("ended_at", OrNull(job.ended_at));
  const bool runs = job.state == JobState::kRunning;
  object.Add("progress", runs ? WriteProgress(view.progress) : Value());
  object.Add("cancelling", Value(runs && view.cancelling));
  object.Add("cancelled_by", OrNull(job.cancelled_by));
  object.Add("code", OrNull(job.code));
  object.Add("errors", Value::Unsigned(job.errors));
  object.Add("warnings", Value::Unsigned(job.warnings));
  object.Add("publications", Codec<std::vector<JobPublication>>::Write(job.publications));
  if (whole) {
    object.Add("messages", WriteMessages(job, language));
    object.Add("files", WriteFiles(job));
  }
  object.Add("links", WriteLinks(job));
  return object;
}

}  // namespace dijia::json
