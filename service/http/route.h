// A row of the table of routes.
#pragma once

#include <cstdint>
#include <string_view>

#include "app/access_keys.h"
#include "http/response.h"

namespace dijia::http {

struct Exchange;
using Handler = Response (*)(Exchange& exchange);

// When a route wants a key.
enum class Guard : std::uint8_t {
  kNever,
  kFromAfar,  // of callers on other machines, once there are keys
  kOnceKeys,  // once there are keys
  kAlways,    // it changes something
};

struct Route {
  std::string_view method;   // GET also answers HEAD
  std::string_view pattern;  // a path; a segment in braces stands for any, a second one at the end
                             // for any segments
  Handler handler = nullptr;
  std::string_view parameters;           // of the query, separated by blanks
  bool needs_rules = false;              // 503 while there are none
  Guard guard = Guard::kOnceKeys;        // when it wants a key …
  app::Role least = app::Role::kViewer;  // … of this role or a higher one
};

}  // namespace dijia::http
