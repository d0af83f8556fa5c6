// The standard input as a file that can be read twice.
#pragma once

#include "io/fingerprint.h"

namespace dijia::io {

// Copies the standard input into a file without a name, which goes when the program ends, and puts
// that file in its place, at the start; a standard input that is a plain file is read in place.
// Throws FileError.
FileFingerprint RewindableStandardInput();

}  // namespace dijia::io
