// The jobs of a service on disk: a folder for each, with its record, its inputs and what it made.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "io/descriptor.h"
#include "json/job_codec.h"

namespace dijia::app {

// One process at a time: what another one runs must not be taken for interrupted.
class JobFolder {
 public:
  // Makes the folder where it is not there yet, for this user alone, and takes away what uploads
  // left that did not become jobs. Throws FileError; kJobsFolderTaken while another process has it.
  explicit JobFolder(std::filesystem::path folder);

  // The jobs that are there, the oldest first. A record that cannot be read is reported and left
  // alone.
  std::vector<json::JobRecord> Load(Diagnostics& diagnostics) const;

  // Makes the folder of a job that is being asked for, hidden until Appear.
  void Prepare(const std::string& id) const;
  // Makes a prepared job appear, all at once.
  void Appear(const json::JobRecord& job) const;
  // Takes away a prepared job, or one that is there.
  void Remove(const std::string& id) const noexcept;

  // Puts the record of a job in the place of the old one: whole, or not at all.
  void Save(const json::JobRecord& job) const;

  // Where the inputs of a prepared job are put.
  std::filesystem::path InputsOfPrepared(const std::string& id) const;
  // Of a job that is there: its inputs, what it made for download, and result.json.
  std::filesystem::path InputsOf(const std::string& id) const;
  std::filesystem::path FilesOf(const std::string& id) const;
  std::filesystem::path ResultOf(const std::string& id) const;

  // Of an ended job: the files for download, and the bytes of everything.
  std::vector<json::JobFile> ListFiles(const std::string& id) const;
  std::uint64_t BytesOf(const std::string& id) const;
  // Takes away what a job made and what it was given.
  void Empty(const std::string& id) const noexcept;

 private:
  std::filesystem::path folder_;
  io::Descriptor lock_;
};

}  // namespace dijia::app
