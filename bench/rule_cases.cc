#include "rule_cases.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "dijia/base/date.h"
#include "dijia/base/decimal.h"

namespace dijia::bench {
namespace {

using rules::ReservePriceCase;
using rules::RulePack;

constexpr std::int64_t kFen = 100;  // in units of 10^-4 yuan

// Decisions of an office on every point that the pack leaves open.
constexpr std::string_view kDecisions[][2] = {{"intensive_standard", "MLR24_2008"},
                                              {"x50_requires_self_development", "no"},
                                              {"lease_rent_rule", "conversion_307"},
                                              {"cost_term", "strict"},
                                              {"cost_scope", "all"},
                                              {"cost_evidence", "required_when_discounted"},
                                              {"rate_without_published", "none"}};

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << what << '\n';
  std::exit(1);
}

std::string TextOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) Fail("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

rules::PackLayer OfficeLayer() {
  std::string text =
      "[pack]\nid = \"office\"\nversion = \"1\"\ntitle_zh = \"o\"\ntitle_en = \"o\"\n";
  for (const auto& [reading, option] : kDecisions) {
    text.append("[[select]]\nreading = \"").append(reading).append("\"\noption = \"");
    text.append(option).append("\"\nchosen_by = \"bench\"\nchosen_on = 2026-01-01\n");
  }
  return {{"office.toml", text}};
}

// Yuan per m² of classes 1 to 15.
constexpr std::int32_t kStandards[] = {840, 720, 600, 480, 384, 336, 288, 252,
                                       204, 168, 144, 120, 96,  84,  60};

std::uint64_t Next(std::uint64_t& state) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

}  // namespace

std::vector<SmallCase> ReadSmallCases(const std::string& path) {
  const std::string text = TextOf(path);
  std::vector<SmallCase> cases;
  const char *at = text.data(), *end = at + text.size();
  at = std::find(at, end, '\n');
  while (at != end && ++at != end) {
    std::int32_t values[10] = {};
    for (std::int32_t& value : values) {
      at = std::from_chars(at, end, value).ptr;
      if (at != end && *at == ',') ++at;
    }
    cases.push_back({values[1], values[2], values[3], values[4], values[5], values[6], values[7],
                     values[8], values[9]});
    at = std::find(at, end, '\n');
  }
  return cases;
}

std::vector<SmallCase> MakeSmallCases(std::size_t count) {
  std::uint64_t random = 20261125;
  const auto below = [&](std::uint64_t bound) {
    return static_cast<std::int32_t>((Next(random) >> 16) % bound);
  };
  std::vector<SmallCase> cases(count);
  for (SmallCase& one : cases) {
    const std::int32_t land_class = below(15);
    const std::int32_t unused = below(100);
    one = {land_class + 1,
           below(100) < 30,
           below(100) < 60,
           below(100) < 8,
           unused < 6    ? 1
           : unused < 10 ? 2
                         : 0,
           below(2),
           below(100) < 70,
           kStandards[land_class] * (300 + below(1000)) / 10,
           kStandards[land_class] * (200 + below(1200)) / 10};
  }
  return cases;
}

RulePack LoadPack(const std::string& packs_folder, bool readings_open) {
  rules::PackLayer layer;
  for (const auto& entry : std::filesystem::directory_iterator(packs_folder + "/cn")) {
    layer.push_back({entry.path().filename().string(), TextOf(entry.path())});
  }
  std::ranges::sort(layer, {}, &rules::PackFile::name);
  std::vector<rules::PackLayer> layers = {layer};
  if (!readings_open) layers.push_back(OfficeLayer());
  Diagnostics diagnostics;
  std::optional<RulePack> pack = rules::LoadRulePack(layers, diagnostics);
  for (const Diagnostic& one : diagnostics.kept())
    std::cerr << Describe(one, Language::kEn) << '\n';
  if (!pack) Fail("the pack does not load");
  return *std::move(pack);
}

CaseWriter::CaseWriter(const RulePack& pack) : pack_(pack), case_(EmptyCase(pack)) {
  static constexpr std::pair<std::string_view, std::string_view> kAlways[] = {
      {"use", "industrial"},
      {"method", "listing"},
      {"decided_on", "2013-03-01"},
      {"area_sqm", "10000"},
      {"term_years", "50"},
      {"capitalization_rate", "0.06"},
      {"price.unit", "yuan_per_sqm"},
      {"price.kind", "reserve"},
      {"rebates_yuan_per_sqm", "0"},
      {"facts.industry_code_version", "2002"},
      {"facts.far_standard", "1"},
      {"facts.investment_standard_wan_yuan_per_ha", "1000"},
      {"facts.at_place_of_origin", "yes"},
      {"facts.in_cultivated_reserve", "no"}};
  for (const auto& [fact, text] : kAlways) {
    const auto index = pack.FindFact(fact);
    if (!index) Fail("no fact " + std::string(fact));
    case_.values[*index] = *ParseFact(pack.facts[*index], text);
  }
}

void CaseWriter::State(std::string_view fact, std::int64_t value) {
  case_.values[*pack_.FindFact(fact)] = value;
}

ReservePriceCase CaseWriter::Write(const SmallCase& small, unsigned unknown_percent) {
  const auto known = [&](std::int64_t value) {
    return (Next(random_) >> 16) % 100 < unknown_percent ? rules::kNotStated : value;
  };
  State("land_class", known(small.land_class));
  State("facts.priority_industry_listed", known(small.priority));
  State("facts.far", known(small.intensive != 0 ? 1'400'000 : 1'000'000));
  State("facts.building_coefficient", known(420'000));
  State("facts.investment_wan_yuan_per_ha", known(15'000'000));
  State("facts.agri_processing_listed", known(small.agri));
  State("facts.industry_code", known(1300));
  State("facts.inside_planned_area", known(small.unused != 2));
  State("facts.land_origin", known(small.unused == 0 ? 3 : 0));  // construction, state_unused
  State("facts.central_western_region", known(small.central_west));
  State("facts.self_developed", known(small.self_developed));
  State("cost_yuan_per_sqm", small.cost * kFen);
  State("price.amount", small.reserve * kFen);
  return case_;
}

rules::CaseColumns ColumnsOf(const std::vector<SmallCase>& cases, const RulePack& pack,
                             unsigned unknown_percent) {
  rules::CaseColumns columns(pack);
  CaseWriter writer(pack);
  for (const SmallCase& one : cases) columns.Add(writer.Write(one, unknown_percent));
  return columns;
}

bool IsComparable(const SmallCase& small) {
  return !(small.unused == 2 && small.self_developed != 0 && small.central_west == 0);
}

bool PassesSmallCheck(const SmallCase& small) {
  std::int32_t percent = 100;
  if (small.unused == 2 && small.central_west != 0 && small.self_developed != 0) {
    percent = 15;
  } else if (small.unused == 1 && small.central_west != 0) {
    percent = 50;
  } else if (small.agri != 0 || (small.priority != 0 && small.intensive != 0)) {
    percent = 70;
  }
  return small.reserve >= std::max(kStandards[small.land_class - 1] * percent, small.cost);
}

namespace {

// Adds lines to a file, a chunk at a time.
class LineFile {
 public:
  explicit LineFile(const std::string& path) : path_(path), out_(path, std::ios::binary) {}
  ~LineFile() { Flush(); }
  LineFile(const LineFile&) = delete;
  LineFile& operator=(const LineFile&) = delete;

  std::string& text() { return text_; }
  void EndLine() {
    text_ += '\n';
    if (text_.size() > kChunk) Flush();
  }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 20;
  void Flush() {
    out_ << text_;
    text_.clear();
    if (!out_) Fail("cannot write " + path_);
  }

  std::string path_, text_;
  std::ofstream out_;
};

}  // namespace

void WriteCsv(const std::vector<SmallCase>& cases, const RulePack& pack, const std::string& path) {
  CaseWriter writer(pack);
  const ReservePriceCase first = writer.Write(cases.front());
  LineFile file(path);
  file.text() = "case_id";
  for (std::size_t fact = 0; fact < pack.facts.size(); ++fact) {
    if (first.values[fact] != rules::kNotStated) file.text() += "," + pack.facts[fact].id;
  }
  file.EndLine();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const ReservePriceCase one = writer.Write(cases[i]);
    file.text() += std::to_string(i);
    for (std::size_t fact = 0; fact < pack.facts.size(); ++fact) {
      if (first.values[fact] == rules::kNotStated) continue;
      file.text() += "," + FormatFact(pack.facts[fact], one.values[fact]);
    }
    file.EndLine();
  }
}

void WriteSmallCases(const std::vector<SmallCase>& cases, const std::string& path) {
  LineFile file(path);
  file.text() = "id,land_class,priority,intensive,agri,unused,cw,selfdev,cost,reserve";
  file.EndLine();
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const SmallCase& one = cases[i];
    file.text() += std::to_string(i);
    for (const std::int32_t value :
         {one.land_class, one.priority, one.intensive, one.agri, one.unused, one.central_west,
          one.self_developed, one.cost, one.reserve}) {
      file.text() += "," + std::to_string(value);
    }
    file.EndLine();
  }
}

}  // namespace dijia::bench
