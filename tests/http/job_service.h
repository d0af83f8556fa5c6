// A service with jobs for tests: a store, keys of people with several rights, and requests for
// computations.
#pragma once

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/county.h"
#include "http/served.h"
#include "support/temporary_folder.h"

namespace dijia::test {

inline constexpr const char* kPath = "/v1/computations";

// A plan of one use without corrections for a county of its own.
inline constexpr const char* kPlan = R"(id = "demo-2025"
county = "152502"
base_date = 2025-04-01
[rounding]
unit_price = { interval = 1, mode = "half_up" }
coefficient = { interval = 0.0001, mode = "half_up" }
[uses.residential]
name = "居住用地"
[uses.residential.conditions]
term_years = 70
capitalization_rate = 0.0675
)";

inline std::string Samples(int rows) {
  std::string csv = "sample_id,county,use,grade,kind,date,price,price_unit,area_sqm\n";
  for (int i = 0; i < rows; ++i) {
    const int grade = i % 3 + 1;
    csv += "S" + std::to_string(i) + ",152502,residential," + std::to_string(grade) +
           ",transfer,2025-0" + std::to_string(i % 3 + 1) + "-11," +
           std::to_string(1100 - 200 * grade + 3 * (i / 3)) + ",yuan_per_sqm,1000\n";
  }
  return csv;
}

// A body of parts.
class Form {
 public:
  Form& File(const std::string& part, const std::string& name, const std::string& bytes) {
    return Add("; filename=\"" + name + "\"", part, bytes);
  }
  Form& Field(const std::string& part, const std::string& value) { return Add("", part, value); }
  std::string Text() const { return text_ + "--B--\r\n"; }

 private:
  Form& Add(const std::string& more, const std::string& part, const std::string& bytes) {
    text_ += "--B\r\nContent-Disposition: form-data; name=\"" + part + "\"" + more + "\r\n\r\n" +
             bytes + "\r\n";
    return *this;
  }
  std::string text_;
};

inline Form Plain(int rows = 60) {
  return Form().File("plan", "plan.toml", kPlan).File("samples", "samples.csv", Samples(rows));
}

// A job that the test lets go, and that stops when it is told to. It may outlive the test.
class Gate {
 public:
  app::JobWork Work() const {
    return [state = state_](app::JobContext& job) {
      state->began.set_value();
      for (std::size_t calls = 1; !state->is_open; ++calls) {
        if (!job.GoOn("waiting", calls, 0)) {
          return app::JobOutcome{app::JobOutcome::End::kStopped, {}, {}};
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      }
      return app::JobOutcome{app::JobOutcome::End::kDone, {}, {}};
    };
  }
  // A work that tells nothing and does not hear that it is to stop.
  app::JobWork SilentWork() const {
    return [state = state_](app::JobContext&) {
      state->began.set_value();
      while (!state->is_open) std::this_thread::sleep_for(std::chrono::milliseconds(2));
      return app::JobOutcome{app::JobOutcome::End::kDone, {}, {}};
    };
  }
  void WaitUntilItRuns() const { state_->began.get_future().wait(); }
  void Open() const { state_->is_open = true; }

 private:
  struct State {
    std::promise<void> began;
    std::atomic<bool> is_open{false};
  };
  std::shared_ptr<State> state_ = std::make_shared<State>();
};

class JobRoutes : public testing::Test {
 protected:
  JobRoutes() {
    clerk_ = county_.AddKey("张三", app::Role::kClerk);
    other_ = county_.AddKey("李四", app::Role::kClerk, "150304");
    ours_ = county_.AddKey("王五", app::Role::kClerk, "152502");
    viewer_ = county_.AddKey("赵六", app::Role::kViewer);
    Serve();
  }
  void Serve(http::Limits limits = QuickLimits(), const app::JobLimits& jobs = {}) {
    served_.reset();
    served_.emplace(limits, http::Routes(), std::filesystem::path(DIJIA_SOURCE_DIR) / "rules/packs",
                    county_.Source(), county_.Keys(), county_.Desk(), county_.Desk(),
                    folder_ / "jobs", jobs);
  }
  static std::string FieldsOf(const std::string& key, const std::string& more = "") {
    return more + "Accept-Language: en\r\nAuthorization: Bearer " + key + "\r\n";
  }
  Reply Call(const std::string& method, const std::string& target, const std::string& key,
             const std::string& body = "", const std::string& fields = "") {
    const auto reply =
        Ask(served_->port(), RequestText(method, target, body, FieldsOf(key, fields)));
    EXPECT_TRUE(reply) << target;
    return reply ? *reply : Reply{};
  }
  Reply Post(const Form& form, const std::string& key, const std::string& fields = "") {
    return Call("POST", kPath, key, form.Text(),
                "Content-Type: multipart/form-data; boundary=B\r\n" + fields);
  }
  json::Value JobOf(const std::string& id) {
    return MustParse(Call("GET", "/v1/jobs/" + id, clerk_).body);
  }
  // The job when it has ended, for a minute at most.
  json::Value WaitForEnd(const std::string& id) {
    for (int i = 0; i < 6000; ++i) {
      json::Value job = JobOf(id);
      const std::string state = TextAt(job, "state");
      if (state != "queued" && state != "running") return job;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "the job does not end";
    return JobOf(id);
  }
  json::Value Run(const Form& form) {
    const Reply taken = Post(form, clerk_);
    EXPECT_EQ(taken.status, 202) << taken.body;
    return WaitForEnd(TextAt(MustParse(taken.body), "id"));
  }
  // A job of the test's own making.
  std::string Submit(app::JobWork work, const std::string& key = "k1",
                     const std::string& county = "") {
    auto draft = served_->jobs.Begin();
    EXPECT_TRUE(draft);
    json::JobRecord about;
    about.key = key;
    about.county = county;
    return served_->jobs.Submit(*std::move(draft), std::move(about), std::move(work)).record.id;
  }
  void Expect(const Reply& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(reply.Field("content-type"), "application/problem+json");
    EXPECT_EQ(TextAt(MustParse(reply.body), "code"), code) << reply.body;
  }
  // `pointer code` of all errors of a problem.
  static std::vector<std::string> ErrorsIn(const Reply& reply) {
    const json::Value problem = MustParse(reply.body);
    std::vector<std::string> errors;
    const json::Value* list = problem.Find("errors");
    if (list == nullptr) return {reply.body};
    for (const json::Value& error : *list->array()) {
      errors.push_back(TextAt(error, "pointer") + " " + TextAt(error, "code"));
    }
    std::ranges::sort(errors);
    return errors;
  }
  json::Value SchemaNamed(const std::string& name, json::Value& schemas) {
    const json::Value document = MustParse(Call("GET", "/openapi.json", clerk_).body);
    schemas = *document.Find("components")->Find("schemas");
    return *schemas.Find(name);
  }

  TemporaryFolder folder_;
  County county_;
  std::string clerk_, other_, ours_, viewer_;
  std::optional<Served> served_;
};

}  // namespace dijia::test
