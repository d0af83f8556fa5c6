#include "json/diagnostic_writer.h"

#include "dijia/base/codes.h"

namespace dijia::json {
namespace {

Value Counted(std::uint64_t number) { return number > 0 ? Value::Unsigned(number) : Value(); }

}  // namespace

Value WriteDiagnostic(const Diagnostic& diagnostic, Language language) {
  Value object{Value::Object()};
  object.Add("code", Value(CodeId(diagnostic.code)));
  object.Add("severity", Value::Text(CodeOf(RowOf(diagnostic.code).severity)));
  object.Add("source", Value(diagnostic.where.source));
  object.Add("row", Counted(diagnostic.where.row));
  object.Add("column", Counted(diagnostic.where.column));
  object.Add("field", Value(diagnostic.where.field));
  object.Add("text", Value(TextOf(diagnostic, language)));
  return object;
}

}  // namespace dijia::json
