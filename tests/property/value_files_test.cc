// Files of parcels valued by columns against the same files valued parcel by parcel: the same
// bytes, counts and reports, whatever the file looks like.
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/value.h"
#include "dijia/prepared_valuation.h"
#include "io/file_text.h"
#include "support/pack_files.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"

namespace dijia::app {
namespace {

const std::filesystem::path kPublication =
    DIJIA_SOURCE_DIR "/tests/golden/tongdao/publication.json";

// How a file is written.
struct Looks {
  const char* name = "";
  unsigned odd_cells = 0;  // of a hundred
  unsigned odd_rows = 0;   // of a hundred
  bool quoted = false, crlf = false, unused = false;
};

// A file of random parcels with every factor that the formulas ask for.
class RandomFile {
 public:
  RandomFile(unsigned seed, const Looks& looks) : engine_(seed), looks_(looks) {}

  std::string Make(std::size_t rows) {
    std::vector<std::string> headers{
        "parcel_id",  "use", "grade",          "far",  "area_sqm",
        "term_years", "x",   "valuation_date", "备注", "development_level"};
    for (const LevelColumn& column : prepared_.level_columns()) {
      if (column.coefficient != "development") headers.push_back(FieldOf(column));
    }
    if (looks_.unused) headers.emplace_back("factors.corner");
    std::string text = Line(headers);
    for (std::size_t i = 0; i < rows; ++i) {
      text += Below(100) < looks_.odd_rows ? OddRow(headers) : Line(Cells(headers));
    }
    return text;
  }

 private:
  static std::string FieldOf(const LevelColumn& column) {
    return "factors." + column.coefficient + (column.factor.empty() ? "" : "." + column.factor);
  }

  // The fields of the factors that the formula of a use asks for in a grade.
  std::set<std::string> FactorsOf(LandUse use, int grade) const {
    ParcelUse state;
    state.use = use;
    state.grade = grade;
    std::set<std::string> fields;
    const std::uint16_t place = prepared_.PlaceOf(state);
    if (place == ParcelColumns::kNoPlace) return fields;
    for (const std::uint16_t column : prepared_.UsedLevels(place)) {
      fields.insert(FieldOf(prepared_.level_columns()[column]));
    }
    return fields;
  }

  std::uint64_t Below(std::uint64_t count) { return engine_() % count; }
  template <class List>
  std::string Of(const List& list) {
    return std::string(list[Below(std::size(list))]);
  }

  std::string Decimal(std::uint64_t low, std::uint64_t high, int places) {
    return FormatDecimal(static_cast<std::int64_t>(low + Below(high - low)), places);
  }

  std::vector<std::string> Cells(const std::vector<std::string>& headers) {
    static constexpr LandUse kUses[] = {LandUse::kResidential, LandUse::kCommercial,
                                        LandUse::kIndustrial, LandUse::kPublicUtility};
    const LandUse use = kUses[Below(std::size(kUses))];
    const int grade = 1 + static_cast<int>(Below(5));
    const auto factors = FactorsOf(use, grade);
    std::vector<std::string> cells;
    for (const std::string& header : headers) {
      const bool odd = Below(100) < looks_.odd_cells;
      const bool asked = !header.starts_with("factors.") || factors.contains(header) ||
                         (header == "factors.corner" && Below(2) == 0);
      cells.push_back(odd ? OddCell() : asked ? Cell(header, use, grade) : "");
    }
    return cells;
  }

  std::string Cell(const std::string& header, LandUse use, int grade) {
    static constexpr std::string_view kLevels[] = {"优", "较优", "一般", "较劣", "劣"};
    if (header == "parcel_id") return "P-" + std::to_string(Below(100000));
    if (header == "use") {
      return use == LandUse::kResidential && Below(2) == 0 ? "居住用地" : std::string(CodeOf(use));
    }
    if (header == "grade") return std::to_string(grade);
    if (header == "far") return Decimal(5, 600, 2);
    if (header == "area_sqm") return Decimal(100'00, 90'000'00, 2);
    if (header == "term_years") return Decimal(1'00, 40'00, 2);
    if (header == "x") return Decimal(1, 99'999'999, 3);
    if (header == "valuation_date") {
      return FormatDate(FromDays(ToDays(ParseDate("2026-01-06").value()) + Days(Below(700))));
    }
    if (header == "development_level") return "五通一平";
    if (header == "备注") return Below(9) == 0 ? "见附图" : "";
    if (header == "factors.area" && Below(2) == 0) return "";
    if (header == "factors.view") return Of(std::array{"优", "一般", "劣"});
    if (header == "factors.orientation") return Of(std::array{"南", "东", "西", "北"});
    return Of(kLevels);
  }

  std::string OddCell() {
    static constexpr std::string_view kOdd[] = {"",         " ",
                                                "-",        "未知",
                                                "0",        "-3",
                                                "1.5亩",    " 优 ",
                                                "三级",     "40年",
                                                "12.",      ".5",
                                                "1e3",      "１２",
                                                "0012.50",  "640",
                                                "640.5",    "中",
                                                "x",        "2.0",
                                                "1,5",      "+7",
                                                "1.2.3",    "九级",
                                                "2026/3/5", "123456789012.25",
                                                "0.00001",  "\xE3\x80\x80优",
                                                "null",     "=1"};
    return Of(kOdd);
  }

  std::string OddRow(const std::vector<std::string>& headers) {
    std::vector<std::string> cells = Cells(headers);
    switch (Below(5)) {
      case 0:
        return "\n";
      case 1:
        cells.pop_back();
        break;
      case 2:
        cells.emplace_back("more");
        break;
      case 3:
        return "stray\"quote" + Line(cells);
      default:
        cells[8] = "two\nlines";
    }
    return Line(cells);
  }

  std::string Line(const std::vector<std::string>& cells) const {
    std::string line;
    for (const std::string& cell : cells) {
      const bool quote = looks_.quoted || cell.find_first_of(",\n") != std::string::npos;
      line += (line.empty() ? "" : ",") + (quote ? '"' + cell + '"' : cell);
    }
    return line + (looks_.crlf ? "\r\n" : "\n");
  }

  PreparedValuation prepared_{test::Tongdao()};
  std::mt19937_64 engine_;
  const Looks& looks_;
};

struct Answers {
  std::string text, problems;
  std::uint64_t valued = 0, withheld = 0, errors = 0;

  friend bool operator==(const Answers&, const Answers&) = default;
};

class ValueFilesTest : public ::testing::Test {
 protected:
  // By columns, or parcel by parcel with the same writer.
  Answers Value(const std::string& text, bool by_columns, unsigned threads) {
    const auto parcels = folder_.path() / "parcels.csv", values = folder_.path() / "values.csv";
    std::ofstream(parcels, std::ios::binary) << text;
    ValueRequest request;
    request.inputs = {{parcels, "", "", ""}};
    request.publications = {kPublication};
    request.output.format = AnswerFormat::kCsv;
    request.output.language = Language::kEn;
    request.reference_folder = DIJIA_SOURCE_DIR "/data/reference";
    request.threads = threads;
    if (!by_columns) {
      request.make_output = [](const ValueOutputOptions& options, io::OutputFile& file) {
        return MakeValueOutput(options, file);
      };
    }
    Diagnostics diagnostics;
    io::OutputFile file(values);
    const auto counts = ValueFiles(request, rules::InnerMongolia(), file, diagnostics);
    Answers answers;
    for (const Diagnostic& one : diagnostics.kept()) {
      answers.problems += Describe(one, Language::kEn) + "\n";
    }
    if (!counts) return answers;
    answers.text = io::ReadText(values);
    answers.valued = counts->valued;
    answers.withheld = counts->withheld;
    answers.errors = counts->errors;
    return answers;
  }

  test::TemporaryFolder folder_;
};

constexpr Looks kLooks[] = {
    {"plain"},
    {"odd cells", 2},
    {"many odd cells", 12},
    {"odd rows", 1, 20},
    {"quoted", 1, 5, true, true},
    {"lines of Windows", 1, 0, false, true},
    {"an unused factor", 1, 0, false, false, true},
};

TEST_F(ValueFilesTest, ByColumnsAreTheBytesOfParcelByParcel) {
  unsigned seed = 40;
  for (const Looks& looks : kLooks) {
    SCOPED_TRACE(std::string(looks.name) + ", seed " + std::to_string(++seed));
    const std::string text = RandomFile(seed, looks).Make(400);
    const Answers singly = Value(text, false, 1);
    EXPECT_GT(singly.text.size(), 1000U);
    EXPECT_GT(singly.valued, looks.odd_cells == 0 ? 100U : 20U) << singly.text.substr(0, 3000);
    const Answers many = Value(text, true, 1);
    EXPECT_EQ(many.text, singly.text);
    EXPECT_EQ(many, singly);
  }
}

TEST_F(ValueFilesTest, AreValuedInOrderByAnyNumberOfThreads) {
  const std::string text = RandomFile(7, kLooks[1]).Make(6000);
  const Answers one = Value(text, true, 1);
  EXPECT_GT(one.text.size(), std::size_t{1} << 20);
  EXPECT_EQ(Value(text, true, 2), one);
  EXPECT_EQ(Value(text, true, 5), one);
}

}  // namespace
}  // namespace dijia::app
