// Sheets of a workbook: a title, a frozen header, rows written from top to bottom.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "dijia/base/date.h"
#include "dijia/base/result.h"

struct lxw_format;
struct lxw_workbook;
struct lxw_worksheet;

namespace dijia::report {

// How the cells of a column look; wrapped texts make their row as high as they need.
enum class Style : std::uint8_t {
  kText,
  kWrapped,
  kCentred,
  kCount,       // 1,234
  kPrice,       // the published price with its unit
  kPerMu,       // the same in 万元/亩
  kStatistic,   // yuan per m² with one decimal
  kRatio,       // three decimals
  kHundredths,  // two decimals and a sign
  kPValue,      // three decimals, or "< 0.001"
  kFactor,      // six decimals
  kPercent,
  kHeader,
  kTitle,
  kNote,
  kComputed,  // the colours of a status
  kThin,
  kModelled,
  kCarriedForward,
  kWithheld,
};
inline constexpr std::size_t kStyleCount = 20;

// A text, a number or nothing. Numbers that are not finite are written as nothing.
using SheetCell = std::variant<std::monostate, std::string, double>;

// Number formats that depend on the plan.
struct BookFormats {
  std::string price, per_mu;  // Excel number formats
  std::string footer;
};

// A workbook that is being written to a file; Save() or the destructor ends it.
class Book {
 public:
  Book(const std::string& path, const BookFormats& formats);
  ~Book();
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  // What the file says about itself; `created` at midnight UTC.
  void Describe(const std::string& title, Date created);
  Status Save();

  lxw_workbook* get() { return book_; }
  lxw_format* Format(Style style) const { return formats_[static_cast<std::size_t>(style)]; }
  const std::string& footer() const { return footer_; }

 private:
  std::string footer_;
  lxw_workbook* book_;
  std::array<lxw_format*, kStyleCount> formats_{};
};

struct SheetColumn {
  std::string name;
  double width = 12.0;  // in characters of the default font; a Chinese one takes two
  Style style = Style::kText;
};

class Sheet {
 public:
  // Starts a sheet with its title, `notes` one a row, and the header, which stays in view and is
  // printed on every page.
  Sheet(Book& book, const std::string& name, const std::string& title,
        const std::vector<std::string>& notes, std::vector<SheetColumn> columns);

  void Row(const std::vector<SheetCell>& cells);
  void Write(std::size_t column, const SheetCell& cell, Style style);  // in the row under way
  void End();                                                          // of the row under way
  void Filter();                       // buttons in the header that choose rows; after the last row
  void Note(const std::string& text);  // a row with one text

 private:
  Book& book_;
  lxw_worksheet* sheet_;
  std::vector<SheetColumn> columns_;
  std::uint32_t row_ = 0, header_ = 0;
  std::size_t lines_ = 1;  // of the highest cell of the row under way
};

}  // namespace dijia::report
