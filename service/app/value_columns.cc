#include "app/value_columns.h"

#include <algorithm>
#include <array>
#include <deque>
#include <initializer_list>
#include <map>
#include <optional>
#include <span>
#include <utility>

#include "app/problem_text.h"

namespace dijia::app {
namespace {

using io::CsvParcelColumns;
using Texts = CsvParcelColumns::Texts;
using Numbers = CsvParcelColumns::Numbers;

constexpr std::size_t kMostKeys = std::size_t{1} << 16;

// A column of a file by its field; null where there is none.
template <class Column>
const Column* ColumnOf(const std::vector<Column>& columns, const std::string& field) {
  const auto found = std::ranges::find(columns, field, &Column::field);
  return found == columns.end() ? nullptr : &*found;
}

std::string FieldOf(const LevelColumn& column) {
  return "factors." + column.coefficient + (column.factor.empty() ? "" : "." + column.factor);
}

const io::SaidByCell& SaidIn(const Texts* column, std::size_t row) {
  static const io::SaidByCell kNothing;
  return column == nullptr ? kNothing : column->Said(row);
}

std::uint32_t IdIn(const Texts* column, std::size_t row) {
  return column == nullptr ? 0 : column->ids[row];
}

template <class Q>
std::optional<Q> NumberIn(const Numbers* column, std::size_t row) {
  if (column == nullptr || column->units[row] == CsvParcelColumns::kNotStated) return std::nullopt;
  return Q::FromUnits(column->units[row]);
}

std::int64_t UnitsIn(const Numbers* column, std::size_t row) {
  return column == nullptr ? ParcelColumns::kNotKnown : column->units[row];
}
static_assert(CsvParcelColumns::kNotStated == ParcelColumns::kNotKnown);

// Up to four ids of texts as a text of their own.
class PackedKey {
 public:
  explicit PackedKey(std::initializer_list<std::uint32_t> ids) {
    std::copy(ids.begin(), ids.end(), ids_.begin());
  }
  const char* bytes() const { return reinterpret_cast<const char*>(ids_.data()); }
  std::uint32_t size() const { return sizeof ids_; }

 private:
  std::array<std::uint32_t, 4> ids_{};
};

// The columns of a file that decide which publication holds, where a parcel lies and what its
// formula is; null where the file has none.
struct FileColumns {
  const Texts *county, *area, *date, *use, *sub_use, *grade, *zone, *route, *development_level;
  const Numbers *area_sqm, *far, *term, *width;

  explicit FileColumns(const CsvParcelColumns& file)
      : county(ColumnOf(file.texts(), "county")),
        area(ColumnOf(file.texts(), "area")),
        date(ColumnOf(file.texts(), "valuation_date")),
        use(ColumnOf(file.texts(), "use")),
        sub_use(ColumnOf(file.texts(), "sub_use")),
        grade(ColumnOf(file.texts(), "grade")),
        zone(ColumnOf(file.texts(), "zone")),
        route(ColumnOf(file.texts(), "route")),
        development_level(ColumnOf(file.texts(), "development_level")),
        area_sqm(ColumnOf(file.numbers(), "area_sqm")),
        far(ColumnOf(file.numbers(), "far")),
        term(ColumnOf(file.numbers(), "term_years")),
        width(ColumnOf(file.numbers(), "width_m")) {}
};

// A publication at work on the rows of a file.
class Office {
 public:
  Office(const PreparedValuation& prepared, const CsvParcelColumns& file)
      : prepared_(prepared),
        valuer_(prepared),
        file_(file),
        of_(file),
        columns_(prepared.MakeColumns(1)) {
    for (const LevelColumn& column : prepared.level_columns()) {
      const bool develops = column.coefficient == "development" && column.factor.empty();
      levels_.push_back({ColumnOf(file.texts(), FieldOf(column)), develops, {}, {}});
    }
    for (const std::string& name : prepared.measure_columns()) {
      measures_.push_back(ColumnOf(file.texts(), "factors." + name));
    }
  }

  // Prices a row of the batch; false where it has to be valued the careful way.
  bool Price(std::size_t row, PricedRow& out) {
    const std::uint16_t place = PlaceOf(row);
    if (place == ParcelColumns::kNoPlace || SaidIn(of_.route, row).is_stated) return false;
    if (!HasPlainSteps(place)) return false;
    columns_.place[0] = place;
    columns_.far[0] = UnitsIn(of_.far, row);
    columns_.term[0] = UnitsIn(of_.term, row);
    columns_.area[0] = UnitsIn(of_.area_sqm, row);
    const Days date = SaidIn(of_.date, row).date;
    columns_.date[0] = date == kNoDate ? ParcelColumns::kNotKnown : std::int64_t{date};
    return PutFactors(row, place) && !StatesUnused(row, place) && valuer_.Explain(columns_, 0, out);
  }

  std::span<const PreparedStep> Steps() const { return prepared_.Steps(columns_.place[0]); }

 private:
  // A column of levels: what the texts of its column, or those of the development level, are.
  struct LevelSource {
    const Texts* texts = nullptr;
    bool develops = false;
    std::vector<std::uint8_t> codes, development_codes;  // by id
  };

  std::uint16_t PlaceOf(std::size_t row) {
    const PackedKey key(
        {IdIn(of_.use, row), IdIn(of_.sub_use, row), IdIn(of_.grade, row), IdIn(of_.zone, row)});
    if (const auto* known = places_.Find(key.bytes(), key.size())) {
      return static_cast<std::uint16_t>(known->value);
    }
    ParcelUse state;
    state.use = SaidIn(of_.use, row).use;
    state.sub_use = SaidIn(of_.sub_use, row).text;
    state.grade = SaidIn(of_.grade, row).grade;
    state.zone = SaidIn(of_.zone, row).text;
    const std::uint16_t place = prepared_.PlaceOf(state);
    places_.Keep(key.bytes(), key.size(), 0, place);
    return place;
  }

  bool PutFactors(std::size_t row, std::uint16_t place) {
    for (const std::uint16_t column : prepared_.UsedLevels(place)) {
      const std::uint8_t code = CodeOf(levels_[column], column, row, place);
      if (code == ParcelColumns::kNoLevel) return false;
      columns_.levels[column][0] = code;
    }
    for (const std::uint16_t column : prepared_.UsedMeasures(place)) {
      const io::SaidByCell& said = SaidIn(measures_[column], row);
      const auto measure =
          said.is_stated ? said.factor.measure : Implied(prepared_.measure_columns()[column], row);
      if (!measure) return false;
      columns_.measures[column][0] = measure->units();
    }
    return true;
  }

  std::optional<Measure> Implied(const std::string& name, std::size_t row) const {
    return ImpliedMeasure(name, NumberIn<Area>(of_.area_sqm, row),
                          NumberIn<Metres>(of_.width, row));
  }

  std::uint8_t CodeOf(LevelSource& source, std::uint16_t column, std::size_t row,
                      std::uint16_t place) {
    const io::SaidByCell& said = SaidIn(source.texts, row);
    if (said.is_stated) {
      const std::uint8_t named =
          Named(source.codes, column, source.texts->ids[row], said.factor.level);
      return prepared_.CodeOfMeasure(place, column, named, said.factor.measure);
    }
    std::uint8_t named = ParcelColumns::kNoLevel;
    if (source.develops && of_.development_level != nullptr) {
      named = Named(source.development_codes, column, of_.development_level->ids[row],
                    SaidIn(of_.development_level, row).text);
    }
    const LevelColumn& of = prepared_.level_columns()[column];
    const auto measure = of.factor.empty() ? Implied(of.coefficient, row) : std::nullopt;
    return prepared_.CodeOfMeasure(place, column, named, measure);
  }

  std::uint8_t Named(std::vector<std::uint8_t>& codes, std::uint16_t column, std::uint32_t id,
                     const std::string& level) const {
    constexpr std::uint8_t kNotLookedUp = 0xff;  // no code
    if (id >= codes.size()) codes.resize(id + 1, kNotLookedUp);
    if (codes[id] == kNotLookedUp) codes[id] = prepared_.CodeOfLevel(column, level);
    return codes[id];
  }

  // Whether the steps stand in CSV as they are.
  bool HasPlainSteps(std::uint16_t place) {
    if (place >= plain_steps_.size()) plain_steps_.resize(place + 1);
    if (!plain_steps_[place]) {
      plain_steps_[place] = std::ranges::all_of(
          prepared_.Steps(place), [](const auto& step) { return CsvText::IsPlain(step.name); });
    }
    return *plain_steps_[place];
  }

  // A factor that is stated and not asked for is warned of, the careful way.
  bool StatesUnused(std::size_t row, std::uint16_t place) {
    if (place >= unused_.size()) unused_.resize(place + 1);
    if (!unused_[place]) unused_[place] = UnusedBy(place);
    return std::ranges::any_of(*unused_[place],
                               [&](const Texts* texts) { return texts->Said(row).is_stated; });
  }

  std::vector<const Texts*> UnusedBy(std::uint16_t place) const {
    std::vector<const Texts*> unused;
    for (const Texts& texts : file_.texts()) {
      if (texts.field.starts_with("factors.")) unused.push_back(&texts);
    }
    for (const std::uint16_t column : prepared_.UsedLevels(place)) {
      std::erase(unused, levels_[column].texts);
    }
    for (const std::uint16_t column : prepared_.UsedMeasures(place)) {
      std::erase(unused, measures_[column]);
    }
    return unused;
  }

  const PreparedValuation& prepared_;
  ColumnValuer valuer_;
  const CsvParcelColumns& file_;
  FileColumns of_;
  ParcelColumns columns_;  // one row
  std::vector<LevelSource> levels_;
  std::vector<const Texts*> measures_;
  io::CellMemo places_;
  std::vector<std::optional<std::vector<const Texts*>>> unused_;  // by place
  std::vector<std::optional<bool>> plain_steps_;                  // by place
};

}  // namespace

PreparedPublications::PreparedPublications(const std::vector<Publication>& publications)
    : publications_(publications) {
  for (const Publication& publication : publications) {
    prepared_.push_back(std::make_unique<PreparedValuation>(publication));
  }
}

const PreparedValuation& PreparedPublications::Of(const Publication& publication) const {
  return *prepared_[static_cast<std::size_t>(&publication - publications_.data())];
}

// All that remembers. Made anew when it has seen so many texts that memory would grow.
class ColumnValues::Desk {
 public:
  // What holds for a county, an area and a day.
  struct Reign {
    Office* office = nullptr;           // null: the careful way
    std::string publication, warnings;  // cells
  };

  explicit Desk(const Work& work) : file(work.input), work_(work), of_(file) {}

  const Reign& ReignOf(std::size_t row) {
    const PackedKey key({IdIn(of_.county, row), IdIn(of_.area, row), IdIn(of_.date, row)});
    if (const auto* known = places_.Find(key.bytes(), key.size())) return reigns_[known->id];
    places_.Keep(key.bytes(), key.size(), static_cast<std::uint32_t>(reigns_.size()), 0);
    return reigns_.emplace_back(Found(row));
  }
  bool is_full() const { return file.is_full() || reigns_.size() > kMostKeys; }

  CsvParcelColumns file;
  PricedRow priced;
  CsvText steps, line;

 private:
  Reign Found(std::size_t row) {
    Parcel parcel;
    parcel.county = SaidIn(of_.county, row).text;
    parcel.area = SaidIn(of_.area, row).text;
    const Days date = SaidIn(of_.date, row).date;
    if (date != kNoDate) parcel.valuation_date = FromDays(date);
    const PublicationByLaw law = work_.find(parcel);
    if (law.publication == nullptr) return {};
    auto& office = offices_[law.publication];
    if (!office) {
      office = std::make_unique<Office>(work_.prepared.Of(*law.publication), file);
    }
    return {office.get(), CsvCell(law.publication->id),
            CsvCell(NoteText(law.warnings, work_.language))};
  }

  const Work& work_;
  FileColumns of_;
  io::CellMemo places_;  // in reigns_
  std::deque<Reign> reigns_;
  std::map<const Publication*, std::unique_ptr<Office>> offices_;
};

ColumnValues::ColumnValues(Work work) : work_(std::move(work)) {}
ColumnValues::~ColumnValues() = default;

void ColumnValues::Answer(io::InputBlock& block, AnsweredParcels& answered) {
  if (desk_ == nullptr || desk_->is_full()) desk_ = std::make_unique<Desk>(work_);
  if (!desk_->file.Take(block)) {
    work_.input.Read(block, [&](io::ParcelRow& row) { work_.answer(row, answered); });
    return;
  }
  for (auto rows = desk_->file.Next(); !rows.empty(); rows = desk_->file.Next()) {
    for (std::size_t i = 0; i < rows.size(); ++i) AnswerRow(i, rows[i], answered);
  }
}

void ColumnValues::AnswerRow(std::size_t row, const io::CsvParcelColumns::Row& said,
                             AnsweredParcels& answered) {
  Desk& desk = *desk_;
  if (!said.careful) {
    const Desk::Reign& reign = desk.ReignOf(row);
    if (reign.office != nullptr && reign.office->Price(row, desk.priced)) {
      PutSteps(desk.priced, reign.office->Steps(), desk.steps);
      desk.line.clear();
      PutValueRow(
          {work_.source, said.number, said.id, CodeOf(ValuationStatus::kValued),
           desk.priced.unit_price, desk.priced.floor_price, desk.priced.total,
           desk.priced.base_price, reign.publication, desk.steps.view(), reign.warnings, ""},
          desk.line);
      answered.rendered.text += desk.line.view();
      ++answered.counts.valued;
      return;
    }
  }
  io::ParcelRow read = desk.file.Careful(row);
  work_.answer(read, answered);
}

}  // namespace dijia::app
