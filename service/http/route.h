// A row of the table of routes.
#pragma once

#include <string_view>

#include "http/response.h"

namespace dijia::http {

struct Exchange;
using Handler = Response (*)(Exchange& exchange);

struct Route {
  std::string_view method;   // GET also answers HEAD
  std::string_view pattern;  // a path; one segment in braces stands for any
  Handler handler = nullptr;
  std::string_view parameters;  // of the query, separated by blanks
  bool needs_rules = false;     // 503 while there are none
};

}  // namespace dijia::http
