// The files of service/web, part of the program.
#pragma once

#include <span>
#include <string_view>

namespace dijia::http {

struct WebFile {
  std::string_view name, bytes;
};

std::span<const WebFile> WebFiles();

}  // namespace dijia::http
