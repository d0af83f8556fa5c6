#include "http/openapi.h"

#include <algorithm>
#include <string>

#include "app/version.h"
#include "http/media_type.h"
#include "http/multipart.h"
#include "http/openapi_examples.h"
#include "http/resources.h"
#include "http/router.h"
#include "json/text.h"

namespace dijia::http {
namespace {

using json::Value;

// What a route is for; a test holds the table against the router's.
struct Operation {
  std::string_view method, pattern, id, zh, en;
  std::string_view request, answer;      // media types, separated by blanks
  std::string_view schema;               // of the answer, when it is JSON
  std::string_view statuses;             // besides successes, and those of the guard
  std::string_view request_schema = {};  // of the body, when it is JSON
  std::string_view successes = "200";
};

constexpr Operation kOperations[] = {
    {"POST", "/v1/reserve-price-checks", "checkReservePrice",
     "核对一宗土地的底价、起始价或成交价；无论结论如何均为 200；keep=1 存档（clerk）",
     "check one reserve, starting or closing price; 200 whatever the verdict; keep=1 keeps it "
     "(clerk)",
     kJson, kJson, "Check", "400 406 408 409 411 413 415 422 503", "Case"},
    {"POST", "/v1/reserve-price-checks/batch", "checkReservePrices",
     "批量核对，按输入次序回答；有错误的行在原位回答 error。Prefer: stream 边读边答，"
     "respond-async 作为任务（202）",
     "check many, answered in order; a bad row answers an error in its place. Prefer: stream "
     "answers while reading, respond-async makes a job (202)",
     "application/x-ndjson text/csv "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "application/x-ndjson text/csv "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "", "400 406 408 411 413 415 422 503", "", "200 202"},
    {"GET", "/v1/kept-checks", "listKeptChecks",
     "存档的核对，一次至多 limit 件；next 为续取的 after",
     "checks that were kept, at most limit of them; next is where to go on after", "", kJson,
     "KeptChecks", "400 503"},
    {"GET", "/v1/kept-checks/{id}", "showKeptCheck", "一件存档的核对及其案例",
     "a kept check with its case", "", kJson, "KeptCheck", "404 503"},
    {"POST", "/v1/valuations", "valueParcel", "按估价期日有效的基准地价评估一宗土地，逐步说明",
     "the value of one parcel by the prices in force on its valuation date, step by step", kJson,
     kJson, "Valuation", "400 406 408 411 413 415 422 503", "Parcel"},
    {"POST", "/v1/valuations/batch", "valueParcels",
     "批量评估，按输入次序回答；有错误的行在原位回答 error。Prefer: stream 边读边答，"
     "respond-async 作为任务（202）",
     "value many, answered in order; a bad row answers an error in its place. Prefer: stream "
     "answers while reading, respond-async makes a job (202)",
     "application/x-ndjson text/csv", "application/x-ndjson text/csv", "",
     "400 406 408 411 413 415 422 503", "", "200 202"},
    {"GET", "/v1/publications", "listPublications",
     "已公布的基准地价；as_of 为某日有效，known_at 为某时所知",
     "what was published; as_of: in force on a day, known_at: as it was known at a time", "", kJson,
     "PublicationList", "400"},
    {"POST", "/v1/publications", "importPublication",
     "收入一份基准地价，作为草案；原有草案被替换（200）",
     "takes a publication in as a draft; a draft that is there is replaced (200)", kJson, kJson,
     "LogEntry", "400 408 409 411 413 415 422 503", "PublicationImport", "201 200"},
    {"GET", "/v1/publications/{id}", "showPublication", "一份基准地价的全文",
     "one publication as a document", "", kJson, "Publication", "400 404"},
    {"GET", "/v1/publications/{id}/grade-prices", "showGradePrices",
     "一份基准地价中各用途、级别、区片的价格，元/㎡ 和 万元/亩",
     "its prices by use, grade and zone, in yuan per m² and 10,000 yuan per mu", "", kJson,
     "GradePrices", "400 404"},
    {"GET", "/v1/publications/{id}/diff", "diffPublications", "与另一份（against）相比的变动",
     "what changed against another one", "", kJson, "PublicationDiff", "400 404"},
    {"POST", "/v1/publications/{id}/impact", "showImpact",
     "一批宗地按这一份和按前一份（或 against）各评估一次：谁多付、谁少付，按用途和级别汇总；"
     "text/csv 为逐宗结果",
     "parcels valued by this one and by the one before it (or against): who pays more and who "
     "less, by use and grade; text/csv answers parcel by parcel",
     "application/x-ndjson text/csv "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "application/json text/csv", "PublicationImpact", "400 404 406 408 411 413 415 422 503"},
    {"GET", "/v1/publications/{id}/samples", "showSamples",
     "测算所得地价的样点：各级别的估计值、区间；给出 use 和 grade 时，该级别的每个样点及其取舍",
     "the sales behind computed prices: the figures of each cell; with use and grade every sample, "
     "and why one was left out",
     "", kJson, "SampleCells", "400 404 409 503"},
    {"POST", "/v1/publications/{id}/samples/effect", "weighDecisions",
     "对样点另作决定（剔除、采用）时，一个级别测算前后的对照，及其他级别的变动；不保存任何内容",
     "what other decisions on the samples come to: one cell before and after, and what else "
     "becomes "
     "of other cells; nothing is kept",
     kJson, kJson, "DecisionEffect", "400 404 408 409 411 413 415 422 503", "Decisions"},
    {"GET", "/v1/publications/{id}/zones", "showZones",
     "一份基准地价的级别和区片图形及其价格（GeoJSON）",
     "the shapes of its grades and zones with their prices (GeoJSON)", "", kGeoJson, "ZoneFeatures",
     "400 404"},
    {"GET", "/v1/publications/{id}/transitions", "listTransitions",
     "一份基准地价的办理记录，草案也在内", "what was done to a publication, drafts among them", "",
     kJson, "Transitions", "400 404 503"},
    {"POST", "/v1/publications/{id}/transitions", "movePublication",
     "提交（clerk）、批准、公布、撤回（approver）；批准和公布须由提交人以外的人办理",
     "submits (clerk), approves, publishes or withdraws (approver); another person than the "
     "submitter approves and publishes",
     kJson, kJson, "LogEntry", "400 404 408 409 411 413 415 422 503", "Transition"},
    {"GET", "/v1/desk", "showDesk", "所有基准地价及其办理情况，草案也在内",
     "all publications and where they stand, drafts among them", "", kJson, "Desk", "400 503"},
    {"GET", "/v1/audit", "showAudit", "办理日志和密钥日志",
     "the log of what was done to publications and keys", "", kJson, "Audit", "400 503"},
    {"POST", "/v1/computations", "startComputation",
     "测算或更新（有 from 时），作为任务；方案和样点以 multipart/form-data 传送",
     "computes or, with `from`, refreshes, as a job; plan and samples come as multipart/form-data",
     kMultipart, kJson, "Job", "400 404 408 409 411 413 415 422 503", "Computation", "202"},
    {"GET", "/v1/jobs", "listJobs", "任务，新的在前", "the jobs, the latest first", "", kJson,
     "JobList", "503"},
    {"GET", "/v1/jobs/{id}", "showJob", "一项任务的进度、问题和成果",
     "where a job stands, what is wrong with its inputs, what it made", "", kJson, "Job",
     "404 503"},
    {"DELETE", "/v1/jobs/{id}", "cancelJob", "取消任务；运行中的任务随后停止（202）",
     "cancels a job; one that runs stops soon after (202)", "", kJson, "Job", "404 409 503", "",
     "200 202"},
    {"GET", "/v1/jobs/{id}/events", "followJob",
     "任务的事件流：每个事件是当时的任务，最后一个是 end；可用 Last-Event-ID 续接",
     "a job as server-sent events: each is the job as it then stands, the last one is `end`; "
     "Last-Event-ID goes on where a client left off, 204 after the last",
     "", "text/event-stream", "", "404 503", "", "200 204"},
    {"GET", "/v1/jobs/{id}/result", "showJobResult", "已完成的任务的结果",
     "what a done job came to", "", kJson, "JobResult", "404 409 503"},
    {"GET", "/v1/jobs/{id}/files/{file}", "showJobFile", "任务的成果文件，名称见 files",
     "a file that the job made, by its name in `files`, with the slashes of its folders", "",
     "application/json text/csv text/html "
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
     "", "404 503"},
    {"GET", "/v1/refresh-status", "showRefreshStatus", "哪些地区的基准地价应当更新",
     "which areas' prices are to be refreshed", "", kJson, "RefreshStatus", "400 503"},
    {"GET", "/v1/rules", "listRules", "规则包：条款、数值、表、解释；as_of 为某日有效",
     "the rule pack: clauses, values, tables, readings; as_of: in force on a day", "", kJson, "",
     "400 503"},
    {"GET", "/v1/rules/{id}", "showRule", "一条规则的各款", "the clauses of one rule", "", kJson,
     "", "400 404 503"},
    {"POST", "/v1/rule-simulations", "simulateRules",
     "对存档的核对试用另一日的规定、另一种解释或本单位的规则包：哪些结论改变，按条款和县汇总；"
     "text/csv 为逐案结果",
     "tries the law of another day, another reading or an office's own rule pack on the cases of "
     "kept checks: whose verdict changes, by clause and county; text/csv answers every case that "
     "changes",
     kJson, "application/json text/csv", "RuleSimulation", "400 406 408 411 413 415 422 503",
     "RuleSimulationOrder"},
    {"GET", "/v1/codes", "listCodes", "案例可用的事实、各种代码及诊断代码",
     "the facts of cases, closed lists, and diagnostic codes", "", kJson, "", "503"},
    {"GET", "/v1/counties", "listCounties", "县级行政区", "counties", "", kJson, "", ""},
    {"POST", "/v1/session", "signIn", "以密钥登录，得到会话 Cookie，供浏览器使用",
     "signs in with a key: a cookie for browsers that stands for it", kJson, kJson, "Session",
     "400 401 403 408 411 413 415 422 429 503", "SignIn", "201"},
    {"GET", "/v1/session", "showSession", "请求人是谁；会话的 CSRF 令牌",
     "who asks, and the CSRF token of the session", "", kJson, "Session", ""},
    {"DELETE", "/v1/session", "signOut", "退出登录", "ends the session", "", "", "", "", {}, "204"},
    {"GET", "/ogc", "showFeatureService", "OGC API – Features 首页",
     "the landing page of OGC API – Features", "", kJson, "FeatureService", ""},
    {"GET", "/ogc/conformance", "showConformance", "符合的规范", "conformance classes", "", kJson,
     "Conformance", ""},
    {"GET", "/ogc/collections", "listCollections", "图层：每一期有图形的基准地价",
     "collections: every publication with shapes", "", kJson, "Collections", ""},
    {"GET", "/ogc/collections/{id}", "showCollection", "一个图层", "one collection", "", kJson,
     "Collection", "404"},
    {"GET", "/ogc/collections/{id}/items", "listFeatures",
     "图层的图形；bbox 为西,南,东,北，datetime 为施行的时间",
     "its features; bbox: west,south,east,north, datetime: when the prices are in force", "",
     kGeoJson, "FeaturePage", "400 404"},
    {"GET", "/ogc/collections/{id}/items/{feature}", "showFeature", "一个图形", "one feature", "",
     kGeoJson, "Feature", "404"},
    {"GET", "/healthz", "isAlive", "进程存活", "the process lives", "", kJson, "", ""},
    {"GET", "/readyz", "isReady", "可以接受请求", "requests are welcome", "", kJson, "", "503"},
    {"GET", "/metrics", "showMetrics", "Prometheus 指标", "metrics for Prometheus", "",
     "text/plain", "", ""},
    {"GET", "/openapi.json", "showOpenApi", "本文档", "this document", "", kJson, "", "503"},
    {"GET", "/", "showPage", "网页控制台", "the web console", "", "text/html", "", ""},
    {"GET", "/assets/{file}", "showPageFile", "控制台的文件", "the files of the console", "",
     "text/css text/javascript text/plain", "", "404"},
};

std::string_view TakeWord(std::string_view& list) {
  const std::string_view word = list.substr(0, list.find(' '));
  list.remove_prefix(std::min(word.size() + 1, list.size()));
  return word;
}

Value Reference(std::string_view schema) {
  Value value{Value::Object()};
  value.Add("$ref", Value("#/components/schemas/" + std::string(schema)));
  return value;
}

Value Parse(std::string_view text) {
  Diagnostics none;
  return *json::ParseJson(text, "", none);
}

// `content` of a body in each of its types.
Value Content(const Exchange& exchange, const Operation& operation, bool answer) {
  Value content{Value::Object()};
  std::string_view types = answer ? operation.answer : operation.request;
  while (!types.empty()) {
    const std::string_view type = TakeWord(types);
    Value media{Value::Object()};
    const std::string_view schema = answer ? operation.schema : operation.request_schema;
    const bool is_json = type == kJson || type == kGeoJson;
    if ((is_json || type == kMultipart) && !schema.empty()) {
      media.Add("schema", Reference(schema));
    } else {
      media.Add("schema", Parse(is_json ? R"({"type": "object"})" : R"({"type": "string"})"));
    }
    AddExamples(exchange, operation.id, answer ? Side::kAnswer : Side::kRequest, type, media);
    content.Add(type, std::move(media));
  }
  return content;
}

// What was not done at once is a job.
Value JobContent() {
  Value content{Value::Object()}, media{Value::Object()};
  media.Add("schema", Reference("Job"));
  content.Add(kJson, std::move(media));
  return content;
}

Value Responses(const Exchange& exchange, const Route& route, const Operation& operation) {
  Value responses{Value::Object()}, good{Value::Object()};
  good.Add("description", Value::Text(In(exchange.language, "成功", "answered")));
  std::string_view successes = operation.successes;
  while (!successes.empty()) {
    const std::string_view status = TakeWord(successes);
    Value answer = good;
    if (status == "202") {
      answer.Add("content", JobContent());
    } else if (status != "204") {
      answer.Add("content", Content(exchange, operation, true));
    }
    responses.Add(status, std::move(answer));
  }
  std::string statuses(operation.statuses);
  if (route.guard != Guard::kNever) statuses += " 401 403 429";
  std::string_view left = statuses;
  while (!left.empty()) {
    const std::string status(TakeWord(left));
    if (status.empty()) continue;
    Value bad{Value::Object()}, content{Value::Object()}, media{Value::Object()};
    media.Add("schema", Reference("Problem"));
    content.Add("application/problem+json", std::move(media));
    bad.Add("description", Value::Text(TitleOf(std::stoi(status), exchange.language)));
    bad.Add("content", std::move(content));
    responses.Add(status, std::move(bad));
  }
  return responses;
}

Value Parameter(std::string_view name, std::string_view place) {
  Value parameter{Value::Object()};
  parameter.Add("name", Value::Text(name));
  parameter.Add("in", Value::Text(place));
  parameter.Add("required", Value(place == "path"));
  parameter.Add("schema", Parse(name == "as_of" ? R"({"type": "string", "format": "date"})"
                                                : R"({"type": "string"})"));
  return parameter;
}

Value Parameters(const Route& route) {
  Value parameters{Value::Array()};
  for (std::size_t brace = route.pattern.find('{'); brace != std::string_view::npos;
       brace = route.pattern.find('{', brace + 1)) {
    const std::size_t end = route.pattern.find('}', brace);
    parameters.array()->push_back(
        Parameter(route.pattern.substr(brace + 1, end - brace - 1), "path"));
  }
  std::string_view names = route.parameters;
  while (!names.empty()) parameters.array()->push_back(Parameter(TakeWord(names), "query"));
  parameters.array()->push_back(Parameter("Accept-Language", "header"));
  if (route.pattern.ends_with("/events")) {
    parameters.array()->push_back(Parameter("Last-Event-ID", "header"));
  }
  const bool may_keep = route.parameters.find("keep") != std::string_view::npos;
  const bool may_be_a_job = route.pattern.ends_with("/batch");
  if (route.guard == Guard::kAlways || may_keep || may_be_a_job) {
    parameters.array()->push_back(Parameter("Idempotency-Key", "header"));
  }
  return parameters;
}

// No key, a key, or a key once there are keys; a session stands for a key, and changes something
// with its token only.
Value SecurityOf(const Route& route) {
  switch (route.guard) {
    case Guard::kNever:
      return Value(Value::Array());
    case Guard::kAlways:
      return Parse(R"([{"key": []}, {"session": [], "csrf": []}])");
    case Guard::kFromAfar:
    case Guard::kOnceKeys:
      break;
  }
  return Parse(route.method == "GET" ? R"([{}, {"key": []}, {"session": []}])"
                                     : R"([{}, {"key": []}, {"session": [], "csrf": []}])");
}

Value DescribeOperation(const Exchange& exchange, const Route& route, const Operation& operation) {
  Value value{Value::Object()};
  value.Add("operationId", Value::Text(operation.id));
  value.Add("summary", Value::Text(In(exchange.language, operation.zh, operation.en)));
  value.Add("parameters", Parameters(route));
  if (!operation.request.empty()) {
    Value body{Value::Object()};
    body.Add("required", Value(true));
    body.Add("content", Content(exchange, operation, false));
    value.Add("requestBody", std::move(body));
  }
  value.Add("responses", Responses(exchange, route, operation));
  value.Add("security", SecurityOf(route));
  if (route.guard != Guard::kNever) value.Add("x-least-role", Value::Text(CodeOf(route.least)));
  return value;
}

// The member of a path that describes a method.
std::string MemberOf(std::string_view method) {
  std::string name(method);
  std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return name;
}

Value Paths(const Exchange& exchange) {
  Value paths{Value::Object()};
  for (const Route& route : Routes()) {
    const auto operation = std::ranges::find_if(kOperations, [&](const Operation& candidate) {
      return candidate.method == route.method && candidate.pattern == route.pattern;
    });
    if (operation == std::end(kOperations)) continue;  // the test of the table fails
    paths.ObjectAt(route.pattern)
        .Add(MemberOf(route.method), DescribeOperation(exchange, route, *operation));
  }
  return paths;
}

std::string MakeOpenApi(const Exchange& exchange) {
  Value value{Value::Object()}, about{Value::Object()}, components{Value::Object()};
  about.Add("title", Value::Text(In(exchange.language, "dijia 地价服务", "dijia land prices")));
  about.Add("version", Value::Text(app::Version()));
  about.Add("license", Parse(R"({"name": "Apache-2.0", "identifier": "Apache-2.0"})"));
  value.Add("openapi", Value::Text("3.1.0"));
  value.Add("info", std::move(about));
  value.Add("paths", Paths(exchange));
  components.Add("schemas", OpenApiSchemas(exchange.rules->pack(), exchange.language));
  components.Add("securitySchemes", Parse(R"json({
    "key": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "dijia-session", "description": "over TLS: __Host-dijia-session"},
    "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"}})json"));
  value.Add("components", std::move(components));
  return json::ToPretty(value);
}

}  // namespace

Response ShowOpenApi(Exchange& exchange) {
  Response response;
  response.headers.emplace_back("Cache-Control", "no-cache");
  const std::string name = exchange.language == Language::kZh ? "openapi zh" : "openapi en";
  response.document =
      exchange.service.documents.Get(name, exchange.rules, [&] { return MakeOpenApi(exchange); });
  return response;
}

}  // namespace dijia::http
