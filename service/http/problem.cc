#include "http/problem.h"

#include <algorithm>

#include "dijia/base/codes.h"
#include "json/text.h"
#include "json/value.h"

namespace dijia::http {
namespace {

using json::Value;

struct StatusTitle {
  int status;
  std::string_view zh, en;
};

constexpr StatusTitle kTitles[] = {
    {400, "请求无法读取", "the request cannot be read"},
    {401, "需要密钥", "a key is needed"},
    {403, "不允许", "this is not permitted"},
    {404, "没有此项", "there is no such thing"},
    {405, "方法不可用", "the method is not allowed"},
    {406, "不能以所要求的形式回答", "the form asked for is not available"},
    {408, "请求传送过慢", "the request came too slowly"},
    {409, "与现状冲突", "the present state forbids it"},
    {411, "缺少正文长度", "the length of the body is missing"},
    {413, "正文过大", "the body is too large"},
    {414, "地址过长", "the target is too long"},
    {415, "正文类型不支持", "the type of the body is not supported"},
    {417, "不能满足 Expect", "the expectation cannot be met"},
    {422, "内容有错误", "the values are wrong"},
    {429, "尝试过多", "too many attempts"},
    {431, "请求头过大", "the head of the request is too large"},
    {500, "内部错误", "internal error"},
    {501, "不支持", "not supported"},
    {503, "暂时不能服务", "not available for now"},
    {505, "HTTP 版本不支持", "the HTTP version is not supported"},
};

// A field of a case by its dotted name is a JSON pointer as well.
std::string PointerOf(const std::string& field) {
  if (field.empty() || field.front() == '/') return field;
  std::string pointer = "/" + field;
  std::ranges::replace(pointer, '.', '/');
  return pointer;
}

Value ErrorEntry(const Diagnostic& diagnostic, Language language) {
  Value entry{Value::Object()};
  entry.Add("code", Value(CodeId(diagnostic.code)));
  entry.Add("detail", Value(TextOf(diagnostic, language)));
  const Location& where = diagnostic.where;
  if (!where.field.empty()) entry.Add("pointer", Value(PointerOf(where.field)));
  if (!where.source.empty()) entry.Add("source", Value(where.source));
  if (where.row != 0) entry.Add("row", Value::Unsigned(where.row));
  if (where.column != 0) entry.Add("column", Value::Unsigned(where.column));
  return entry;
}

}  // namespace

std::string_view TitleOf(int status, Language language) {
  const auto row = std::ranges::find(kTitles, status, &StatusTitle::status);
  if (row == std::end(kTitles)) return TitleOf(500, language);
  return language == Language::kZh ? row->zh : row->en;
}

Value WriteProblems(const Diagnostics& problems, Language language) {
  Value list{Value::Array()};
  for (const Diagnostic& problem : problems.kept()) {
    list.array()->push_back(ErrorEntry(problem, language));
  }
  return list;
}

std::string ProblemDocument(const Problem& problem, Language language, std::string_view instance,
                            std::string_view request_id) {
  const std::string code = CodeId(problem.reason.code);
  Value document{Value::Object()};
  document.Add("type", Value("/v1/codes#" + code));
  document.Add("title", Value::Text(TitleOf(problem.status, language)));
  document.Add("status", Value::Integer(problem.status));
  document.Add("code", Value(code));
  document.Add("detail", Value(TextOf(problem.reason, language)));
  document.Add("instance", Value::Text(instance));
  document.Add("request_id", Value::Text(request_id));
  Value errors = WriteProblems(problem.errors, language);
  if (!errors.array()->empty()) document.Add("errors", std::move(errors));
  return json::ToLine(document);
}

}  // namespace dijia::http
