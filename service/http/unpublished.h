// Publications that are not the law, or not yet, for those who work on them.
#pragma once

#include <optional>
#include <string>

#include "dijia/publication.h"
#include "http/exchange.h"

namespace dijia::http {

// A publication as it stands in the store, whatever its status; nothing where there is none, or the
// caller is no clerk. Throws Refused: 400 where several counties have it and none is named, 403 for
// one of another county than the caller's.
std::optional<Publication> FindUnpublished(const Exchange& exchange, const std::string& county,
                                           const std::string& id);

}  // namespace dijia::http
