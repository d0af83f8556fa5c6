#include "http/accept.h"

#include <algorithm>

#include "http/request.h"

namespace dijia::http {
namespace {

constexpr int kFull = 1000;

std::string_view TakeItem(std::string_view& list, char separator) {
  std::string_view item = list.substr(0, list.find(separator));
  list.remove_prefix(std::min(item.size() + 1, list.size()));
  while (!item.empty() && (item.front() == ' ' || item.front() == '\t')) item.remove_prefix(1);
  while (!item.empty() && (item.back() == ' ' || item.back() == '\t')) item.remove_suffix(1);
  return item;
}

// `0.5` as 500; what is not a quality counts as 1.
int Thousandths(std::string_view text) {
  int quality = 0, unit = kFull;
  for (const char c : text) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || unit == 0) return kFull;
    quality += (c - '0') * unit;
    unit /= 10;
  }
  return std::min(quality, kFull);
}

// How exactly a range names a value: 3 itself, 2 `text/*` or `en` for `en-GB`, 1 `*`, 0 not at all.
int Match(std::string_view range, std::string_view value) {
  if (SameName(range, value)) return 3;
  if (range == "*" || range == "*/*") return 1;
  if (range.ends_with("/*")) {
    range.remove_suffix(1);
    return SameName(range, value.substr(0, range.size())) ? 2 : 0;
  }
  return 0;
}

}  // namespace

int Quality(std::string_view field, std::string_view value) {
  int quality = 0, exactness = 0;
  while (!field.empty()) {
    std::string_view item = TakeItem(field, ',');
    const int match = Match(TakeItem(item, ';'), value);
    int stated = kFull;
    while (!item.empty()) {
      const std::string_view parameter = TakeItem(item, ';');
      if (parameter.starts_with("q=")) stated = Thousandths(parameter.substr(2));
    }
    if (match > exactness) {
      exactness = match;
      quality = stated;
    }
  }
  return quality;
}

std::string_view BestOffer(std::string_view field, std::span<const std::string_view> offers) {
  if (field.empty()) return offers.front();
  std::string_view best;
  int highest = 0;
  for (const std::string_view offer : offers) {
    const int quality = Quality(field, offer);
    if (quality > highest) {
      best = offer;
      highest = quality;
    }
  }
  return best;
}

Language LanguageOf(std::string_view accept_language) {
  int zh = 0, en = 0;
  while (!accept_language.empty()) {
    std::string_view item = TakeItem(accept_language, ',');
    const std::string_view range = TakeItem(item, ';');
    const int quality = item.starts_with("q=") ? Thousandths(item.substr(2)) : kFull;
    const std::string_view primary = range.substr(0, range.find('-'));
    if (SameName(primary, "zh")) zh = std::max(zh, quality);
    if (SameName(primary, "en")) en = std::max(en, quality);
  }
  return en > zh ? Language::kEn : Language::kZh;
}

}  // namespace dijia::http
