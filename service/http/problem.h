// What a request is answered with when it is not answered: problem documents of RFC 9457.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "json/value.h"

namespace dijia::http {

struct Problem {
  int status = 500;
  Diagnostic reason;                                         // `code` and `detail`
  Diagnostics errors;                                        // `errors`, each with its place
  std::vector<std::pair<std::string, std::string>> headers;  // Allow, Retry-After, …
};

// Leaves the handling of a request; caught once, in the boundary.
class Refused : public std::exception {
 public:
  explicit Refused(Problem problem) : problem_(std::move(problem)) {}
  Refused(int status, Code code, std::vector<std::string> arguments = {})
      : Refused(Problem{status, {code, {}, std::move(arguments)}, {}, {}}) {}

  const char* what() const noexcept override { return "request refused"; }
  const Problem& problem() const { return problem_; }

 private:
  Problem problem_;
};

// The words of a status for people: `title` of a problem.
std::string_view TitleOf(int status, Language language);

// A list of {code, detail} with pointer, source, row and column where they are known.
json::Value WriteProblems(const Diagnostics& problems, Language language);

// The document: type, title, status, code, detail, instance, request_id, errors. `instance` is the
// path of the request.
std::string ProblemDocument(const Problem& problem, Language language, std::string_view instance,
                            std::string_view request_id);

}  // namespace dijia::http
