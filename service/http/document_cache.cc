#include "http/document_cache.h"

namespace dijia::http {

std::shared_ptr<const Document> DocumentCache::Get(const std::string& name,
                                                   const std::shared_ptr<const void>& basis,
                                                   const std::function<std::string()>& make) {
  {
    const std::lock_guard lock(mutex_);
    if (basis_ != basis) {
      documents_.clear();
      basis_ = basis;
    }
    if (const auto found = documents_.find(name); found != documents_.end()) return found->second;
  }
  auto document = std::make_shared<const Document>(MakeDocument(make()));
  const std::lock_guard lock(mutex_);
  // A request that still holds what was in force before must not leave its document here.
  if (basis_ == basis) documents_[name] = document;
  return document;
}

}  // namespace dijia::http
