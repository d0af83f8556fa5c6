// Many cases in one request.
#include <algorithm>
#include <sstream>
#include <thread>
#include <vector>

#include "http/served.h"
#include "io/file_text.h"
#include "io/workbook.h"
#include "support/sheet_texts.h"
#include "support/table_files.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

constexpr char kBatchPath[] = "/v1/reserve-price-checks/batch";
constexpr char kNdjsonType[] = "Content-Type: application/x-ndjson\r\n";

// The case of the tests with another id and price.
std::string Line(int id, const std::string& amount) {
  std::string line = kCase;
  line.replace(line.find("A-2"), 3, "B-" + std::to_string(id));
  line.replace(line.find("83.99"), 5, amount);
  return line + "\n";
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Reply MustAsk(Served& served, const std::string& body, const std::string& fields) {
  const auto reply = Ask(served.port(), RequestText("POST", kBatchPath, body, fields));
  EXPECT_TRUE(reply);
  return reply ? *reply : Reply{};
}

constexpr char kCsvBatch[] =
    "case_id,land_class,use,method,decided_on,area_sqm,term_years,price.amount,price.unit,"
    "rebates_yuan_per_sqm,cost_yuan_per_sqm,facts.priority_industry_listed,"
    "facts.agri_processing_listed,price.kind,facts.inside_planned_area,facts.land_origin\n"
    "C-1,14,industrial,listing,2023-05-01,10000,50,84,yuan_per_sqm,0,40,false,false,reserve,true,"
    "construction\n"
    "C-2,14,industrial,listing,2023-05-01,10000,50,eighty,yuan_per_sqm,0,40,false,false,reserve,"
    "true,construction\n"
    "C-3,14,industrial,listing,2023-05-01,10000,50,83.99,yuan_per_sqm,0,40,false,false,reserve,"
    "true,construction\n";

TEST(Batch, AnswersInOrderWithABadRowInItsPlace) {
  Served served;
  const std::string body = Line(1, "84") + "{\"case_id\":\"B-2\",\"use\":\"farm\"}\n" +
                           "not json\n" + "\n" + Line(4, "83.99");
  const Reply reply = MustAsk(served, body, kNdjsonType);
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Field("content-type"), "application/x-ndjson");
  const std::vector<std::string> lines = LinesOf(reply.body);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(TextAt(MustParse(lines[0]), "verdict"), "lawful");
  const json::Value bad = MustParse(lines[1]);
  EXPECT_EQ(TextAt(bad, "case_id"), "B-2");
  EXPECT_NE(bad.Find("error"), nullptr);
  EXPECT_NE(MustParse(lines[2]).Find("error"), nullptr);
  EXPECT_EQ(TextAt(MustParse(lines[3]), "case_id"), "B-4");
  EXPECT_EQ(TextAt(MustParse(lines[3]), "verdict"), "unlawful");
  EXPECT_EQ(served.service.metrics.batch_rows.load(), 4U);
  EXPECT_EQ(served.service.metrics.batch_rows_refused.load(), 2U);
}

TEST(Batch, ARowIsAnsweredLikeASingleCase) {
  Served served;
  const Reply single = *Ask(served.port(), CaseRequest());
  const Reply batch = MustAsk(served, std::string(kCase) + "\n", kNdjsonType);
  EXPECT_EQ(batch.body, single.body + "\n");
}

TEST(Batch, CsvIsReadAndWritten) {
  Served served;
  const Reply ndjson = MustAsk(served, kCsvBatch, "Content-Type: text/csv\r\n");
  EXPECT_EQ(ndjson.Field("content-type"), "application/x-ndjson");
  EXPECT_EQ(LinesOf(ndjson.body).size(), 3U);
  const Reply csv =
      MustAsk(served, kCsvBatch, "Content-Type: text/csv; charset=utf-8\r\nAccept: text/csv\r\n");
  EXPECT_EQ(csv.Field("content-type"), "text/csv; charset=utf-8");
  const std::vector<std::string> lines = LinesOf(csv.body);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_TRUE(lines[1].starts_with("2,C-1,lawful,")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("3,C-2,error,")) << lines[2];
  EXPECT_TRUE(lines[3].starts_with("4,C-3,unlawful,")) << lines[3];
}

TEST(Batch, AHeaderWithoutKnownNamesIsRefusedAsAWhole) {
  Served served;
  const Reply reply = MustAsk(served, "a,b\n1,2\n", "Content-Type: text/csv\r\n");
  EXPECT_EQ(reply.status, 422);
  EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
}

constexpr char kXlsxType[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

// The cells of a CSV text without quotes.
Rows CellsOf(const std::string& csv) {
  Rows rows;
  for (const std::string& line : LinesOf(csv)) {
    std::istringstream in(line);
    auto& row = rows.emplace_back();
    for (std::string cell; std::getline(in, cell, ',');) row.push_back(cell);
  }
  return rows;
}

std::string WorkbookOf(const Rows& rows) {
  const TemporaryFolder folder;
  WriteXlsx(folder.path() / "cases.xlsx", {{"案例", rows, ""}});
  return io::ReadText(folder.path() / "cases.xlsx");
}

TEST(Batch, AWorkbookIsAnsweredLikeItsRows) {
  Served served;
  const std::string type = "Content-Type: " + std::string(kXlsxType) + "\r\n";
  const Reply of_rows = MustAsk(served, kCsvBatch, "Content-Type: text/csv\r\n");
  const Reply of_book =
      MustAsk(served, WorkbookOf(CellsOf(kCsvBatch)), type + "Prefer: stream\r\n");
  EXPECT_EQ(of_book.status, 200);
  EXPECT_EQ(of_book.Field("preference-applied"), "");
  EXPECT_EQ(of_book.body, of_rows.body);
}

TEST(Batch, AnswersMayBeAWorkbook) {
  Served served;
  const Reply reply =
      MustAsk(served, kCsvBatch,
              "Content-Type: text/csv\r\nAccept-Language: en\r\nAccept: " + std::string(kXlsxType) +
                  "\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Field("content-type"), kXlsxType);
  const TemporaryFolder folder;
  const auto file = folder.path() / "checks.xlsx";
  io::WriteText(file, reply.body);
  Diagnostics problems;
  const auto sheets = io::ReadWorkbook(file, io::TableFormat::kXlsx, problems);
  ASSERT_TRUE(sheets) << problems.total();
  const std::string text = TextOfSheets(*sheets);
  for (const char* word : {"== summary\n", "C-1\tlawful", "C-3\tunlawful", "eighty"}) {
    EXPECT_NE(text.find(word), std::string::npos) << word << " is not in\n" << text;
  }
  EXPECT_EQ(served.service.metrics.batch_rows.load(), 3U);
}

TEST(Batch, WorkbooksThatAreNoneOrTooLargeAreRefused) {
  http::Limits limits = QuickLimits();
  limits.workbook_bytes = 20'000;
  Served served(limits);
  const std::string type = "Content-Type: " + std::string(kXlsxType) + "\r\n";
  const Reply csv = MustAsk(served, kCsvBatch, type);
  EXPECT_EQ(csv.status, 400);
  EXPECT_EQ(TextAt(MustParse(csv.body), "code"), "DJ-1017");
  EXPECT_EQ(csv.body.find("cases.xlsx"), std::string::npos) << "names a file of the service";
  const Reply header = MustAsk(served, WorkbookOf({{"a", "b"}, {"1", "2"}}), type);
  EXPECT_EQ(header.status, 422);
  EXPECT_EQ(header.body.find("cases.xlsx"), std::string::npos) << "names a file of the service";
  EXPECT_EQ(MustAsk(served, std::string(20'001, 'P'), type).status, 413);
  const Reply chunked =
      *Ask(served.port(), std::string("POST ") + kBatchPath + " HTTP/1.1\r\nHost: t\r\n" + type +
                              "Transfer-Encoding: chunked\r\n\r\n4e21\r\n" +
                              std::string(20'001, 'P') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.status, 413);
  const TemporaryFolder folder;
  Served with_jobs(limits, http::Routes(), std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs",
                   {}, {}, {}, {}, folder / "jobs");
  const Reply later = *Ask(
      with_jobs.port(), std::string("POST ") + kBatchPath + " HTTP/1.1\r\nHost: t\r\n" + type +
                            "Prefer: respond-async\r\nTransfer-Encoding: chunked\r\n\r\n4e21\r\n" +
                            std::string(20'001, 'P') + "\r\n0\r\n\r\n");
  EXPECT_EQ(later.status, 413);
}

TEST(Batch, UnknownTypesAreRefused) {
  Served served;
  EXPECT_EQ(MustAsk(served, "x", "Content-Type: text/plain\r\n").status, 415);
  EXPECT_EQ(MustAsk(served, "x", std::string(kNdjsonType) + "Accept: text/html\r\n").status, 406);
}

TEST(Batch, TooManyRowsOrBytesAreRefused) {
  http::Limits limits = QuickLimits();
  limits.batch_rows = 3;
  limits.batch_bytes = 4000;
  Served served(limits);
  const Reply rows =
      MustAsk(served, Line(1, "84") + Line(2, "84") + Line(3, "84") + Line(4, "84"), kNdjsonType);
  EXPECT_EQ(rows.status, 413);
  EXPECT_EQ(TextAt(MustParse(rows.body), "code"), "DJ-6024");
  EXPECT_EQ(MustAsk(served, std::string(5000, ' '), kNdjsonType).status, 413);
  EXPECT_EQ(MustAsk(served, Line(1, "84"), kNdjsonType).status, 200);
}

TEST(Batch, AClientThatSendsBeforeItReadsIsAnsweredHoweverLarge) {
  constexpr int kRows = 4000;
  http::Limits limits = QuickLimits();
  limits.patience = std::chrono::seconds(20);
  Served served(limits);
  std::string body;
  for (int i = 0; i < kRows; ++i) body += Line(i, "83.99");
  const Reply reply = MustAsk(served, body, kNdjsonType);
  EXPECT_EQ(reply.status, 200);
  const std::vector<std::string> lines = LinesOf(reply.body);
  ASSERT_EQ(lines.size(), kRows);
  EXPECT_EQ(TextAt(MustParse(lines.back()), "case_id"), "B-3999");
  EXPECT_GT(reply.body.size(), 4U * 1024 * 1024) << "the spool does not reach its file";
}

TEST(Streaming, ARowIsAnsweredBeforeTheNextIsSent) {
  Served served;
  Client client(served.port());
  client.Send(std::string("POST ") + kBatchPath +
              " HTTP/1.1\r\nHost: t\r\nPrefer: stream\r\nTransfer-Encoding: chunked\r\n" +
              kNdjsonType + "\r\n");
  const auto send_row = [&](const std::string& row) {
    std::ostringstream size;
    size << std::hex << row.size();
    client.Send(size.str() + "\r\n" + row + "\r\n");
  };
  send_row(Line(1, "84"));
  EXPECT_TRUE(client.WaitFor("\"B-1\""));
  send_row(Line(2, "83.99"));
  EXPECT_TRUE(client.WaitFor("\"B-2\""));
  client.Send("0\r\n\r\n");
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->Field("preference-applied"), "stream");
  EXPECT_EQ(LinesOf(reply->body).size(), 2U);
}

TEST(Streaming, ABodyThatIsCutEndsWithAnErrorLine) {
  Served served;
  Client client(served.port());
  client.Send(std::string("POST ") + kBatchPath +
              " HTTP/1.1\r\nHost: t\r\nPrefer: stream\r\nContent-Length: 100000\r\n" + kNdjsonType +
              "\r\n" + Line(1, "84"));
  EXPECT_TRUE(client.WaitFor("\"B-1\""));
  client.EndSending();
  const auto reply = client.Receive();
  ASSERT_TRUE(reply);
  const std::vector<std::string> lines = LinesOf(reply->body);
  ASSERT_EQ(lines.size(), 2U);
  const json::Value last = MustParse(lines.back());
  ASSERT_NE(last.Find("error"), nullptr);
  EXPECT_EQ(TextAt(*last.Find("error"), "code"), "DJ-6027");
  EXPECT_TRUE(client.HasEnded());
}

TEST(Streaming, AClientThatWentAwayEndsTheWork) {
  Served served;
  {
    Client client(served.port());
    client.Send(std::string("POST ") + kBatchPath +
                " HTTP/1.1\r\nHost: t\r\nPrefer: stream\r\nContent-Length: 100000000\r\n" +
                kNdjsonType + "\r\n");
    std::string rows;
    for (int i = 0; i < 500; ++i) rows += Line(i, "84");
    client.Send(rows);
  }
  for (int i = 0; i < 300 && served.service.metrics.requests_in_flight.load() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(served.service.metrics.requests_in_flight.load(), 0);
}

// Prefer: respond-async: the answers are those that would have come at once.
TEST(Batch, IsAJobWhenAskedFor) {
  const TemporaryFolder folder;
  Served served(QuickLimits(), http::Routes(),
                std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs", {}, {}, {}, {},
                folder / "jobs");
  const std::string type = "Content-Type: text/csv\r\nAccept: text/csv\r\n";
  for (const auto& [body, fields] :
       {std::pair(std::string(kCsvBatch), type),
        {Line(1, "84") + "x\n", kNdjsonType},
        {WorkbookOf(CellsOf(kCsvBatch)),
         "Content-Type: " + std::string(kXlsxType) + "\r\nAccept: text/csv\r\n"}}) {
    const Reply now = MustAsk(served, body, fields);
    const Reply later = MustAsk(served, body, fields + "Prefer: respond-async\r\n");
    ASSERT_EQ(later.status, 202) << later.body;
    EXPECT_EQ(later.Field("preference-applied"), "respond-async");
    const std::string path = later.Field("location");
    std::string state;
    while (state != "done" && state != "failed") {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      state = TextAt(MustParse(Ask(served.port(), RequestText("GET", path))->body), "state");
    }
    const auto result = Ask(served.port(), RequestText("GET", path + "/result"));
    EXPECT_EQ(result->body, now.body);
    EXPECT_EQ(result->Field("content-type"), now.Field("content-type"));
    const auto list = Ask(served.port(), RequestText("GET", "/v1/jobs"));
    EXPECT_NE(list->body.find("\"check\""), std::string::npos);
  }
  const std::string once = "Prefer: respond-async\r\nIdempotency-Key: a\r\n";
  const Reply first = MustAsk(served, "a,b\n1,2\n", type + once);
  EXPECT_EQ(first.status, 202) << first.body;
  EXPECT_EQ(MustAsk(served, "a,b\n1,2\n", type + once).Field("location"), first.Field("location"));
  EXPECT_EQ(MustAsk(served, "a,b\n1,3\n", type + once).status, 422);
}

}  // namespace
}  // namespace dijia::test
