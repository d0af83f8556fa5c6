// The parts of a request for a computation: files into the folder of a job, fields into an order.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/computation.h"
#include "app/price_snapshot.h"
#include "dijia/base/diagnostic.h"
#include "dijia/base/sha256.h"
#include "http/multipart.h"
#include "io/descriptor.h"

namespace dijia::http {

// What may be sent.
enum class PartKind : std::uint8_t { kFile, kField, kEither };
struct PartRow {
  std::string_view name;
  PartKind kind = PartKind::kField;
  bool many = false;
  bool is_required = false;
  std::string_view zh, en;
};
std::span<const PartRow> ComputationParts();

class ComputationUpload {
 public:
  // Of a field, a plan or a mapping.
  static constexpr std::uint64_t kTextBytes = 1024 * 1024;

  // Files are put into `folder`; without one nothing is kept but the fingerprint.
  explicit ComputationUpload(std::optional<std::filesystem::path> folder)
      : folder_(std::move(folder)) {}

  // Throws FileError.
  MultipartReader::Handler handler();

  // What is the same only for the same parts in the same order.
  std::string Fingerprint() { return sha256_.Hex(); }
  // Bytes of all files.
  std::uint64_t bytes() const { return file_bytes_; }

  // The order, after the last part: what the parts say, without doer, language, threads and
  // reference data. Publications that are named and not sent are taken from `prices`, into the
  // folder. Everything that is wrong with the parts is reported, each with its name as a pointer.
  // Throws FileError.
  app::ComputationOrder Order(const app::PriceSnapshot& prices,
                              const std::filesystem::path& reference_folder);
  Diagnostics& problems() { return problems_; }
  // The publication of the store that is to be computed again, and the county that is named; empty
  // = none.
  std::string Again() const { return FieldOf("again"); }
  std::string County() const { return FieldOf("county"); }

 private:
  struct Received {
    const PartRow* row = nullptr;
    std::string value;  // of a field, or the name of the file
    bool is_file = false;
  };

  void Begin(Part part);
  void Data(std::string_view bytes);
  void End();
  void OpenFile(const std::string& name);
  void Report(std::string_view part, Code code, std::vector<std::string> arguments);
  const Received* Find(std::string_view name) const;
  std::string FieldOf(std::string_view name) const;
  std::string FileOf(std::string_view name) const;
  std::vector<std::string> FilesOf(std::string_view name) const;
  std::string PublicationOf(const Received& received, const std::string& as,
                            const app::PriceSnapshot& prices);
  void ReadFields(app::ComputationOrder& order, const std::filesystem::path& reference_folder);
  void CheckAgain();
  void CheckSamples(const app::ComputationOrder& order);

  std::optional<std::filesystem::path> folder_;
  Sha256 sha256_;
  Diagnostics problems_;
  std::vector<Received> received_;
  std::vector<std::string> names_;  // of files
  std::uint64_t file_bytes_ = 0, part_bytes_ = 0;
  io::Descriptor file_;  // that is being written
  std::filesystem::path path_;
  const PartRow* row_ = nullptr;  // of the part at hand; null = it is passed over
};

}  // namespace dijia::http
