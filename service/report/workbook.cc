#include "report/workbook.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <optional>

#include "dijia/base/codes.h"
#include "dijia/normalise.h"
#include "report/number_text.h"
#include "report/points.h"
#include "report/series.h"
#include "report/sheet.h"
#include "report/texts.h"
#include "report/words.h"

namespace dijia::report {
namespace {

Style StyleOf(CellStatus status) {
  switch (status) {
    case CellStatus::kComputed:
      return Style::kComputed;
    case CellStatus::kThin:
      return Style::kThin;
    case CellStatus::kModelled:
      return Style::kModelled;
    case CellStatus::kCarriedForward:
      return Style::kCarriedForward;
    case CellStatus::kWithheld:
      return Style::kWithheld;
  }
  return Style::kText;
}

double Number(std::size_t count) { return static_cast<double>(count); }

bool FitsSheet(std::size_t rows) { return rows <= kLongestSheet; }

// Writes the sheets of one workbook, one after the other.
class Sheets {
 public:
  Sheets(Book& book, const PublicationView& view, Language language)
      : book_(book), view_(view), language_(language), series_(SeriesOf(view)) {}

  void Write() {
    WritePrices();
    WriteConditions();
    WriteStatistics();
    WriteRejections();
    WriteDecisions();
    WriteSamples();
    WriteEvidence();
    WritePlan();
  }

  std::string Title() const {
    return view_.plan.title.empty() ? Say(Text::kDefaultTitle, language_, {PlaceName(view_)})
                                    : view_.plan.title;
  }

 private:
  std::string Words(Text text) const { return std::string(Say(text, language_)); }
  std::string Label(std::string_view code) const {
    return std::string(view_.labels.Of(code, language_));
  }
  std::string GradeWords(int grade) const {
    return Say(Text::kGradeName, language_, {GradeText(grade, language_)});
  }
  std::string Titled(Text sheet) const { return PlaceName(view_) + " · " + Words(sheet); }

  // The notes of a cell, what decides first.
  std::string NotesOf(const GradePrice& cell) const {
    const Series alone{cell.key.use, cell.key.sub_use, nullptr, std::span(&cell, 1), nullptr};
    std::string words;
    for (const Point& point : PointsOf(alone)) {
      if (!words.empty()) words += Words(Text::kSemicolon);
      words += NoteWords(*point.note, view_.labels, language_);
    }
    return words;
  }

  void WritePrices() {
    Sheet sheet(book_, Words(Text::kSheetPrices), Title(),
                {Words(Text::kDraftNote), Facts(), Words(Text::kNoSuchGrade)},
                {{Words(Text::kUse), 22.0},
                 {Words(Text::kGrade), 8.0, Style::kCentred},
                 {UnitHeader(PriceUnit::kYuanPerSqm), 16.0, Style::kPrice},
                 {UnitHeader(PriceUnit::kWanYuanPerMu), 18.0, Style::kPerMu},
                 {Words(Text::kIntervalLow), 14.0, Style::kStatistic},
                 {Words(Text::kIntervalHigh), 14.0, Style::kStatistic},
                 {Words(Text::kCoverage), 10.0, Style::kPercent},
                 {Words(Text::kStatus), 16.0, Style::kCentred},
                 {Words(Text::kUsed), 10.0, Style::kCount},
                 {Words(Text::kMethod), 20.0},
                 {Words(Text::kNote), 64.0, Style::kWrapped}});
    for (const Series& series : series_) {
      for (const GradePrice& cell : series.cells) WritePrice(sheet, series, cell);
    }
  }

  void WritePrice(Sheet& sheet, const Series& series, const GradePrice& cell) {
    sheet.Write(0, NameOf(series, view_, language_), Style::kText);
    sheet.Write(1, GradeWords(cell.key.grade), Style::kCentred);
    if (cell.price) {
      const std::optional<PricePerMu> per_mu = PerMuOf(*cell.price, view_.plan);
      sheet.Write(2, ToDouble(*cell.price), Style::kPrice);
      sheet.Write(3, per_mu ? SheetCell(ToDouble(*per_mu)) : SheetCell(), Style::kPerMu);
    } else {
      sheet.Write(2, std::string("—"), Style::kCentred);
      sheet.Write(3, std::string("—"), Style::kCentred);
    }
    const bool known = cell.interval.has_value();
    sheet.Write(4, known ? SheetCell(cell.interval->low) : SheetCell(), Style::kStatistic);
    sheet.Write(5, known ? SheetCell(cell.interval->high) : SheetCell(), Style::kStatistic);
    sheet.Write(6, known ? SheetCell(cell.interval->coverage) : SheetCell(), Style::kPercent);
    sheet.Write(7, Label(CodeOf(cell.status)), StyleOf(cell.status));
    sheet.Write(8, Number(cell.used), Style::kCount);
    sheet.Write(9, MethodWords(cell.method, view_.labels, language_), Style::kText);
    sheet.Write(10, NotesOf(cell), Style::kWrapped);
    sheet.End();
  }

  std::string Facts() const {
    return Words(Text::kBaseDate) + Words(Text::kColon) + FormatDate(view_.plan.base_date) +
           Words(Text::kSemicolon) + Words(Text::kPublicationId) + Words(Text::kColon) +
           view_.publication_id;
  }

  // The unit, marked where it is the authoritative one.
  std::string UnitHeader(PriceUnit unit) const {
    std::string name =
        Words(unit == PriceUnit::kWanYuanPerMu ? Text::kPriceWanYuanPerMu : Text::kPriceYuanPerSqm);
    if (view_.plan.primary_unit != unit) return name;
    return name + " ★ " + Words(Text::kPrimary);
  }

  void WriteConditions() {
    Sheet sheet(book_, Words(Text::kSheetConditions), Titled(Text::kConditions),
                {Words(Text::kConditionsCaption) + " " + FormatDate(view_.plan.base_date)},
                {{Words(Text::kUse), 22.0},
                 {Words(Text::kTerm), 14.0, Style::kCentred},
                 {Words(Text::kFar), 42.0, Style::kWrapped},
                 {Words(Text::kCapitalizationRate), 14.0, Style::kCentred},
                 {Words(Text::kDevelopmentLevel), 20.0}});
    for (const UsePlan& use : view_.plan.uses) {
      const BenchmarkConditions& conditions = use.conditions;
      sheet.Row({NameOf(use.use, view_, language_),
                 Say(Text::kYears, language_, {conditions.term.ToString()}),
                 FarWords(conditions, language_), Percent(conditions.capitalization_rate),
                 conditions.development_level.empty() ? Words(Text::kNotSet)
                                                      : conditions.development_level});
    }
  }

  void WriteStatistics() {
    Sheet sheet(book_, Words(Text::kSheetStatistics), Titled(Text::kSheetStatistics),
                {Words(Text::kStatisticsUnit)},
                {{Words(Text::kUse), 22.0},
                 {Words(Text::kGrade), 8.0, Style::kCentred},
                 {Words(Text::kSamples), 9.0, Style::kCount},
                 {Words(Text::kUsed), 9.0, Style::kCount},
                 {Words(Text::kEstimate), 10.0, Style::kStatistic},
                 {Words(Text::kMonotone), 10.0, Style::kStatistic},
                 {Words(Text::kMean), 10.0, Style::kStatistic},
                 {Words(Text::kMedian), 10.0, Style::kStatistic},
                 {Words(Text::kStandardDeviation), 10.0, Style::kStatistic},
                 {Words(Text::kCv), 10.0, Style::kRatio},
                 {Words(Text::kCod), 10.0, Style::kStatistic},
                 {Words(Text::kNormalityP), 10.0, Style::kPValue},
                 {Words(Text::kLogNormalityP), 10.0, Style::kPValue},
                 {Words(Text::kTwoPopulationP), 10.0, Style::kPValue},
                 {Words(Text::kSplitPriceUnit), 11.0, Style::kStatistic},
                 {Words(Text::kRejectedMad), 9.0, Style::kCount},
                 {Words(Text::kRejectedTwoSigma), 9.0, Style::kCount},
                 {Words(Text::kRejectedThreeSigma), 9.0, Style::kCount},
                 {Words(Text::kFlags), 26.0, Style::kWrapped}});
    for (const Series& series : series_) {
      for (const GradePrice& cell : series.cells) WriteStatistic(sheet, series, cell);
    }
  }

  void WriteStatistic(Sheet& sheet, const Series& series, const GradePrice& cell) {
    const CellChecks& checks = cell.checks;
    sheet.Row({NameOf(series, view_, language_), GradeWords(cell.key.grade), Number(cell.samples),
               Number(cell.used), cell.estimate, cell.monotone, cell.mean, cell.median,
               cell.standard_deviation, cell.cv, cell.cod, checks.normality_p,
               checks.log_normality_p, checks.two_population_p,
               checks.two_populations ? SheetCell(checks.split_price) : SheetCell(),
               Number(checks.rejected_by_mad), Number(checks.rejected_by_two_sigma),
               Number(checks.rejected_by_three_sigma), FlagWords(checks, language_)});
  }

  void WriteRejections() {
    const std::vector<const Rejection*> rejections = RejectionsOf(view_);
    Sheet sheet(book_, Words(Text::kSheetRejections), Titled(Text::kRejections), {},
                {{Words(Text::kSampleId), 24.0},
                 {Words(Text::kSource), 24.0},
                 {Words(Text::kRow), 9.0, Style::kCount},
                 {Words(Text::kUse), 22.0},
                 {Words(Text::kGrade), 8.0, Style::kCentred},
                 {Words(Text::kRawPriceYuanPerSqm), 16.0, Style::kStatistic},
                 {Words(Text::kNormalizedYuanPerSqm), 16.0, Style::kStatistic},
                 {Words(Text::kRule), 20.0},
                 {Words(Text::kPass), 8.0, Style::kCount},
                 {Words(Text::kFigure), 10.0, Style::kRatio},
                 {Words(Text::kLimit), 10.0, Style::kRatio}});
    if (!FitsSheet(rejections.size())) return NoteLength(sheet, rejections.size());
    const auto write = [&](const Rejection* rejection) {
      const std::size_t row = rejection->sample;
      sheet.Row({SampleId(row), SourceName(row), Number(view_.samples.row[row]), UseName(row),
                 GradeOf(row), view_.report.normalized.raw_price[row],
                 view_.report.normalized.normalized[row], Label(CodeOf(rejection->rule)),
                 static_cast<double>(rejection->pass), rejection->figure, rejection->limit});
    };
    std::for_each(rejections.begin(), rejections.end(), write);
    sheet.Filter();
  }

  // No sheet where nobody decided anything.
  void WriteDecisions() {
    const std::vector<DecidedSample> decided = DecidedOf(view_);
    if (decided.empty()) return;
    Sheet sheet(book_, Words(Text::kSheetDecisions), Titled(Text::kDecisions), {},
                {{Words(Text::kSampleId), 24.0},
                 {Words(Text::kSource), 24.0},
                 {Words(Text::kRow), 9.0, Style::kCount},
                 {Words(Text::kUse), 22.0},
                 {Words(Text::kGrade), 8.0, Style::kCentred},
                 {Words(Text::kRawPriceYuanPerSqm), 16.0, Style::kStatistic},
                 {Words(Text::kNormalizedYuanPerSqm), 16.0, Style::kStatistic},
                 {Words(Text::kDecision), 12.0, Style::kCentred},
                 {Words(Text::kOverruled), 18.0},
                 {Words(Text::kDecisionReason), 64.0, Style::kWrapped},
                 {Words(Text::kDecidedBy), 16.0},
                 {Words(Text::kDecidedAt), 24.0}});
    if (!FitsSheet(decided.size())) return NoteLength(sheet, decided.size());
    for (const DecidedSample& one : decided) {
      const std::size_t row = one.sample;
      const AppraiserDecision& decision = view_.decisions->rows[one.decision];
      const Fate overruled = view_.samples.OverruledOf(row);
      sheet.Row({SampleId(row), SourceName(row), Number(view_.samples.row[row]), UseName(row),
                 GradeOf(row), view_.report.normalized.raw_price[row],
                 view_.report.normalized.normalized[row], Label(CodeOf(decision.decision)),
                 overruled == Fate::kUsed ? std::string() : Label(CodeOf(overruled)),
                 decision.reason, decision.decided_by, decision.decided_at});
    }
    sheet.Filter();
  }

  void WriteSamples() {
    Sheet sheet(book_, Words(Text::kSheetSamples), Titled(Text::kSheetSamples),
                {Words(Text::kLeftOutIntro)},
                {{Words(Text::kSource), 24.0},
                 {Words(Text::kRow), 9.0, Style::kCount},
                 {Words(Text::kSampleId), 24.0},
                 {Words(Text::kUse), 22.0},
                 {Words(Text::kGrade), 8.0, Style::kCentred},
                 {Words(Text::kSaleDate), 12.0, Style::kCentred},
                 {Words(Text::kAreaSqm), 13.0, Style::kStatistic},
                 {Words(Text::kRawPriceYuanPerSqm), 14.0, Style::kStatistic},
                 {Words(Text::kDevelopmentAdd), 16.0, Style::kStatistic},
                 {Words(Text::kDateFactor), 11.0, Style::kFactor},
                 {Words(Text::kFarFactor), 11.0, Style::kFactor},
                 {Words(Text::kTermFactor), 11.0, Style::kFactor},
                 {Words(Text::kCircumstanceFactor), 11.0, Style::kFactor},
                 {Words(Text::kNormalizedYuanPerSqm), 14.0, Style::kStatistic},
                 {Words(Text::kReason), 28.0}});
    const std::vector<std::uint32_t>& rows = view_.scope.rows;
    if (!FitsSheet(rows.size())) return NoteLength(sheet, rows.size());
    for (const std::uint32_t row : rows) WriteSample(sheet, row);
    sheet.Filter();
  }

  // The factors take the raw price to the normalised one; rows that were not normalised have none.
  void WriteSample(Sheet& sheet, std::size_t row) {
    const double normalized = view_.report.normalized.normalized[row];
    const Normalizer* normalizer = view_.report.normalizer.get();
    std::vector<SheetCell> cells{SourceName(row), Number(view_.samples.row[row]),
                                 SampleId(row),   UseName(row),
                                 GradeOf(row),    DateOf(row),
                                 AreaOf(row),     view_.report.normalized.raw_price[row]};
    if (normalizer != nullptr && std::isfinite(normalized)) {
      const NormalizationFactors factors = normalizer->Factors(view_.samples, row);
      cells.insert(cells.end(), {factors.development_add, factors.date, factors.far, factors.term,
                                 factors.circumstance});
    } else {
      cells.resize(cells.size() + 5);
    }
    cells.emplace_back(normalized);
    cells.emplace_back(Label(CodeOf(view_.samples.fate[row])));
    sheet.Row(cells);
  }

  void WriteEvidence() {
    Sheet sheet(book_, Words(Text::kSheetEvidence), Titled(Text::kEvidence),
                {Words(Text::kEvidenceIntro)},
                {{Words(Text::kItem), 34.0},
                 {Words(Text::kContentsOfFile), 16.0},
                 {Words(Text::kRows), 10.0, Style::kCount},
                 {Words(Text::kSha256), 70.0}});
    const EvidenceSummary& evidence = view_.evidence;
    sheet.Row({Words(Text::kEngineVersion), evidence.engine_version, SheetCell(), SheetCell()});
    for (const InputFile& file : evidence.inputs) {
      sheet.Row({file.name, FileWords(file.contents, language_),
                 file.rows == 0 ? SheetCell() : SheetCell(static_cast<double>(file.rows)),
                 file.sha256});
    }
  }

  void WritePlan() {
    Sheet sheet(book_, Words(Text::kSheetPlan), Titled(Text::kSheetPlan), {},
                {{Words(Text::kEffectivePlan), 110.0}});
    std::string_view rest = view_.evidence.effective_plan;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      sheet.Note(std::string(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  void NoteLength(Sheet& sheet, std::size_t rows) {
    sheet.Note(Say(Text::kTooManyRows, language_, {Count(rows), Count(kLongestSheet)}));
  }

  std::string SampleId(std::size_t row) const { return std::string(view_.samples.sample_id[row]); }
  const std::string& SourceName(std::size_t row) const { return view_.SourceName(row); }
  std::string UseName(std::size_t row) const {
    const std::uint8_t use = view_.samples.use[row];
    return use < kLandUseCount ? NameOf(static_cast<LandUse>(use), view_, language_)
                               : std::string();
  }
  std::string GradeOf(std::size_t row) const {
    const std::uint8_t grade = view_.samples.grade[row];
    return grade == 0 ? std::string() : GradeWords(grade);
  }

  SheetCell DateOf(std::size_t row) const {
    const Days day = view_.samples.date[row];
    return day == kNoDate ? SheetCell() : SheetCell(FormatDate(FromDays(day)));
  }
  SheetCell AreaOf(std::size_t row) const {
    const std::int64_t area = view_.samples.area_sqm[row];
    return area == kMissing64 ? SheetCell() : SheetCell(ToDouble(Area::FromUnits(area)));
  }

  Book& book_;
  const PublicationView& view_;
  Language language_;
  std::vector<Series> series_;
};

// `#,##0.0" 元/㎡"`: as many decimals as published prices have.
std::string UnitFormat(int decimals, std::string_view unit) {
  const std::string places =
      decimals == 0 ? "#,##0" : "#,##0." + std::string(static_cast<std::size_t>(decimals), '0');
  return places + "\"" + std::string(unit) + "\"";
}

}  // namespace

Status WriteWorkbook(const PublicationView& view, Language language, const std::string& path) {
  // The library opens the file at the very end; a folder that is not there should cost no work.
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return Error{Code::kFileNotWritten, std::strerror(errno)};
  std::fclose(file);
  const PriceDecimals decimals = DecimalsOf(view.plan);
  Book book(path,
            {UnitFormat(decimals.yuan_per_sqm, " " + std::string(Say(Text::kYuanPerSqm, language))),
             UnitFormat(decimals.wan_yuan_per_mu, Say(Text::kPerMuFormat, language)),
             std::string(Say(Text::kPage, language))});
  Sheets sheets(book, view, language);
  book.Describe(sheets.Title(), view.plan.base_date);
  sheets.Write();
  return book.Save();
}

}  // namespace dijia::report
