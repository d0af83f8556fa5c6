#include "report/frame.h"

#include <string>

#include "report/style.h"

namespace dijia::report {

void BeginDocument(Markup& out, std::string_view title, Language language) {
  out.Raw("<!DOCTYPE html>\n");
  out.Open("html", {{"lang", language == Language::kZh ? "zh-CN" : "en"},
                    {"xmlns", "http://www.w3.org/1999/xhtml"}});
  out.Open("head");
  out.Empty("meta", {{"charset", "utf-8"}});
  out.Empty("meta",
            {{"http-equiv", "Content-Security-Policy"}, {"content", ContentSecurityPolicy()}});
  out.Empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  out.Empty("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  out.Element("title", title);
  out.Open("style");
  out.Raw(StyleSheet());
  out.Close();
  out.Close();
  out.Line();
  out.Open("body");
  out.Open("main");
}

void EndDocument(Markup& out, std::string_view engine_version) {
  out.Element("footer", "dijia " + std::string(engine_version));
  out.Close();
  out.Close();
  out.Close();
  out.Line();
}

void WriteFact(Markup& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out.Open("div");
  out.Element("dt", name);
  out.Element("dd", value);
  out.Close();
}

}  // namespace dijia::report
