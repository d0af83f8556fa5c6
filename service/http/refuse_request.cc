#include "http/refuse_request.h"

#include <string>
#include <utility>

#include "dijia/base/codes.h"
#include "http/problem.h"

namespace dijia::http {

void RefuseRequest(Diagnostics problems) {
  Problem problem{422, {Code::kRequestRefused, {}, {std::to_string(problems.errors())}}, {}, {}};
  problem.errors = std::move(problems);
  throw Refused(std::move(problem));
}

}  // namespace dijia::http
