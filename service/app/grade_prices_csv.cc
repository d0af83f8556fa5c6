#include "app/grade_prices_csv.h"

#include <algorithm>
#include <cmath>

#include "app/csv_text.h"
#include "app/per_mu.h"
#include "dijia/base/codes.h"

namespace dijia::app {
namespace {

constexpr std::string_view kColumns =
    "area,use,sub_use,grade,price_yuan_per_sqm,price_wan_yuan_per_mu,status,method,samples,used,"
    "mean,median,cv,ci95_low,ci95_high,cod,note\n";
constexpr int kStatisticDecimals = 4;

std::string NotesOf(const GradePrice& cell, Language language) {
  std::string notes;
  for (const Diagnostic& note : cell.notes) {
    if (!notes.empty()) notes += language == Language::kZh ? "；" : "; ";
    notes += CodeId(note.code) + " " + TextOf(note, language);
  }
  return notes;
}

void PutPrices(const GradePrice& cell, CsvText& text) {
  if (cell.price) text += cell.price->ToString();
  text += ',';
  if (cell.price) {
    if (const auto per_mu = ShownPerMu(*cell.price)) {
      text += per_mu->ToString();
    }
  }
  text += ',';
}

void PutStatistics(const GradePrice& cell, CsvText& text) {
  const double nothing = std::nan("");
  const double figures[] = {cell.mean,
                            cell.median,
                            cell.cv,
                            cell.interval ? cell.interval->low : nothing,
                            cell.interval ? cell.interval->high : nothing,
                            cell.cod};
  for (const double figure : figures) {
    text.PutRounded(figure, kStatisticDecimals);
    text += ',';
  }
}

void PutCell(const GradePrice& cell, const SampleTable& samples, std::string_view area,
             Language language, CsvText& text) {
  text.PutText(area);
  text += ',';
  text += CodeOf(cell.key.use);
  text += ',';
  text.PutText(samples.sub_uses.Name(cell.key.sub_use));
  text += ',';
  text.PutUnsigned(cell.key.grade);
  text += ',';
  PutPrices(cell, text);
  text += CodeOf(cell.status);
  text += ',';
  text.PutText(cell.method);
  text += ',';
  text.PutUnsigned(cell.samples);
  text += ',';
  text.PutUnsigned(cell.used);
  text += ',';
  PutStatistics(cell, text);
  text.PutText(NotesOf(cell, language));
  text += '\n';
}

template <class Prefix>
void PutCells(const ComputedPublication& publication, const Computed& computed, Language language,
              CsvText& text, Prefix prefix) {
  for (const GradePrice& cell : computed.report.cells) {
    const bool inside =
        cell.key.county == publication.scope.county && cell.key.area == publication.scope.area;
    if (!inside) continue;
    prefix();
    PutCell(cell, computed.samples, publication.draft.area, language, text);
  }
}

void PutCounty(const ComputedPublication& publication, CsvText& text) {
  text.PutText(publication.draft.county);
  text += ',';
  text.PutText(publication.county_name);
  text += ',';
}

}  // namespace

std::string GradePricesCsv(const ComputedPublication& publication, const Computed& computed,
                           Language language) {
  CsvText text;
  text += kColumns;
  PutCells(publication, computed, language, text, [] {});
  return std::string(text.view());
}

std::string AllGradePricesCsv(const Computed& computed, Language language) {
  CsvText text;
  text += "county,county_name,";
  text += kColumns;
  for (const ComputedPublication& publication : computed.publications) {
    PutCells(publication, computed, language, text, [&] { PutCounty(publication, text); });
  }
  return std::string(text.view());
}

std::string SummaryCsv(const Computed& computed) {
  CsvText text;
  text += "county,county_name,area,rows";
  for (const EnumRow<Fate>& row : EnumTableOf<Fate>::kRows) {
    text += ',';
    text += row.code;
  }
  for (const EnumRow<CellStatus>& row : EnumTableOf<CellStatus>::kRows) {
    text += ",prices_";
    text += row.code;
  }
  text += '\n';
  for (const ComputedPublication& publication : computed.publications) {
    PutCounty(publication, text);
    text.PutText(publication.draft.area);
    text += ',';
    text.PutUnsigned(publication.scope.rows.size());
    for (const std::size_t count : publication.fates) {
      text += ',';
      text.PutUnsigned(count);
    }
    for (const std::size_t count : publication.cells) {
      text += ',';
      text.PutUnsigned(count);
    }
    text += '\n';
  }
  return std::string(text.view());
}

}  // namespace dijia::app
