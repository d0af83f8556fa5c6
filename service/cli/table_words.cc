#include "cli/table_words.h"

#include <utility>

#include "dijia/base/codes.h"
#include "io/table_format.h"

namespace dijia::cli {
namespace {

Diagnostic NotAllowed(const char* option, const std::string& value, std::string allowed) {
  return Diagnostic{Code::kOptionNotAllowed, {}, {option, value, std::move(allowed)}};
}

}  // namespace

void AddTableReading(const OptionGroup& options, TableWords& words) {
  options.Add("--encoding", words.encoding, "NAME",
              "字符编码：utf-8、gb18030、gbk；默认自动识别\n"
              "encoding: utf-8, gb18030 or gbk; detected by default");
  options.Add("--layer", words.layer, "NAME",
              "工作表；默认为唯一可用的一个\nsheet; by default the only fitting one");
  options.Add("--format", words.format, "NAME",
              "csv、xlsx 或 ods；默认按扩展名\nby the extension when absent");
}

void AddCounty(const OptionGroup& options, TableWords& words) {
  options.Add("--county", words.county, "CODE", "县代码\ncode of the county");
}

std::optional<Diagnostic> FaultOfTable(const TableWords& words) {
  if (words.words.empty() || words.words.front() == "-") {
    return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  }
  const auto format = io::FormatOf(words.words.front(), words.format);
  if (!format || (*format != io::TableFormat::kCsv && !io::IsSpreadsheet(*format))) {
    return NotAllowed("--format", words.format.empty() ? words.words.front() : words.format,
                      "csv, xlsx, ods");
  }
  const std::string& encoding = words.encoding;
  if (encoding.empty() || encoding == "utf-8" || encoding == "gb18030" || encoding == "gbk") {
    return std::nullopt;
  }
  return NotAllowed("--encoding", encoding, "utf-8, gb18030, gbk");
}

}  // namespace dijia::cli
