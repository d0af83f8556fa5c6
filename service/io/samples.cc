#include "io/samples.h"

namespace dijia::io {

Result<SamplesInput> ReadSamples(std::span<const std::filesystem::path> files,
                                 const ReadSamplesOptions& options) {
  (void)options;
  return Error{Code::kInternal, "cannot read " + std::to_string(files.size()) + " files yet"};
}

}  // namespace dijia::io
