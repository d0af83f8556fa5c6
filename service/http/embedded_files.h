// Files of the source tree that are part of the program.
#pragma once

#include <span>
#include <string_view>

namespace dijia::http {

struct EmbeddedFile {
  std::string_view name, bytes;
};

std::span<const EmbeddedFile> WebFiles();      // service/web
std::span<const EmbeddedFile> ExampleFiles();  // the cases of service/examples

}  // namespace dijia::http
