// One request on its way through the service.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/access_keys.h"
#include "dijia/base/codes.h"
#include "dijia/rules/reserve_price.h"
#include "http/body.h"
#include "http/request.h"
#include "http/response.h"
#include "http/service.h"

namespace dijia::http {

// Whose key a request came with.
struct Caller {
  std::string key, name;  // id of the key; the actor of what is done with it
  app::Role role = app::Role::kViewer;
  std::string county;  // the only one in which it changes things; empty = all
};

struct Exchange {
  Service& service;
  const Request& request;
  Body& body;
  std::string id;  // of the request, in the answer and in the log
  std::shared_ptr<const rules::PreparedRules> rules;  // the same to the end of the answer
  Language language = Language::kZh;
  std::size_t route = 0;         // index into Routes(); their count when there is none
  std::string argument;          // what `{id}` of the route stands for
  std::string_view peer;         // address of the other end of the connection
  std::optional<Caller> caller;  // none where no key was needed
  bool is_tls = false;           // the connection is
  std::string session = {};      // id of the session it came with, a secret; empty without one
  std::string rest = {};         // what a second `{…}` of the route stands for, slashes and all
};

}  // namespace dijia::http
