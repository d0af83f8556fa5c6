// Any bytes as a request to change publications: what is read without a report is a publication
// that is written and read back the same.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/require.h"
#include "json/change_codec.h"
#include "json/publication_codec.h"
#include "json/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using dijia::Diagnostics;
  namespace json = dijia::json;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto decoded = json::ReadBase64(text);
  DIJIA_REQUIRE(!decoded || decoded->size() <= size / 4 * 3);
  Diagnostics none, import_problems, step_problems, second;
  const auto document = json::ParseJson(text, "", none);
  if (!document) return 0;
  json::ReadTransitionRequest(*document, step_problems);
  const json::ImportRequest request = json::ReadImportRequest(*document, import_problems);
  if (import_problems.has_errors()) return 0;
  DIJIA_REQUIRE(request.publication.has_value());
  const json::Value written = json::WritePublication(*request.publication);
  const auto again = json::ReadPublication(written, "", second);
  DIJIA_REQUIRE(again &&
                json::ToCanonical(json::WritePublication(*again)) == json::ToCanonical(written));
  return 0;
}
