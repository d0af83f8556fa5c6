#include "http/document_cache.h"

namespace dijia::http {

std::shared_ptr<const Document> DocumentCache::Get(
    const std::string& name, const std::shared_ptr<const rules::PreparedRules>& rules,
    const std::function<std::string()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (rules_ != rules) {
      documents_.clear();
      rules_ = rules;
    }
    if (const auto found = documents_.find(name); found != documents_.end()) return found->second;
  }
  auto document = std::make_shared<const Document>(MakeDocument(make()));
  const std::lock_guard lock(mutex_);
  // A request that still holds the pack before the last one must not leave its document here.
  if (rules_ == rules) documents_[name] = document;
  return document;
}

}  // namespace dijia::http
