// One request on its way through the service.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dijia/base/codes.h"
#include "dijia/rules/reserve_price.h"
#include "http/body.h"
#include "http/request.h"
#include "http/response.h"
#include "http/service.h"

namespace dijia::http {

struct Exchange {
  Service& service;
  const Request& request;
  Body& body;
  std::string id;  // of the request, in the answer and in the log
  std::shared_ptr<const rules::PreparedRules> rules;  // the same to the end of the answer
  Language language = Language::kZh;
  std::size_t route = 0;  // index into Routes(); their count when there is none
  std::string argument;   // what `{id}` of the route stands for
};

}  // namespace dijia::http
