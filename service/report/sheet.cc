#include "report/sheet.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>
#include <mutex>

#include "dijia/base/codes.h"
#include "report/markup.h"

namespace dijia::report {
namespace {

constexpr lxw_color_t kInk = 0x12415F, kPale = 0xEAF1F6, kRule = 0xB8C6D0;

// The longest text a cell can hold.
constexpr std::size_t kLongestText = 32'000;

constexpr double kLineHeight = 15.0, kHighestRow = 409.0;  // points

void SetNumber(lxw_format* format, const char* pattern) {
  format_set_num_format(format, pattern);
  format_set_align(format, LXW_ALIGN_RIGHT);
}

void SetText(lxw_format* format) {
  format_set_align(format, LXW_ALIGN_LEFT);
  format_set_indent(format, 1);
}

void SetStatus(lxw_format* format, lxw_color_t ground, lxw_color_t ink) {
  format_set_bg_color(format, ground);
  format_set_font_color(format, ink);
  format_set_bold(format);
  format_set_align(format, LXW_ALIGN_CENTER);
}

void SetHeader(lxw_format* format) {
  format_set_bold(format);
  format_set_bg_color(format, kPale);
  format_set_text_wrap(format);
  format_set_align(format, LXW_ALIGN_CENTER);
}

void SetTitle(lxw_format* format) {
  format_set_bold(format);
  format_set_font_size(format, 16.0);
  format_set_font_color(format, kInk);
}

// The number format of a style, empty for texts.
const char* PatternOf(Style style, const BookFormats& formats) {
  switch (style) {
    case Style::kCount:
      return "#,##0";
    case Style::kPrice:
      return formats.price.c_str();
    case Style::kPerMu:
      return formats.per_mu.c_str();
    case Style::kStatistic:
      return "#,##0.0";
    case Style::kRatio:
      return "0.000";
    case Style::kHundredths:
      return "+0.00;-0.00;0.00";
    case Style::kPValue:
      return "[<0.001]\"< 0.001\";0.000";
    case Style::kFactor:
      return "0.000000";
    case Style::kPercent:
      return "0.0%";
    default:
      return "";
  }
}

struct StatusColours {
  Style style;
  lxw_color_t ground, ink;
};
constexpr StatusColours kStatusColours[] = {
    {Style::kComputed, 0xE1F2E7, 0x165A36}, {Style::kThin, 0xFCEDCC, 0x6F4600},
    {Style::kModelled, 0xE8E7F8, 0x423E99}, {Style::kCarriedForward, 0xE5EAEE, 0x3B4954},
    {Style::kWithheld, 0xFAE3E1, 0x93211D},
};

void SetStyle(lxw_format* format, Style style, const BookFormats& formats) {
  const char* pattern = PatternOf(style, formats);
  if (pattern[0] != 0) SetNumber(format, pattern);
  for (const StatusColours& status : kStatusColours) {
    if (status.style == style) SetStatus(format, status.ground, status.ink);
  }
  if (style == Style::kText || style == Style::kWrapped) SetText(format);
  if (style == Style::kWrapped) format_set_text_wrap(format);
  if (style == Style::kCentred) format_set_align(format, LXW_ALIGN_CENTER);
  if (style == Style::kHeader) SetHeader(format);
  if (style == Style::kTitle) SetTitle(format);
  if (style == Style::kNote) format_set_font_color(format, 0x51606D);
}

bool HasBorder(Style style) { return style != Style::kTitle && style != Style::kNote; }

lxw_workbook* Start(const std::string& path) {
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // rows go to disk as they are written
  return workbook_new_opt(path.c_str(), &options);
}

// One at a time: libxlsxwriter dates a workbook by gmtime, whose answer all threads share.
lxw_error Close(lxw_workbook* book) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  return workbook_close(book);
}

// How many lines a text takes in a column of this width; a Chinese character takes two places.
std::size_t LinesOf(const std::string& text, double width) {
  double places = 0.0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) places += byte >= 0xE0U ? 2.0 : 1.0;
  }
  // Lines break before the margin, so that a few places of each stay empty.
  return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(places / (width - 5.0))));
}

std::string CellText(const std::string& text) {
  std::string valid = ValidUtf8(text);
  if (valid.size() <= kLongestText) return valid;
  std::size_t end = kLongestText;
  while ((static_cast<unsigned char>(valid[end]) & 0xC0U) == 0x80U) --end;
  valid.resize(end);
  return valid + "…";
}

}  // namespace

Book::Book(const std::string& path, const BookFormats& formats)
    : footer_(formats.footer), book_(Start(path)) {
  for (std::size_t i = 0; i < kStyleCount; ++i) {
    lxw_format* format = workbook_add_format(book_);
    format_set_font_name(format, "Microsoft YaHei");
    format_set_font_size(format, 10.0);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (HasBorder(static_cast<Style>(i))) {
      format_set_border(format, LXW_BORDER_THIN);
      format_set_border_color(format, kRule);
    }
    SetStyle(format, static_cast<Style>(i), formats);
    formats_[i] = format;
  }
}

Book::~Book() {
  if (book_ != nullptr) Close(book_);
}

void Book::Describe(const std::string& title, Date created) {
  std::string text = title, author = "dijia";
  lxw_doc_properties properties{};
  properties.title = text.data();
  properties.author = author.data();
  properties.created = static_cast<time_t>(ToDays(created)) * 86'400;
  workbook_set_properties(book_, &properties);
}

Status Book::Save() {
  const lxw_error error = Close(book_);
  book_ = nullptr;
  if (error != LXW_NO_ERROR) {
    return Error{Code::kFileNotWritten, lxw_strerror(error)};
  }
  return Done{};
}

Sheet::Sheet(Book& book, const std::string& name, const std::string& title,
             const std::vector<std::string>& notes, std::vector<SheetColumn> columns)
    : book_(book),
      sheet_(workbook_add_worksheet(book.get(), name.c_str())),
      columns_(std::move(columns)) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet_, column, column, columns_[i].width, nullptr);
  }
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, 9);  // A4
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_set_margins(sheet_, 0.5, 0.5, 0.6, 0.6);
  worksheet_set_footer(sheet_, ("&C" + book.footer()).c_str());
  worksheet_gridlines(sheet_, LXW_HIDE_ALL_GRIDLINES);

  worksheet_set_row(sheet_, row_, 28.0, nullptr);
  worksheet_write_string(sheet_, row_++, 0, CellText(title).c_str(), book.Format(Style::kTitle));
  for (const std::string& note : notes) Note(note);
  worksheet_set_row(sheet_, row_, 32.0, nullptr);
  for (std::size_t i = 0; i < columns_.size(); ++i) Write(i, columns_[i].name, Style::kHeader);
  worksheet_repeat_rows(sheet_, row_, row_);
  header_ = row_;
  lines_ = 1;  // the header has its height
  End();
  worksheet_freeze_panes(sheet_, row_, 0);
}

void Sheet::Row(const std::vector<SheetCell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) Write(i, cells[i], columns_[i].style);
  End();
}

void Sheet::Write(std::size_t column, const SheetCell& cell, Style style) {
  const auto at = static_cast<lxw_col_t>(column);
  lxw_format* format = book_.Format(style);
  if (const auto* text = std::get_if<std::string>(&cell); text != nullptr && !text->empty()) {
    worksheet_write_string(sheet_, row_, at, CellText(*text).c_str(), format);
    if (style == Style::kWrapped) lines_ = std::max(lines_, LinesOf(*text, columns_[column].width));
  } else if (const auto* number = std::get_if<double>(&cell);
             number != nullptr && std::isfinite(*number)) {
    worksheet_write_number(sheet_, row_, at, *number, format);
  } else {
    worksheet_write_blank(sheet_, row_, at, format);
  }
}

void Sheet::End() {
  if (lines_ > 1) {
    const double height = kLineHeight * static_cast<double>(lines_) + 3.0;
    worksheet_set_row(sheet_, row_, std::min(height, kHighestRow), nullptr);
  }
  lines_ = 1;
  ++row_;
}

void Sheet::Filter() {
  if (row_ <= header_ + 1) return;
  worksheet_autofilter(sheet_, header_, 0, row_ - 1, static_cast<lxw_col_t>(columns_.size() - 1));
}

void Sheet::Note(const std::string& text) {
  worksheet_write_string(sheet_, row_++, 0, CellText(text).c_str(), book_.Format(Style::kNote));
}

}  // namespace dijia::report
