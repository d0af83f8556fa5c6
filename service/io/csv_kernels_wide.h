// The kernels of the two wider levels, each compiled in its own file for its processors.
#pragma once

#include "io/csv_kernels.h"

namespace dijia::io {

const CsvKernels& Avx2Kernels();
const CsvKernels& Avx512Kernels();

}  // namespace dijia::io
