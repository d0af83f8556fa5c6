// The valuation of files of parcels: read, value and write, as a stream, on all cores, in order.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/publication_zones.h"
#include "app/value_output.h"
#include "dijia/publication.h"
#include "dijia/rules/reserve_price.h"
#include "io/output_file.h"
#include "io/parcel_input.h"
#include "law/benchmark_age.h"

namespace dijia::app {

struct ValueRequest {
  std::vector<io::ParcelInputOptions> inputs;  // one after the other
  std::vector<std::filesystem::path> publications;
  std::vector<Publication> stored;           // others beside those of the files
  ZoneMaps stored_zones;                     // of these
  std::vector<std::filesystem::path> zones;  // maps of the only file of `publications`
  ValueOutputOptions output;
  // Makes the writer; empty = MakeValueOutput.
  std::function<std::unique_ptr<ValueOutput>(const ValueOutputOptions&, io::OutputFile&)>
      make_output;
  std::filesystem::path reference_folder;  // data/reference
  unsigned threads = 0;                    // 0 = all cores; the bytes are the same for every number
  // Gets the rows that have no value, as they stand in the input below its header, to be corrected
  // and valued again; null: nobody wants them. One input, of texts.
  io::TextSink* rejects = nullptr;
  // Called with the counts so far after the answers of a block are written.
  std::function<void(const ValueCounts&)> after_block;
};

// The names that files of parcels may use, of a reference folder. Throws FileError.
io::Reference ReadParcelNames(const std::filesystem::path& folder);

// The value of one parcel by the publication in force on its valuation date. Whether that is recent
// enough is judged by rule benchmark.age: a base that is barred withholds the value, one that is
// overdue is warned of. A parcel that states no grade or zone is placed by its coordinates
// (parcel_place.h).
Valuation ValueByLaw(const Parcel& parcel, const std::vector<Publication>& publications,
                     const ZoneMaps& zones, law::BaseAgeJudge& judge);

struct ValueParcelsOptions {
  Language language = Language::kZh;
  unsigned threads = 0;
  // Whether more input is at hand. Where it is not, what was read is answered before the next read
  // waits. Empty: the input never waits long.
  std::function<bool()> more_is_here;
  // Called with the counts so far after the answers of a block are written; what it throws ends the
  // work.
  std::function<void(const ValueCounts&)> after_block;
};

// Values all parcels of an input and writes them in order. Reads and writes on the thread of the
// caller. Throws what reading and writing throw, after what came before is written.
ValueCounts ValueParcels(io::ParcelInput& input, const std::vector<Publication>& publications,
                         const ZoneMaps& zones, const rules::PreparedRules& rules,
                         const ValueParcelsOptions& options, ValueOutput& output,
                         Diagnostics& diagnostics);

// Values every parcel. Bad rows are reported, answered in their place and counted. The output file
// appears when all is written. Throws FileError. Nothing when a publication cannot be used or an
// input cannot be understood as a whole (reported).
std::optional<ValueCounts> ValueFiles(const ValueRequest& request,
                                      const rules::PreparedRules& rules, io::OutputFile& file,
                                      Diagnostics& diagnostics);

}  // namespace dijia::app
