// Files of cases answered many at once against the same cases answered one by one: the same bytes,
// counts and reports, whatever the file looks like.
#include <gtest/gtest.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/case_answers.h"
#include "app/check.h"
#include "app/check_text.h"
#include "io/case_input.h"
#include "support/pack_files.h"
#include "support/random_cases.h"

namespace dijia::app {
namespace {

using rules::RandomRuleCases;
using rules::ReservePriceCase;
using rules::RulePack;

const io::CaseReference& Names() {
  static const auto names =
      io::LoadCaseReference(std::string(DIJIA_SOURCE_DIR) + "/data/reference");
  return names;
}

std::string Gb18030Of(std::string text) {
  const iconv_t to = iconv_open("GB18030", "UTF-8");
  std::string out(text.size() * 2, '\0');
  char *from = text.data(), *at = out.data();
  std::size_t left = text.size(), room = out.size();
  EXPECT_NE(iconv(to, &from, &left, &at, &room), static_cast<std::size_t>(-1));
  iconv_close(to);
  out.resize(out.size() - room);
  return out;
}

// How a file is written.
struct Looks {
  const char* name = "";
  unsigned unknown = 0;    // percent of the facts
  unsigned odd_cells = 0;  // of a thousand
  unsigned odd_rows = 0;   // of a hundred
  bool quoted = false, crlf = false, gb18030 = false, chinese_headers = false;
  char delimiter = ',';
  std::string_view end = "\n";  // of the last row
};

// A file of random cases. Most rows differ from an earlier one in amounts and dates alone.
class RandomFile {
 public:
  RandomFile(const RulePack& pack, unsigned seed, const Looks& looks)
      : pack_(pack), random_(pack, seed), looks_(looks) {}

  std::string Make(std::size_t rows) {
    std::string text = Row(Headers());
    for (std::size_t i = 0; i < rows; ++i) text += OddRow() ? StrangeRow() : Row(Cells(i));
    text.erase(text.size() - (looks_.crlf ? 2 : 1));
    text += looks_.end;
    return looks_.gb18030 ? Gb18030Of(text) : text;
  }

 private:
  bool OddRow() { return random_.Below(100) < looks_.odd_rows; }

  std::vector<std::string> Headers() const {
    std::vector<std::string> headers{"case_id"};
    for (const rules::Fact& fact : pack_.facts) {
      std::string header = fact.id;
      if (looks_.chinese_headers && fact.id == "price.amount") header = "底价（元/㎡）";
      if (looks_.chinese_headers && fact.id == "area_sqm") header = "土地面积（公顷）";
      if (looks_.chinese_headers && fact.id == "decided_on") header = "底价日期";
      headers.push_back(header);
    }
    headers.push_back("备注");
    return headers;
  }

  ReservePriceCase NextCase() {
    if (made_.empty() || random_.Below(5) == 0) {
      made_.push_back(random_.Next(looks_.unknown));
      return made_.back();
    }
    ReservePriceCase next = made_[random_.Below(made_.size())];
    const ReservePriceCase other = random_.Next(0);
    for (std::size_t fact = 0; fact < pack_.facts.size(); ++fact) {
      const rules::FactType type = pack_.facts[fact].type;
      const bool moves = type == rules::FactType::kDecimal || type == rules::FactType::kDate;
      if (!moves || next.values[fact] == rules::kNotStated || random_.Below(2) == 0) continue;
      next.values[fact] = other.values[fact];
    }
    return next;
  }

  std::vector<std::string> Cells(std::size_t row) {
    static constexpr std::array<std::string_view, 7> kIds{"A",   "宗地 7", "\"x\"", "=1+1",
                                                          " b ", "Ｃ１",   ""};
    const ReservePriceCase one = NextCase();
    std::vector<std::string> cells;
    const bool plain = random_.Below(3) != 0;
    cells.push_back(plain ? "2023-" + std::to_string(row)
                          : std::string(kIds[random_.Below(kIds.size())]));
    for (std::size_t fact = 0; fact < pack_.facts.size(); ++fact) {
      std::string cell = FormatFact(pack_.facts[fact], one.values[fact]);
      if (pack_.facts[fact].id == "land_class" && one.land_class_candidates != 0) cell = "13;14";
      if (random_.Below(1000) < looks_.odd_cells) cell = OddCell(cell);
      cells.push_back(cell);
    }
    cells.emplace_back(random_.Below(4) == 0 ? "nothing, really" : "");
    return cells;
  }

  std::string OddCell(const std::string& cell) {
    static constexpr std::array<std::string_view, 14> kOdd{
        "-",        "未知", "abc", "5.6万元/亩",       "1.2.3", "１２", "1,234", "50 年", "是",
        "2013/3/1", "一级", "1e3", "123456789.123456", "-5"};
    const std::size_t kind = random_.Below(kOdd.size() + 3);
    if (kind < kOdd.size()) return std::string(kOdd[kind]);
    return kind % 2 == 0 ? " " + cell + "　" : "0" + cell + "0";
  }

  std::string Written(const std::string& cell) {
    const bool needed = cell.find_first_of("\",;\n") != std::string::npos;
    if (!needed && !(looks_.quoted && random_.Below(10) == 0)) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
  }

  std::string Row(const std::vector<std::string>& cells) {
    std::string row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) row += looks_.delimiter;
      row += Written(cells[i]);
    }
    return row + (looks_.crlf ? "\r\n" : "\n");
  }

  std::string StrangeRow() {
    std::vector<std::string> cells = Cells(0);
    switch (random_.Below(7)) {
      case 0:
        return looks_.crlf ? "\r\n" : "\n";
      case 1:
        return "\"\"\n";
      case 2:
        cells.pop_back();
        break;
      case 3:
        cells.emplace_back("more");
        break;
      case 4:
        return "stray\"quote" + Row(cells) + "\"\n";
      case 5:
        cells.back() = "two\nlines";
        break;
      default:
        return "only one\n";
    }
    return Row(cells);
  }

  const RulePack& pack_;
  RandomRuleCases random_;
  const Looks& looks_;
  std::vector<ReservePriceCase> made_;
};

struct Answers {
  std::string text, problems;
  std::array<std::uint64_t, 6> counts{};

  friend bool operator==(const Answers&, const Answers&) = default;
};

struct Sink : io::TextSink {
  void Write(std::string_view bytes) override { text += bytes; }
  std::string text;
};

std::unique_ptr<CheckOutput> OutputOf(AnswerFormat format, const RulePack& pack, Sink& sink) {
  CheckOutputOptions options;
  options.format = format;
  if (format == AnswerFormat::kCsv) return std::make_unique<CheckCsv>(options, pack, sink);
  return std::make_unique<CheckLines>(options, pack, sink);
}

// The input in pieces of about `piece` bytes.
std::unique_ptr<io::CaseInput> Open(const std::string& text, const std::string& format,
                                    std::size_t piece, const RulePack& pack) {
  io::CaseInputOptions options;
  options.path = "cases." + format;
  options.eager = true;
  options.read = [text, piece, at = std::size_t{0}](char* to, std::size_t room) mutable {
    // The first piece has the header whole.
    const std::size_t wanted = at == 0 ? std::max(piece, text.find('\n') + 1) : piece;
    const std::size_t count = std::min({wanted, room, text.size() - at});
    text.copy(to, count, at);
    at += count;
    return count;
  };
  Diagnostics diagnostics;
  auto input = io::OpenCases(options, pack, Names(), diagnostics);
  for (const Diagnostic& one : diagnostics.kept()) {
    if (RowOf(one.code).severity == Severity::kError) ADD_FAILURE() << Describe(one, Language::kEn);
  }
  return input;
}

void Add(const Diagnostics& problems, const CheckCounts& counts, Answers& answers) {
  for (const Diagnostic& one : problems.kept()) {
    answers.problems += Describe(one, Language::kEn) + "\n";
  }
  std::copy(counts.verdicts.begin(), counts.verdicts.end(), answers.counts.begin());
  answers.counts.back() = counts.errors;
}

template <class Kind>
Answers Answer(io::CaseInput& input, const rules::PreparedRules& rules, AnswerFormat format,
               const CaseAnswersOptions& options) {
  Sink sink;
  const auto output = OutputOf(format, rules.pack(), sink);
  Kind kind(input, rules, *output, options);
  Diagnostics problems;
  CheckCounts counts;
  for (io::InputBlock block; input.Next(block);) {
    AnsweredBlock answered;
    kind.Answer(block, answered);
    problems.Append(answered.problems);
    counts.Add(answered.counts);
    output->Write(std::move(answered.rendered));
  }
  Answers answers{std::move(sink.text), {}, {}};
  Add(problems, counts, answers);
  return answers;
}

constexpr std::size_t kPieces[] = {2'000, 70'000, 1'000'000};

void ExpectSame(const std::string& text, const std::string& format,
                const rules::PreparedRules& rules, const CaseAnswersOptions& options) {
  for (const AnswerFormat to : {AnswerFormat::kCsv, AnswerFormat::kNdjson}) {
    const auto whole = Open(text, format, kPieces[2], rules.pack());
    ASSERT_NE(whole, nullptr);
    const Answers singly = Answer<SingleAnswers>(*whole, rules, to, options);
    EXPECT_GT(singly.text.size(), 1000U);
    for (const std::size_t piece : kPieces) {
      const auto input = Open(text, format, piece, rules.pack());
      const Answers many = Answer<ColumnAnswers>(*input, rules, to, options);
      ASSERT_EQ(many.text, singly.text) << "pieces of " << piece;
      ASSERT_EQ(many.problems, singly.problems);
      ASSERT_EQ(many.counts, singly.counts);
    }
  }
}

constexpr Looks kLooks[] = {
    {"plain"},
    {"unknown facts", 8},
    {"quotes and line ends", 0, 0, 0, true, true},
    {"odd cells", 0, 8, 0},
    {"strange rows", 0, 2, 20, true, false, false, false, ',', ""},
    {"GB18030", 0, 5, 5, false, true, true, true},
    {"semicolons", 0, 5, 5, true, false, false, true, ';', "\r\n\r\n"},
    {"open quote", 0, 5, 5, true, false, false, false, ',', "\nx,\"y"},
};

TEST(CheckFiles, ManyAtOnceAreAnsweredAsOneByOne) {
  unsigned seed = 100;
  for (const Looks& looks : kLooks) {
    SCOPED_TRACE(std::string(looks.name) + ", seed " + std::to_string(++seed));
    const rules::PreparedRules& rules = seed % 2 == 0 ? rules::National() : rules::InnerMongolia();
    const std::string text = RandomFile(rules.pack(), seed, looks).Make(120);
    ExpectSame(text, "csv", rules, {});
  }
}

// So many rows that neighbouring columns with few values are looked up together.
TEST(CheckFiles, LongFilesAreAnsweredAsOneByOne) {
  unsigned seed = 200;
  for (const Looks& looks : {kLooks[0], kLooks[4], kLooks[5]}) {
    SCOPED_TRACE(std::string(looks.name) + ", seed " + std::to_string(++seed));
    const rules::PreparedRules& rules = rules::National();
    ExpectSame(RandomFile(rules.pack(), seed, looks).Make(2'500), "csv", rules, {});
  }
}

// The same columns have many values from some row on.
TEST(CheckFiles, AFileMayTurnOutOtherThanItBegan) {
  constexpr int kAlike = 1'500, kDifferent = 6'000;
  std::string text =
      "case_id,use,method,decided_on,land_class,area_sqm,term_years,price.amount,price.unit,"
      "price.kind,facts.far,rebates_yuan_per_sqm,cost_yuan_per_sqm,facts.land_origin,"
      "facts.priority_industry_listed,facts.agri_processing_listed\n";
  for (int i = 0; i < kAlike + kDifferent; ++i) {
    const int moved = i < kAlike ? 0 : i - kAlike;
    text += std::to_string(i) + ",industrial," + (i % 3 == 0 ? "listing" : "bidding") +
            ",2013-03-01," + std::to_string(12 + i % 3) + "," + std::to_string(10'000 + moved) +
            "," + (moved % 7 == 6 ? "5O" : "50") + "," + std::to_string(125 + i % 50) +
            ",yuan_per_sqm,reserve," + (moved % 5 == 4 ? "" : "1.2") + ",0,40,construction,no,no\n";
  }
  ExpectSame(text, "csv", rules::National(), {});
}

TEST(CheckFiles, ADayOfTheLawHoldsForAllRows) {
  const RulePack& pack = rules::National().pack();
  CaseAnswersOptions options;
  options.as_of = ToDays(*ParseDate("2020-06-01"));
  ExpectSame(RandomFile(pack, 7, kLooks[3]).Make(120), "csv", rules::National(), options);
}

// All of a check, on so many threads.
Answers CheckOn(unsigned threads, const std::string& text, const rules::PreparedRules& rules) {
  const auto input = Open(text, "csv", 3'000, rules.pack());
  Sink sink;
  const auto output = OutputOf(AnswerFormat::kCsv, rules.pack(), sink);
  Diagnostics problems;
  CheckCasesOptions options;
  options.threads = threads;
  const CheckCounts counts = CheckCases(*input, rules, options, *output, problems);
  Answers answers{std::move(sink.text), {}, {}};
  Add(problems, counts, answers);
  return answers;
}

TEST(CheckFiles, AreAnsweredInOrderByAnyNumberOfThreads) {
  const RulePack& pack = rules::National().pack();
  const std::string text = RandomFile(pack, 8, kLooks[4]).Make(300);
  const Answers one = CheckOn(1, text, rules::National());
  EXPECT_GT(one.text.size(), 10'000U);
  EXPECT_EQ(CheckOn(2, text, rules::National()), one);
  EXPECT_EQ(CheckOn(5, text, rules::National()), one);
}

TEST(CheckFiles, WhatCameBeforeAFaultOfTheInputIsWritten) {
  const RulePack& pack = rules::National().pack();
  const std::string text = RandomFile(pack, 9, kLooks[0]).Make(50);
  io::CaseInputOptions from;
  from.path = "cases.csv";
  from.eager = true;
  from.read = [&, at = std::size_t{0}](char* to, std::size_t room) mutable {
    if (at == text.size()) throw std::runtime_error("gone");
    const std::size_t count = std::min({room, text.size() - at, std::size_t{8'000}});
    text.copy(to, count, at);
    at += count;
    return count;
  };
  Diagnostics problems;
  const auto input = io::OpenCases(from, pack, Names(), problems);
  Sink sink;
  const auto output = OutputOf(AnswerFormat::kCsv, pack, sink);
  EXPECT_THROW(CheckCases(*input, rules::National(), {}, *output, problems), std::runtime_error);
  EXPECT_EQ(std::ranges::count(sink.text, '\n'), 1 + 50);
}

}  // namespace
}  // namespace dijia::app
