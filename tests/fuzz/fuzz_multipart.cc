// Any bytes as a multipart body with the boundary `B`: the same parts in pieces of any size, and
// every part of a body that is accepted stands in it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "http/multipart.h"

namespace {

using dijia::http::MultipartReader;
using dijia::http::Part;
using dijia::http::Refused;

struct Read {
  std::string parts;
  bool is_accepted = false;
};

Read ReadInPieces(std::string_view body, std::size_t piece) {
  Read read;
  bool is_open = false;
  MultipartReader reader("B", {[&](const Part& part) {
                                 DIJIA_REQUIRE(!is_open && !part.name.empty());
                                 is_open = true;
                                 read.parts +=
                                     "\n" + part.name + "\n" + part.file_name.value_or("");
                                 read.parts += "\n";
                               },
                               [&](std::string_view bytes) {
                                 DIJIA_REQUIRE(is_open && !bytes.empty());
                                 read.parts += bytes;
                               },
                               [&] {
                                 DIJIA_REQUIRE(is_open);
                                 is_open = false;
                               }});
  try {
    for (std::size_t at = 0; at < body.size(); at += piece) reader.Feed(body.substr(at, piece));
    reader.End();
    read.is_accepted = true;
    DIJIA_REQUIRE(!is_open);
  } catch (const Refused& refused) {
    DIJIA_REQUIRE(refused.problem().status == 400);
  }
  return read;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(bytes), size);
  const Read whole = ReadInPieces(body, size + 1);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{64}}) {
    const Read again = ReadInPieces(body, piece);
    DIJIA_REQUIRE(again.is_accepted == whole.is_accepted);
    DIJIA_REQUIRE(!whole.is_accepted || again.parts == whole.parts);
  }
  try {
    dijia::http::BoundaryOf(body);
  } catch (const Refused&) {
  }
  return 0;
}
