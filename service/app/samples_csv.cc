#include "app/samples_csv.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "app/block_file.h"
#include "app/csv_text.h"

namespace dijia::app {
namespace {

constexpr std::size_t kRowsPerBlock = 16'384;
constexpr int kPriceDecimals = 4;
constexpr int kFactorDecimals = 6;

constexpr std::string_view kHeader =
    "source,row,sample_id,use,grade,raw_price_yuan_per_sqm,date_factor,far_factor,term_factor,"
    "development_add,circumstance_factor,normalized_price_yuan_per_sqm,kept,reason_code\n";

void PutFactors(const NormalizationFactors& factors, CsvText& text) {
  text.PutRounded(factors.date, kFactorDecimals);
  text.PutRaw(',');
  text.PutRounded(factors.far, kFactorDecimals);
  text.PutRaw(',');
  text.PutRounded(factors.term, kFactorDecimals);
  text.PutRaw(',');
  text.PutRounded(factors.development_add, kPriceDecimals);
  text.PutRaw(',');
  text.PutRounded(factors.circumstance, kFactorDecimals);
}

class RowWriter {
 public:
  RowWriter(const SampleTable& samples, const GradePriceReport& report,
            std::span<const std::string> source_names)
      : samples_(samples), report_(report) {
    for (const std::string& name : source_names) sources_.push_back(CsvCell(name) + ",");
  }

  void Put(std::size_t row, CsvText& text) const {
    PutIdentity(row, text);
    PutPrices(row, text);
    const Fate fate = samples_.fate[row];
    text.PutRaw(fate == Fate::kUsed ? ",true," : ",false,");
    text.PutRaw(CodeOf(fate));
    text.PutRaw('\n');
  }

 private:
  void PutIdentity(std::size_t row, CsvText& text) const {
    text.PutRaw(sources_[samples_.source[row]]);
    text.PutUnsigned(samples_.row[row]);
    text.PutRaw(',');
    text.PutText(samples_.sample_id[row]);
    text.PutRaw(',');
    if (samples_.use[row] != kMissing8) {
      text.PutRaw(CodeOf(static_cast<LandUse>(samples_.use[row])));
    }
    text.PutRaw(',');
    if (samples_.grade[row] != 0) text.PutUnsigned(samples_.grade[row]);
    text.PutRaw(',');
  }

  void PutPrices(std::size_t row, CsvText& text) const {
    const double normalized = report_.normalized.normalized[row];
    text.PutRounded(report_.normalized.raw_price[row], kPriceDecimals);
    text.PutRaw(',');
    if (std::isnan(normalized)) {
      text.PutRaw(",,,,,");
    } else {
      PutFactors(FactorsOf(samples_, report_, row), text);
      text.PutRaw(',');
      text.PutRounded(normalized, kPriceDecimals);
    }
  }

  const SampleTable& samples_;
  const GradePriceReport& report_;
  std::vector<std::string> sources_;
};

}  // namespace

io::FileFingerprint WriteSamplesCsv(const std::filesystem::path& file, const SampleTable& samples,
                                    const GradePriceReport& report,
                                    std::span<const std::string> source_names, unsigned threads) {
  const RowWriter writer(samples, report, source_names);
  const std::size_t blocks =
      std::max<std::size_t>(1, (samples.size() + kRowsPerBlock - 1) / kRowsPerBlock);
  return WriteBlocks(file, blocks, threads, [&](std::size_t block, CsvText& text) {
    if (block == 0) text.PutRaw(kHeader);
    const std::size_t end = std::min(samples.size(), (block + 1) * kRowsPerBlock);
    for (std::size_t row = block * kRowsPerBlock; row < end; ++row) writer.Put(row, text);
  });
}

}  // namespace dijia::app
