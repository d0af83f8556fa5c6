// Values of CSV files by columns: the bytes of valuing parcel by parcel, without making a parcel of
// every row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/csv_text.h"
#include "app/value_output.h"
#include "dijia/prepared_valuation.h"
#include "io/csv_parcel_columns.h"

namespace dijia::app {

// The publications of a run with their formulas prepared; shared by all workers.
class PreparedPublications {
 public:
  // `publications` must outlive the object.
  explicit PreparedPublications(const std::vector<Publication>& publications);
  const PreparedValuation& Of(const Publication& publication) const;

 private:
  const std::vector<Publication>& publications_;
  std::vector<std::unique_ptr<PreparedValuation>> prepared_;
};

// What holds for parcels of one county, area and day.
struct PublicationByLaw {
  const Publication* publication = nullptr;  // null where the value is withheld
  std::vector<Diagnostic> warnings;
};

// The answers of one worker to blocks of a CSV file.
class ColumnValues {
 public:
  struct Work {
    const io::CsvParcels& input;
    const PreparedPublications& prepared;
    Language language;
    std::string source;
    // The publication for a parcel, of which only county, area and day are stated.
    std::function<PublicationByLaw(const Parcel&)> find;
    // Answers a row the careful way.
    std::function<void(io::ParcelRow&, AnsweredParcels&)> answer;
  };
  explicit ColumnValues(Work work);
  ~ColumnValues();

  // Reads, values and renders a block. It is used up.
  void Answer(io::InputBlock& block, AnsweredParcels& answered);

 private:
  class Desk;  // what is remembered of texts and publications
  void AnswerRow(std::size_t row, const io::CsvParcelColumns::Row& said, AnsweredParcels& answered);

  Work work_;
  std::unique_ptr<Desk> desk_;
};

}  // namespace dijia::app
