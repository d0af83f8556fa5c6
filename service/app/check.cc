#include "app/check.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "app/case_answers.h"
#include "dijia/parallel.h"

namespace dijia::app {
namespace {

// A block on its way from the input to the output.
struct Job {
  enum class State : std::uint8_t { kWaiting, kTaken, kDone };
  State state = State::kWaiting;
  io::CaseBlock block;
  AnsweredBlock answered;
  std::exception_ptr fault;

  void Clear() {
    state = State::kWaiting;
    answered.rendered.text.clear();
    answered.rendered.answers.clear();
    answered.counts = {};
    answered.problems = {};
    fault = nullptr;
  }
};

// The caller reads and writes, in order, and answers blocks when there is nothing else to do; other
// threads answer blocks. They are started when there is more than one block to answer.
class Pipeline {
 public:
  Pipeline(io::CaseInput& input, const rules::PreparedRules& rules,
           const CheckCasesOptions& options, CheckOutput& output, Diagnostics& diagnostics)
      : input_(input),
        rules_(rules),
        options_(options),
        output_(output),
        diagnostics_(diagnostics),
        threads_(ThreadCount(options.threads)),
        most_jobs_(kJobsPerThread * threads_) {}
  ~Pipeline() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    for (std::thread& helper : helpers_) helper.join();
  }
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;

  CheckCounts Run() {
    const auto answers = MakeAnswers();
    while (true) {
      if (IsFrontDone()) {
        WriteFront();
      } else if (MayRead()) {
        ReadNext();
      } else if (Job* const job = Take()) {
        Answer(*job, *answers);
      } else if (jobs_.empty()) {
        break;
      } else {
        AwaitFront();
      }
    }
    if (read_fault_) std::rethrow_exception(read_fault_);
    return counts_;
  }

 private:
  static constexpr std::size_t kJobsPerThread = 4;

  std::unique_ptr<CaseAnswers> MakeAnswers() const {
    return MakeCaseAnswers(input_, rules_, output_, {options_.as_of, options_.inverse});
  }

  bool IsFrontDone() {
    const std::lock_guard lock(mutex_);
    return !jobs_.empty() && jobs_.front()->state == Job::State::kDone;
  }

  bool MayRead() const {
    if (!more_ || jobs_.size() == most_jobs_) return false;
    return jobs_.empty() || !options_.more_is_here || options_.more_is_here();
  }

  void ReadNext() {
    std::unique_ptr<Job> job = std::make_unique<Job>();
    if (!spare_.empty()) {
      job = std::move(spare_.back());
      spare_.pop_back();
    }
    try {
      more_ = input_.Next(job->block);
    } catch (...) {
      // What was read before is answered first.
      read_fault_ = std::current_exception();
      more_ = false;
    }
    if (!more_) return;
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
    if (jobs_.size() > 1 && helpers_.size() + 1 < threads_) {
      helpers_.emplace_back([this] { Help(); });
    }
  }

  // The first job that nobody works on.
  Job* TakeLocked() {
    for (const auto& job : jobs_) {
      if (job->state != Job::State::kWaiting) continue;
      job->state = Job::State::kTaken;
      return job.get();
    }
    return nullptr;
  }
  Job* Take() {
    const std::lock_guard lock(mutex_);
    return TakeLocked();
  }

  void Answer(Job& job, CaseAnswers& answers) {
    try {
      answers.Answer(job.block, job.answered);
    } catch (...) {
      job.fault = std::current_exception();
    }
    {
      const std::lock_guard lock(mutex_);
      job.state = Job::State::kDone;
    }
    changed_.notify_all();
  }

  void Help() {
    const auto answers = MakeAnswers();
    std::unique_lock lock(mutex_);
    while (!stopped_) {
      if (Job* const job = TakeLocked()) {
        lock.unlock();
        Answer(*job, *answers);
        lock.lock();
      } else {
        changed_.wait(lock);
      }
    }
  }

  void AwaitFront() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return jobs_.front()->state == Job::State::kDone; });
  }

  void WriteFront() {
    std::unique_ptr<Job> job;
    {
      const std::lock_guard lock(mutex_);
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    if (job->fault) std::rethrow_exception(job->fault);
    counts_.Add(job->answered.counts);
    diagnostics_.Append(job->answered.problems);
    output_.Write(std::move(job->answered.rendered));
    if (options_.after_block) options_.after_block(counts_);
    job->Clear();
    spare_.push_back(std::move(job));
  }

  io::CaseInput& input_;
  const rules::PreparedRules& rules_;
  const CheckCasesOptions& options_;
  CheckOutput& output_;
  Diagnostics& diagnostics_;
  std::size_t threads_, most_jobs_;

  // Of the caller.
  CheckCounts counts_;
  bool more_ = true;
  std::exception_ptr read_fault_;
  std::vector<std::unique_ptr<Job>> spare_;
  std::vector<std::thread> helpers_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::unique_ptr<Job>> jobs_;  // changed by the caller alone, in order
  bool stopped_ = false;
};

}  // namespace

CheckCounts CheckCases(io::CaseInput& input, const rules::PreparedRules& rules,
                       const CheckCasesOptions& options, CheckOutput& output,
                       Diagnostics& diagnostics) {
  output.Begin();
  const CheckCounts counts = Pipeline(input, rules, options, output, diagnostics).Run();
  output.End(counts);
  return counts;
}

std::optional<CheckCounts> CheckFile(const CheckRequest& request, const rules::PreparedRules& rules,
                                     io::OutputFile& file, Diagnostics& diagnostics) {
  const io::CaseReference reference = io::LoadCaseReference(request.reference_folder);
  const auto input = io::OpenCases(request.input, rules.pack(), reference, diagnostics);
  if (!input) return std::nullopt;
  CheckOutputOptions options = request.output;
  options.is_single = input->format() == "case";
  options.inverse = request.inverse;
  const auto output = request.make_output ? request.make_output(options, rules.pack(), file)
                                          : MakeCheckOutput(options, rules.pack(), file);
  const CheckCasesOptions cases{request.as_of, request.inverse, request.threads, {}, {}};
  const CheckCounts counts = CheckCases(*input, rules, cases, *output, diagnostics);
  file.Commit();
  return counts;
}

}  // namespace dijia::app
