// Documents that depend on the rule pack in force and on nothing else of a request but its
// language: made when first asked for, kept until the pack is replaced.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "dijia/rules/reserve_price.h"
#include "http/response.h"

namespace dijia::http {

class DocumentCache {
 public:
  std::shared_ptr<const Document> Get(const std::string& name,
                                      const std::shared_ptr<const rules::PreparedRules>& rules,
                                      const std::function<std::string()>& make);

 private:
  std::mutex mutex_;
  std::shared_ptr<const rules::PreparedRules> rules_;
  std::map<std::string, std::shared_ptr<const Document>> documents_;
};

}  // namespace dijia::http
