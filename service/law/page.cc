#include "law/page.h"

#include <algorithm>
#include <cstdint>

#include "dijia/base/sha256.h"
#include "report/style.h"

namespace dijia::law {
namespace {

// Has no character that HTML would need to escape, like the style sheet it is added to.
constexpr std::string_view kStyles = R"css(
h3{padding-top:6px}
.facts dd{overflow-wrap:anywhere}
article.card{margin:14px 0;padding:12px 18px 12px;border:1px solid #d5dce2;border-left:5px solid #9db4c4;border-radius:5px;background:#fff;break-inside:avoid}
article.card h4{margin:0 0 8px;font-size:16px;line-height:1.55;font-weight:600}
article.floor{border-left-color:#12415f}
article.ratio{border-left-color:#1f7a4d}
article.unlawful{border-left-color:#b3261e}
article.note{border-left-color:#c77700}
.mark{display:inline-block;margin:0 10px 0 0;padding:0 9px;border-radius:9px;font-size:12px;line-height:20px;font-weight:600;background:#e5eaee;color:#3b4954;vertical-align:2px}
.mark.floor{background:#dfebf4;color:#12415f}
.mark.ratio{background:#e1f2e7;color:#165a36}
.mark.unlawful{background:#fae3e1;color:#93211d}
.mark.note{background:#fcedcc;color:#6f4600}
.when{display:flex;gap:14px;margin:0 0 8px;padding:8px 14px;background:#f4f7f9;border-radius:4px;font-size:15px}
.when .to{flex:none;color:#51606d;font-size:14px;line-height:25px}
.when em{font-style:normal;color:#51606d;font-size:14px}
.when ul{margin:2px 0;padding-left:20px}
.when li{margin:2px 0}
dl.lines{display:flex;flex-wrap:wrap;gap:3px 26px;margin:0;font-size:14px}
dl.lines div{display:flex;gap:8px}
dl.lines dt{flex:none;color:#51606d}
dl.lines dd{margin:0}
table.diff td:first-child{white-space:nowrap}
ins,del{text-decoration:none;padding:0 3px;border-radius:3px}
ins{background:#e1f2e7;color:#165a36}
del{background:#fae3e1;color:#93211d}
@media print{
article.card{padding:5pt 8pt;margin:6pt 0}
article.card h4{font-size:10.5pt}
.when{font-size:9.5pt;padding:3pt 8pt}
dl.lines{font-size:8.5pt}
.mark,.when{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)css";

unsigned DigitOf(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); }

}  // namespace

std::string Base64OfHex(std::string_view hex) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 6) {  // three bytes
    std::uint32_t bits = 0;
    const std::size_t digits = std::min<std::size_t>(6, hex.size() - i);
    for (std::size_t k = 0; k < 6; ++k) bits = bits << 4 | (k < digits ? DigitOf(hex[i + k]) : 0U);
    const std::size_t used = digits / 2 + 1;
    for (std::size_t k = 0; k < 4; ++k) {
      out += k < used ? kAlphabet[bits >> (18 - 6 * k) & 63U] : '=';
    }
  }
  return out;
}

void BeginPage(report::Markup& page, std::string_view title, Language language) {
  const std::string style = std::string(report::StyleSheet()) + std::string(kStyles);
  const std::string policy = "default-src 'none'; style-src 'sha256-" +
                             Base64OfHex(Sha256Of(style)) +
                             "'; base-uri 'none'; form-action 'none'";
  page.Raw("<!DOCTYPE html>\n");
  page.Open("html", {{"lang", language == Language::kZh ? "zh-CN" : "en"},
                     {"xmlns", "http://www.w3.org/1999/xhtml"}});
  page.Open("head");
  page.Empty("meta", {{"charset", "utf-8"}});
  page.Empty("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  page.Empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  page.Empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  page.Element("title", title);
  page.Open("style");
  page.Raw(style);
  page.Close();
  page.Close();
  page.Line();
  page.Open("body");
  page.Open("main");
}

}  // namespace dijia::law
