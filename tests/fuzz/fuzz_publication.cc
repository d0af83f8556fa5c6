// Any text as a publication document: refused with its reasons, or read so that both ways of
// writing it give the same document again.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dijia/base/diagnostic.h"
#include "dijia/publication.h"
#include "fuzz/require.h"
#include "json/publication_codec.h"
#include "json/text.h"

namespace {

using dijia::Publication;

void ExpectSame(const std::string& text, const Publication& publication) {
  dijia::Diagnostics diagnostics;
  const std::optional<Publication> again =
      dijia::json::ReadPublication(text, "again.json", diagnostics);
  DIJIA_REQUIRE(again && diagnostics.total() == 0);
  DIJIA_REQUIRE(*again == publication);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  dijia::Diagnostics diagnostics;
  const std::optional<Publication> publication =
      dijia::json::ReadPublication(text, "publication.json", diagnostics);
  DIJIA_REQUIRE(publication.has_value() == !diagnostics.has_errors());
  if (!publication) return 0;
  const dijia::json::Value document = dijia::json::WritePublication(*publication);
  ExpectSame(dijia::json::ToCanonical(document), *publication);
  ExpectSame(dijia::json::ToPretty(document), *publication);
  return 0;
}
