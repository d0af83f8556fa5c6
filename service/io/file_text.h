// Whole files in and out. All functions throw FileError.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "io/descriptor.h"

namespace dijia::io {

// Plans, publications and reference tables are small; a larger file is a mistake.
inline constexpr std::size_t kLargestText = 64U << 20U;

// The bytes of a file of at most kLargestText bytes.
std::string ReadText(const std::filesystem::path& file);

// Hands over the file block by block.
void ReadBlocks(const std::filesystem::path& file,
                const std::function<void(std::string_view)>& use);

// Writes a new file or replaces an old one.
void WriteText(const std::filesystem::path& file, std::string_view text);

// A new or emptied file, and all of `bytes` into it; `file` only names it in errors.
Descriptor CreateFile(const std::filesystem::path& file);
void WriteAll(const Descriptor& descriptor, std::string_view bytes,
              const std::filesystem::path& file);
void CloseFile(Descriptor& descriptor, const std::filesystem::path& file);

}  // namespace dijia::io
