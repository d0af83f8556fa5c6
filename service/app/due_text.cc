#include "app/due_text.h"

#include <optional>
#include <utility>
#include <vector>

#include "app/csv_text.h"
#include "dijia/rules/words.h"

namespace dijia::app {
namespace {

using json::Value;

std::string Text(std::optional<Days> days) { return days ? std::to_string(*days) : std::string(); }

std::string DayText(const std::optional<rules::RefreshSpan>& span) {
  return span ? FormatDate(FromDays(span->from)) : std::string();
}

Value Known(const std::string& text) { return text.empty() ? Value() : Value(text); }

Value ClauseOf(const rules::RefreshSpan& span, Language language) {
  if (span.clause.empty()) return Value();
  Value clause(Value::Object{});
  clause.Add("key", Value(span.clause));
  clause.Add("citation", Value(rules::CitationInWords(span.citation)));
  clause.Add("text", Value::Text(span.reason.In(language)));
  clause.Add("is_open", Value(span.is_open));
  return clause;
}

Value NextOf(const DueList& list, const DueRow& row) {
  if (!row.next) return Value();
  Value next(Value::Object{});
  next.Add("status", Value::Text(CodeOf(row.next->refresh)));
  next.Add("on", Value(DayText(row.next)));
  next.Add("days_left", Value::Integer(*DaysLeft(list, row)));
  return next;
}

Value AreaOf(const DueList& list, const DueRow& row, Language language) {
  Value area(Value::Object{});
  area.Add("county", Value(row.county));
  area.Add("county_name", Known(row.county_name));
  area.Add("area", Known(row.area));
  area.Add("status", Value::Text(DueStatus(row)));
  area.Add("publication", Known(row.publication));
  area.Add("document_no", Known(row.document_no));
  area.Add("base_date", row.has_prices() ? Value(FormatDate(row.base_date)) : Value());
  area.Add("effective_from", row.has_prices() ? Value(FormatDate(row.effective_from)) : Value());
  const Age age = AgeOn(row.base_date, list.on);
  area.Add("age_months", row.has_prices() ? Value::Integer(age.years * 12 + age.months) : Value());
  area.Add("since", row.has_prices() ? Value(FormatDate(FromDays(row.now.from))) : Value());
  area.Add("clause", ClauseOf(row.now, language));
  area.Add("next", NextOf(list, row));
  return area;
}

// `2027-01-02` → `20270102`.
std::string CalendarDay(Days day) {
  std::string text = FormatDate(FromDays(day));
  std::erase(text, '-');
  return text;
}

// RFC 5545 §3.3.11.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n') {
      escaped += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// A content line, folded at 75 bytes between characters (RFC 5545 §3.1).
void PutLine(std::string_view line, std::string& out) {
  std::size_t limit = 75;
  while (line.size() > limit) {
    std::size_t end = limit;
    while ((static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80) --end;
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    limit = 74;  // the blank counts
  }
  out.append(line).append("\r\n");
}

void PutEvent(const DueList& list, const DueRow& row, const report::Labels& labels,
              Language language, std::string& out) {
  const std::string status(CodeOf(row.next->refresh));
  const std::string summary = DuePlace(row) +
                              std::string(In(language, " 基准地价：", " benchmark prices: ")) +
                              std::string(labels.Of("due." + status, language));
  const std::string description =
      std::string(row.next->reason.In(language)) + "\n" +
      rules::CitationInWords(row.next->citation) + "\n" + row.publication +
      std::string(In(language, "，基准日 ", ", base date ")) + FormatDate(row.base_date);
  PutLine("BEGIN:VEVENT", out);
  PutLine("UID:" + Escaped(row.publication + "/" + row.county + "/" + row.area + "/" + status) +
              "@dijia",
          out);
  PutLine("DTSTAMP:" + CalendarDay(ToDays(list.on)) + "T000000Z", out);
  PutLine("DTSTART;VALUE=DATE:" + CalendarDay(row.next->from), out);
  PutLine("DTEND;VALUE=DATE:" + CalendarDay(row.next->from + 1), out);
  PutLine("SUMMARY:" + Escaped(summary), out);
  PutLine("DESCRIPTION:" + Escaped(description), out);
  PutLine("TRANSP:TRANSPARENT", out);
  PutLine("BEGIN:VALARM", out);
  PutLine("ACTION:DISPLAY", out);
  PutLine("DESCRIPTION:" + Escaped(summary), out);
  PutLine("TRIGGER:-P90D", out);
  PutLine("END:VALARM", out);
  PutLine("END:VEVENT", out);
}

}  // namespace

std::string_view DueStatus(const DueRow& row) {
  return row.has_prices() ? CodeOf(row.now.refresh) : std::string_view("none");
}

std::string DuePlace(const DueRow& row) {
  std::string place = row.county_name.empty() ? row.county : row.county_name;
  if (!row.area.empty()) place += " " + row.area;
  return place;
}

std::string DueCsv(const DueList& list, Language language) {
  CsvText csv;
  csv +=
      "county,county_name,area,status,publication,document_no,base_date,effective_from,age_months,"
      "since,clause,citation,text,next_status,next_on,days_left\n";
  for (const DueRow& row : list.rows) {
    const bool known = row.has_prices();
    const Age age = AgeOn(row.base_date, list.on);
    const bool ruled = known && !row.now.clause.empty();
    const std::string cells[] = {row.county,
                                 row.county_name,
                                 row.area,
                                 std::string(DueStatus(row)),
                                 row.publication,
                                 row.document_no,
                                 known ? FormatDate(row.base_date) : "",
                                 known ? FormatDate(row.effective_from) : "",
                                 known ? std::to_string(age.years * 12 + age.months) : "",
                                 known ? FormatDate(FromDays(row.now.from)) : "",
                                 row.now.clause,
                                 ruled ? rules::CitationInWords(row.now.citation) : "",
                                 std::string(row.now.reason.In(language)),
                                 row.next ? std::string(CodeOf(row.next->refresh)) : "",
                                 DayText(row.next),
                                 Text(DaysLeft(list, row))};
    for (std::size_t i = 0; i < std::size(cells); ++i) {
      if (i > 0) csv += ",";
      csv.PutText(cells[i]);
    }
    csv += "\n";
  }
  return std::string(csv.view());
}

Value DueJson(const DueList& list, Language language) {
  Value::Array areas;
  for (const DueRow& row : list.rows) areas.push_back(AreaOf(list, row, language));
  Value document(Value::Object{});
  document.Add("as_of", Value(FormatDate(list.on)));
  document.Add("areas", Value(std::move(areas)));
  return document;
}

std::string DueCalendar(const DueList& list, const report::Labels& labels, Language language) {
  std::string out;
  PutLine("BEGIN:VCALENDAR", out);
  PutLine("VERSION:2.0", out);
  PutLine("PRODID:-//dijia//due//" + std::string(In(language, "ZH", "EN")), out);
  for (const DueRow& row : list.rows) {
    if (row.next) PutEvent(list, row, labels, language, out);
  }
  PutLine("END:VCALENDAR", out);
  return out;
}

}  // namespace dijia::app
