// Writes HTML that is XML as well: every text is escaped, every element is closed.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dijia::report {

// Valid UTF-8 with `&<>"'` as entities: safe as text and inside a quoted attribute. Bytes that are
// not UTF-8 and control characters other than tab and line feed become U+FFFD.
std::string Escaped(std::string_view text);

// The same without entities, for formats that escape by themselves.
std::string ValidUtf8(std::string_view text);

class Markup {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // Names of elements and attributes come from this program and are written as they are; values of
  // attributes are escaped.
  void Open(std::string_view element, Attributes attributes = {});
  void Close();                                                      // the element opened last
  void Empty(std::string_view element, Attributes attributes = {});  // <meta … />
  void Write(std::string_view text);                                 // escaped
  void Element(std::string_view element, Attributes attributes, std::string_view text);
  void Element(std::string_view element, std::string_view text) { Element(element, {}, text); }
  void Raw(std::string_view text) { out_.append(text); }  // markup of this program only
  void Line() { out_.push_back('\n'); }

  // Everything written. Precondition: every element is closed.
  std::string Take() &&;

 private:
  void Start(std::string_view element, Attributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace dijia::report
