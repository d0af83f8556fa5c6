#include "http/media_type.h"

#include <algorithm>
#include <string>

#include "dijia/base/codes.h"
#include "dijia/base/names.h"
#include "http/accept.h"

namespace dijia::http {
namespace {

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool IsTaken(std::string_view charset, bool csv) {
  if (charset.empty() || SameName(charset, "utf-8")) return true;
  return csv &&
         (SameName(charset, "gbk") || SameName(charset, "gb18030") || SameName(charset, "gb2312"));
}

}  // namespace

std::string_view CharsetOf(std::string_view type) {
  constexpr std::string_view kName = "charset=";
  for (std::size_t at = type.find(';'); at != std::string_view::npos; at = type.find(';')) {
    type = Trimmed(type.substr(at + 1));
    if (!SameName(type.substr(0, kName.size()), kName)) continue;
    std::string_view charset = Trimmed(type.substr(kName.size(), type.find(';') - kName.size()));
    if (charset.starts_with('"') && charset.ends_with('"') && charset.size() > 1) {
      charset = charset.substr(1, charset.size() - 2);
    }
    return charset;
  }
  return {};
}

std::string_view BodyType(const Request& request, std::span<const std::string_view> allowed) {
  const std::string_view coding = request.Find("Content-Encoding");
  if (!coding.empty() && !SameName(coding, "identity")) {
    throw Refused(415, Code::kContentCodingUnknown, {std::string(coding)});
  }
  const std::string_view stated = request.Find("Content-Type");
  if (stated.empty()) return allowed.front();
  const std::string_view type = Trimmed(stated.substr(0, stated.find(';')));
  const auto found = std::ranges::find_if(
      allowed, [&](std::string_view candidate) { return SameName(candidate, type); });
  if (found == allowed.end() || !IsTaken(CharsetOf(stated), *found == kCsv)) {
    throw Refused(415, Code::kMediaTypeNotSupported, {std::string(stated), JoinNames(allowed)});
  }
  return *found;
}

std::string_view AnswerType(const Request& request, std::span<const std::string_view> offers) {
  const std::string_view accept = request.Find("Accept");
  const std::string_view best = BestOffer(accept, offers);
  if (best.empty()) {
    throw Refused(406, Code::kNotAcceptable, {std::string(accept), JoinNames(offers)});
  }
  return best;
}

}  // namespace dijia::http
