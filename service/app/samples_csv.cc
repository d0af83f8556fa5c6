#include "app/samples_csv.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/block_file.h"
#include "app/cell_cursor.h"
#include "app/csv_text.h"

namespace dijia::app {
namespace {

constexpr std::size_t kRowsPerBlock = 16'384;
constexpr int kPriceDecimals = 4;
constexpr int kFactorDecimals = 6;

constexpr std::string_view kHeader =
    "source,row,sample_id,use,grade,raw_price_yuan_per_sqm,date_factor,far_factor,term_factor,"
    "development_add,circumstance_factor,normalized_price_yuan_per_sqm,kept,reason_code";
constexpr std::string_view kHeaderOfDecisions =
    ",decision,overruled,decision_reason,decided_by,decided_at";
constexpr std::string_view kNoDecision = ",,,,,\n";

constexpr std::string_view kKept = ",true,", kLeftOut = ",false,";
static_assert(std::ranges::all_of(EnumTableOf<Fate>::kRows, [](const EnumRow<Fate>& row) {
  return kLeftOut.size() + row.code.size() <= ShortText::kLongest;
}));

void PutFactors(const NormalizationFactors& factors, CellCursor& out) {
  out.PutRounded<kFactorDecimals>(factors.date);
  out.Put(',');
  out.PutRounded<kFactorDecimals>(factors.far);
  out.Put(',');
  out.PutRounded<kFactorDecimals>(factors.term);
  out.Put(',');
  out.PutRounded<kPriceDecimals>(factors.development_add);
  out.Put(',');
  out.PutRounded<kFactorDecimals>(factors.circumstance);
}

// Whether a row was kept, and why not, by its fate. The line end is not among it: the longest code
// leaves no room for it.
std::array<ShortText, kFateCount> FateCells() {
  std::array<ShortText, kFateCount> cells;
  for (std::size_t i = 0; i < kFateCount; ++i) {
    const auto fate = static_cast<Fate>(i);
    cells[i] = ShortText(fate == Fate::kUsed ? kKept : kLeftOut, CodeOf(fate));
  }
  return cells;
}

// Use and its comma, by number; a comma alone where there is none.
std::array<ShortText, 256> UseCells() {
  std::array<ShortText, 256> cells;
  cells.fill(ShortText(","));
  for (const auto& row : EnumTableOf<LandUse>::kRows) {
    cells[static_cast<std::size_t>(row.value)] = ShortText(row.code, ",");
  }
  return cells;
}

class RowWriter {
 public:
  explicit RowWriter(const Computed& computed)
      : computed_(computed),
        samples_(computed.samples),
        report_(computed.report),
        fates_(FateCells()),
        uses_(UseCells()) {
    for (const std::string& name : computed.source_names) sources_.push_back(CsvCell(name) + ",");
  }

  // Appends rows [first, last).
  void PutRows(std::size_t first, std::size_t last, CsvText& text) const {
    std::array<NormalizationFactors, 512> factors;
    while (first < last) {
      const std::size_t count = std::min(factors.size(), last - first);
      FactorsOfRows(samples_, report_, first, std::span(factors).first(count));
      for (std::size_t i = 0; i < count; ++i) PutRow(first + i, factors[i], text);
      first += count;
    }
  }

 private:
  void PutRow(std::size_t row, const NormalizationFactors& factors, CsvText& text) const {
    const std::string_view id = samples_.sample_id[row];
    const std::string& source = sources_[samples_.source[row]];
    // An id in quotes has at most twice its length and three bytes.
    CellCursor out(text.Open(source.size() + 2 * id.size() + kRestOfRow));
    out.Put(source);
    out.PutUnsigned(samples_.row[row]);
    out.Put(',');
    if (CsvText::IsPlain(id)) {
      out.Put(id);
    } else {
      out.Put(CsvCell(id));
    }
    out.Put(',');
    out.Put(uses_[samples_.use[row]]);
    if (samples_.grade[row] != 0) out.PutUnsigned(samples_.grade[row]);
    out.Put(',');
    PutPrices(row, factors, out);
    out.Put(fates_[static_cast<std::size_t>(samples_.fate[row])]);
    if (samples_.decision.empty()) out.Put('\n');
    text.Close(out.at());
    if (!samples_.decision.empty()) PutDecision(row, text);
  }

  // Few rows have one, of any length.
  void PutDecision(std::size_t row, CsvText& text) const {
    const auto found = std::ranges::lower_bound(computed_.decided, row, {}, &DecidedSample::sample);
    if (found == computed_.decided.end() || found->sample != row) {
      text += kNoDecision;
      return;
    }
    const AppraiserDecision& decision = computed_.decisions.rows[found->decision];
    const Fate overruled = samples_.overruled[row];
    text += ',';
    text += CodeOf(decision.decision);
    text += ',';
    if (overruled != Fate::kUsed) text += CodeOf(overruled);
    for (const std::string* cell : {&decision.reason, &decision.decided_by, &decision.decided_at}) {
      text += ',';
      text.PutText(*cell);
    }
    text += '\n';
  }

  // Two integers, seven decimals, two short texts, commas, quotes and what a cursor scribbles over.
  static constexpr std::size_t kRestOfRow =
      9 * CellCursor::kLongestNumber + 2 * ShortText::kLongest + 16 + CellCursor::kSlack;

  void PutPrices(std::size_t row, const NormalizationFactors& factors, CellCursor& out) const {
    const double normalized = report_.normalized.normalized[row];
    out.PutRounded<kPriceDecimals>(report_.normalized.raw_price[row]);
    out.Put(',');
    if (std::isnan(normalized)) {
      out.Put(std::string_view(",,,,,"));
    } else {
      PutFactors(factors, out);
      out.Put(',');
      out.PutRounded<kPriceDecimals>(normalized);
    }
  }

  const Computed& computed_;
  const SampleTable& samples_;
  const GradePriceReport& report_;
  std::array<ShortText, kFateCount> fates_;
  std::array<ShortText, 256> uses_;
  std::vector<std::string> sources_;
};

}  // namespace

io::FileFingerprint WriteSamplesCsv(const std::filesystem::path& file, const Computed& computed,
                                    unsigned threads) {
  const RowWriter writer(computed);
  const std::size_t rows = computed.samples.size();
  const std::size_t blocks = std::max<std::size_t>(1, (rows + kRowsPerBlock - 1) / kRowsPerBlock);
  return WriteBlocks(file, blocks, threads, [&](std::size_t block, CsvText& text) {
    if (block == 0) {
      text += kHeader;
      if (!computed.samples.decision.empty()) text += kHeaderOfDecisions;
      text += '\n';
    }
    const std::size_t end = std::min(rows, (block + 1) * kRowsPerBlock);
    writer.PutRows(block * kRowsPerBlock, end, text);
  });
}

}  // namespace dijia::app
