#include "http/response.h"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

#include "dijia/base/sha256.h"
#include "http/accept.h"

namespace dijia::http {
namespace {

struct Reason {
  int status;
  std::string_view words;
};

constexpr Reason kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {411, "Length Required"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

}  // namespace

std::string_view ReasonOf(int status) {
  const auto row = std::ranges::find(kReasons, status, &Reason::status);
  return row == std::end(kReasons) ? std::string_view("Unknown") : row->words;
}

bool AcceptsGzip(std::string_view accept_encoding) {
  return !accept_encoding.empty() && Quality(accept_encoding, "gzip") > 0;
}

std::string Gzip(std::string_view text, int level) {
  constexpr int kGzipWindow = 15 + 16;
  constexpr int kMemory = 8;
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::runtime_error("deflate");
  return packed;
}

Document MakeDocument(std::string text) {
  constexpr int kBest = 9;
  Document document;
  document.etag = '"' + Sha256Of(text).substr(0, 32) + '"';
  document.gzip = Gzip(text, kBest);
  if (document.gzip.size() + 100 > text.size()) document.gzip.clear();
  document.text = std::move(text);
  return document;
}

}  // namespace dijia::http
