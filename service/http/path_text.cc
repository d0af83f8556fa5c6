#include "http/path_text.h"

#include <Poco/URI.h>

namespace dijia::http {

std::string EscapedSegment(std::string_view text) {
  std::string escaped;
  Poco::URI::encode(std::string(text), "!#$&'()*+,/:;=?@[]", escaped);
  return escaped;
}

}  // namespace dijia::http
