// Documents that depend on one thing in force, as the rule pack or the published prices, and on
// nothing else of a request but what is in their name: made when first asked for, kept until that
// thing is replaced.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "http/response.h"

namespace dijia::http {

class DocumentCache {
 public:
  // `basis` is what the document is made of.
  std::shared_ptr<const Document> Get(const std::string& name,
                                      const std::shared_ptr<const void>& basis,
                                      const std::function<std::string()>& make);

 private:
  std::mutex mutex_;
  std::shared_ptr<const void> basis_;
  std::map<std::string, std::shared_ptr<const Document>> documents_;
};

}  // namespace dijia::http
