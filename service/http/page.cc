#include <map>

#include "dijia/base/codes.h"
#include "http/embedded_files.h"
#include "http/resources.h"

namespace dijia::http {
namespace {

struct Type {
  std::string_view ending, media_type;
};

constexpr Type kTypes[] = {
    {".html", "text/html; charset=utf-8"},     {".css", "text/css; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"},
    {".txt", "text/plain; charset=utf-8"},
};

// Nothing from elsewhere, nothing inline: a text that reaches the page cannot become a script.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::string_view kAssets = "assets/";

using Documents = std::map<std::string_view, std::shared_ptr<const Document>>;

const Documents& Files() {
  static const Documents documents = [] {
    Documents made;
    for (const EmbeddedFile& file : WebFiles()) {
      made[file.name] = std::make_shared<const Document>(MakeDocument(std::string(file.bytes)));
    }
    return made;
  }();
  return documents;
}

std::string_view MediaTypeOf(std::string_view name) {
  for (const Type& type : kTypes) {
    if (name.ends_with(type.ending)) return type.media_type;
  }
  return "application/octet-stream";
}

// The build puts a hash of the content into the names of what the page loads: what was once fetched
// stays as it is. The page itself and the licences keep their names.
bool NameHasHash(std::string_view name) {
  return name.starts_with(kAssets) && !name.ends_with(".txt");
}

}  // namespace

Response ShowPage(Exchange& exchange) {
  const std::string& asked = exchange.argument;
  const std::string name = asked.empty() ? std::string("index.html") : std::string(kAssets) + asked;
  const auto file = Files().find(name);
  if (file == Files().end()) throw Refused(404, Code::kRouteNotFound, {exchange.request.path});
  Response response;
  response.content_type = MediaTypeOf(name);
  response.document = file->second;
  response.headers.emplace_back("Content-Security-Policy", kPolicy);
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back(
      "Cache-Control", NameHasHash(name) ? "public, max-age=31536000, immutable" : "no-cache");
  return response;
}

}  // namespace dijia::http
