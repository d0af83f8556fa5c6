// Publications made again from what the store keeps of them.
#include "app/recompute.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>

#include "app/compute.h"
#include "app/evidence.h"
#include "app/publication_desk.h"
#include "app/reference.h"
#include "app/refresh.h"
#include "app/refresh_output.h"
#include "app/stored_publications.h"
#include "app/technical_tables.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;
using app::ProofOutcome;

const fs::path kSource = DIJIA_SOURCE_DIR;
const fs::path kReference = kSource / "data/reference";
const fs::path kPlan = kSource / "data/example/plan.toml";
const fs::path kSamples = kSource / "data/example/samples.csv";

void Put(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

// The example county, computed once.
const app::Computed& Example() {
  static const app::Computed computed = [] {
    app::ComputeRequest request;
    request.plan = kPlan;
    request.samples = {kSamples};
    request.reading.reference_folder = kReference;
    Diagnostics diagnostics;
    return *app::Compute(request, diagnostics);
  }();
  return computed;
}

class Recomputation : public testing::Test {
 protected:
  void SetUp() override {
    const StoreKind kind = StoreKinds().front();
    kind.init(folder_.path());
    store_ = kind.open(folder_.path());
    Put(folder_ / "evidence.json",
        json::ToPretty(app::EvidenceOf(Example().publications.front(), Example(), {})));
  }

  // Imports a document with files of evidence, as the command does.
  void Import(const Publication& publication, const std::vector<fs::path>& evidence) {
    const fs::path file = folder_ / "publication.json";
    Put(file, json::ToPretty(json::WritePublication(publication)));
    const auto arrivals = app::ReadArrivals({{file}, "", evidence, {}}, kReference, diagnostics_);
    ASSERT_TRUE(arrivals);
    const auto entries = store_->Import(*arrivals, By("甲"), diagnostics_);
    ASSERT_TRUE(entries);
    app::ReportInputsNotKept(*store_, entries->front(), diagnostics_);
  }
  std::vector<fs::path> Everything() const { return {folder_ / "evidence.json", kPlan, kSamples}; }
  std::vector<app::Proof> Prove() {
    return app::RecomputePublications(*store_, std::nullopt, kReference, diagnostics_);
  }

  std::optional<app::Origin> OriginOf(const std::string& id) {
    const auto event = app::FindPublication(*store_, "", id, "", diagnostics_);
    return app::OriginAgain(*store_, *event, kReference, diagnostics_);
  }
  // Whether the desk has samples to show behind a publication.
  bool HasSamples(const std::string& county, const std::string& id) {
    app::PublicationDesk desk(StoreKinds().front().open(folder_.path()), kReference);
    return desk.Samples(county, id, diagnostics_) != nullptr;
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics diagnostics_;
};

// Technical tables by their names, with their order.
struct Technical {
  std::vector<std::string> names;
  std::map<std::string, app::TechnicalTable> tables;
};
Technical TechnicalOf(const Publication& publication, const app::Origin& origin,
                      const std::optional<Publication>& before,
                      const std::vector<app::Neighbour>& neighbours) {
  const app::Notice notice{publication, before, {}, ""};
  const report::Labels labels = app::LoadReference(kReference).labels;
  Technical technical;
  for (app::TechnicalTable& table : app::TechnicalTables({notice, origin, neighbours, labels})) {
    technical.names.push_back(table.name);
    technical.tables[table.name] = std::move(table);
  }
  return technical;
}

double FigureAt(const std::vector<app::TechnicalCell>& row, std::size_t column) {
  return std::get<double>(row.at(column));
}

TEST_F(Recomputation, GivesEveryAreaBitForBit) {
  ASSERT_EQ(Example().publications.size(), 3U);
  for (const app::ComputedPublication& computed : Example().publications) {
    Import(computed.draft, Everything());
  }
  const auto proofs = Prove();
  ASSERT_EQ(proofs.size(), 3U);
  for (const app::Proof& proof : proofs) EXPECT_EQ(proof.outcome, ProofOutcome::kIdentical);
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>());
}

TEST_F(Recomputation, NamesTheFirstFigureThatTheInputsDoNotGive) {
  Publication altered = Example().publications.front().draft;
  PublishedGrade& grade = altered.uses.at(LandUse::kResidential).grades.at(1);
  const std::string before = grade.price->ToString();
  grade.price = *UnitPrice::Parse("9999");
  Import(altered, Everything());
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kDiffers);
  ASSERT_EQ(CodesOf(diagnostics_), std::vector<Code>{Code::kRecomputedDiffers});
  const auto& words = diagnostics_.kept().front().arguments;
  EXPECT_EQ(words.at(1), "/uses/residential/grades/1/price");
  EXPECT_EQ(words.at(2), "\"9999\"");
  EXPECT_EQ(words.at(3), "\"" + before + "\"");
}

TEST_F(Recomputation, AllowsWhatOthersAddToTheDocument) {
  Publication extended = Example().publications.front().draft;
  extended.uses.at(LandUse::kIndustrial).zones = {{"G1", 1, *UnitPrice::Parse("280"), {}}};
  Import(extended, Everything());
  const app::Proof proof = Prove().front();
  EXPECT_EQ(proof.outcome, ProofOutcome::kExtended);
  EXPECT_EQ(proof.added, std::vector<std::string>{"/uses/industrial/zones"});
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>());
}

TEST_F(Recomputation, NeedsEveryInput) {
  Import(Example().publications.front().draft, {folder_ / "evidence.json", kPlan});
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>{Code::kInputNotKept});
  EXPECT_EQ(diagnostics_.kept().front().arguments.at(1), "samples.csv");
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kNotPossible);
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>(2, Code::kInputNotKept));
}

TEST_F(Recomputation, NeedsAnEvidence) {
  Import(Example().publications.front().draft, {kPlan, kSamples});
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kNoEvidence);
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>());
}

TEST_F(Recomputation, OfAnotherPublicationIsReported) {
  Publication other = Example().publications.front().draft;
  other.id = "other";
  Import(other, Everything());
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kNotPossible);
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>{Code::kNotRecomputed});
}

TEST_F(Recomputation, ReportsInputsThatCannotBeUsedUnderTheirNames) {
  Put(folder_ / "plan.toml", "id = \"x\"\nnonsense = 1\n");
  const app::InputRecord inputs[] = {
      {"plan.toml", "plan", 1, 0, Sha256Of("id = \"x\"\nnonsense = 1\n"), "", "", ""},
      {"samples.csv", "samples", 1, 0, Sha256Of("a\n1\n"), "csv", "utf-8", ""}};
  Put(folder_ / "samples.csv", "a\n1\n");
  const Publication& draft = Example().publications.front().draft;
  Put(folder_ / "evidence.json", json::ToPretty(app::EvidenceOf({{}, "", inputs}, draft)));
  Import(draft, {folder_ / "evidence.json", folder_ / "plan.toml", folder_ / "samples.csv"});
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kNotPossible);
  ASSERT_GE(diagnostics_.kept().size(), 2U);
  EXPECT_EQ(diagnostics_.kept().front().where.source, "plan.toml");
  EXPECT_EQ(diagnostics_.kept().back().code, Code::kNotRecomputed);
}

// Names in an evidence are what somebody wrote: they must not become paths.
TEST_F(Recomputation, KeepsToItsOwnFolder) {
  const std::string evil = "dijia-recompute-test-evil.csv";
  Put(folder_ / evil, "x\n");
  const app::InputRecord inputs[] = {
      {"../../" + evil, "reference", 2, 0, Sha256Of("x\n"), "", "", ""},
      {"..", "mapping", 2, 0, Sha256Of("x\n"), "", "", ""},
      {"/tmp/" + evil, "samples", 2, 0, Sha256Of("x\n"), "", "", ""}};
  const Publication& draft = Example().publications.front().draft;
  Put(folder_ / "evidence.json", json::ToPretty(app::EvidenceOf({{}, "", inputs}, draft)));
  Import(draft, {folder_ / "evidence.json", folder_ / evil});
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kNotPossible);
  EXPECT_FALSE(fs::exists(fs::temp_directory_path() / evil));
  EXPECT_FALSE(fs::exists(fs::temp_directory_path().parent_path() / evil));
}

TEST_F(Recomputation, OfARefreshNeedsThePublicationBefore) {
  const Publication& before = Example().publications.front().draft;
  Put(folder_ / "old.json", json::ToPretty(json::WritePublication(before)));
  Put(folder_ / "refresh.toml",
      "id = \"next\"\nbase_date = \"2027-01-01\"\neffective_from = \"2027-09-01\"\n"
      "[uses.residential]\nmethod = \"index\"\nreason = \"指数\"\n"
      "index = [{ date = \"2025-01-01\", index = \"100\" }, "
      "{ date = \"2027-01-01\", index = \"104.5\" }]\n");
  app::RefreshRequest request;
  request.plan = folder_ / "refresh.toml";
  request.from = folder_ / "old.json";
  const auto refreshed = app::Refresh(request, diagnostics_);
  ASSERT_TRUE(refreshed);
  app::WriteRefreshed(*refreshed, folder_.path());
  Import(refreshed->result.draft,
         {folder_ / "evidence.json", folder_ / "refresh.toml", folder_ / "old.json"});
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kIdentical);
  const auto origin = OriginOf("next");
  ASSERT_TRUE(origin && origin->refreshed);
  EXPECT_EQ(origin->computed, nullptr);
  EXPECT_FALSE(HasSamples(before.county, "next"));
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>());
  // Twice the prices next door, and floors that are not compared.
  Publication near = before;
  for (PublishedGrade& grade : near.uses.at(LandUse::kResidential).grades) {
    if (grade.price) grade.price = *grade.price + *grade.price;
  }
  Publication floors = near;
  floors.primary_unit = PriceUnit::kYuanPerSqmFloor;
  const Technical technical =
      TechnicalOf(refreshed->result.draft, *origin, before, {{"邻县", near}, {"楼面", floors}});
  EXPECT_EQ(technical.names, (std::vector<std::string>{
                                 "更新方案", "各价格的更新", "指数推算", "次序和上限的作用",
                                 "与上一轮比较", "与上一轮逐项比较", "与周边比较", "周边成果"}));
  for (const auto& row : technical.tables.at("指数推算").rows) {
    EXPECT_NEAR(FigureAt(row, 3), 1.045, 1e-6);
    EXPECT_NEAR(FigureAt(row, 4), ToDouble(std::get<UnitPrice>(row.at(2))) * 1.045, 1e-6);
    EXPECT_EQ(std::get<std::string>(row.at(5)), "采用");
  }
  const auto& beside = technical.tables.at("与周边比较").rows;
  const auto& grades = refreshed->result.draft.uses.at(LandUse::kResidential).grades;
  const auto residential =
      std::ranges::count_if(beside, [](const auto& row) { return FigureAt(row, 9) < 0.6; });
  EXPECT_EQ(residential, std::ranges::count_if(
                             grades, [](const auto& grade) { return grade.price.has_value(); }));
  EXPECT_EQ(FigureAt(technical.tables.at("周边成果").rows.at(1), 6), 0.0);
  const std::string csv = app::NeighboursCsv(refreshed->result.draft, {{"邻县", near}});
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(csv, '\n')), beside.size() + 1);
}

// Half of the grades anew from the samples, the others by them and an index together.
TEST_F(Recomputation, OfAResamplingRefreshNeedsItsSamplesToo) {
  Publication before = Example().publications.front().draft;
  before.base_date = *ParseDate("2023-01-01");
  Put(folder_ / "old.json", json::ToPretty(json::WritePublication(before)));
  Put(folder_ / "refresh.toml",
      "id = \"next\"\nbase_date = \"2025-01-01\"\neffective_from = \"2025-09-01\"\n"
      "[uses.residential]\nmethod = \"resample\"\nreason = \"重新测算\"\n"
      "method_by_grade.2 = \"blend\"\nfallback = \"index\"\n"
      "min_samples = 1000\nindex_error_percent = 3\n"
      "index = [{ date = \"2023-01-01\", index = \"100\" }, "
      "{ date = \"2025-01-01\", index = \"104.5\" }]\n"
      "[uses.commercial]\nmethod = \"resample\"\nreason = \"重新测算\"\n");
  app::RefreshRequest request;
  request.plan = folder_ / "refresh.toml";
  request.from = folder_ / "old.json";
  request.compute_plan = kPlan;
  request.samples = {kSamples};
  request.reading.reference_folder = kReference;
  Diagnostics told;  // 52 samples of the example have no known development level
  const auto refreshed = app::Refresh(request, told);
  ASSERT_TRUE(refreshed && !told.has_errors());
  app::WriteRefreshed(*refreshed, folder_.path());
  const auto& draft = refreshed->result.draft;
  const Publication& computed = Example().publications.front().draft;
  EXPECT_EQ(draft.uses.at(LandUse::kCommercial).grades,
            computed.uses.at(LandUse::kCommercial).grades);
  EXPECT_EQ(draft.uses.at(LandUse::kResidential).grades.at(0).method, "index");
  EXPECT_EQ(draft.uses.at(LandUse::kResidential).grades.at(1).method, "blend");
  Import(draft, {folder_ / "evidence.json", folder_ / "refresh.toml", folder_ / "old.json", kPlan,
                 kSamples});
  EXPECT_EQ(Prove().front().outcome, ProofOutcome::kIdentical);
  EXPECT_TRUE(HasSamples(before.county, "next"));
  const auto origin = OriginOf("next");
  ASSERT_TRUE(origin && origin->refreshed && origin->computed != nullptr);
  ASSERT_EQ(origin->computed->publications.size(), 1U);
  EXPECT_FALSE(origin->computed->split());
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>());
  const Technical technical = TechnicalOf(draft, *origin, std::nullopt, {});
  EXPECT_EQ(technical.names,
            (std::vector<std::string>{"更新方案", "各价格的更新", "指数推算", "重新测算",
                                      "加权合成", "次序和上限的作用", "样点表"}));
  // The weights are those of the variances, and the blended price that of the weights.
  ASSERT_EQ(technical.tables.at("加权合成").rows.size(), 1U);
  const auto& blend = technical.tables.at("加权合成").rows.front();
  const double first = FigureAt(blend, 4), second = FigureAt(blend, 7);
  EXPECT_NEAR(second, 0.03 * 0.03, 1e-12);
  EXPECT_NEAR(FigureAt(blend, 5), second / (first + second), 1e-12);
  EXPECT_NEAR(FigureAt(blend, 5) + FigureAt(blend, 8), 1.0, 1e-12);
  const double blended = std::exp(FigureAt(blend, 5) * std::log(FigureAt(blend, 3)) +
                                  FigureAt(blend, 8) * std::log(FigureAt(blend, 6)));
  EXPECT_NEAR(ToDouble(std::get<UnitPrice>(blend.at(9))), blended, 2.5);  // rounded to 5 yuan
  // Every sale with its corrections: (P + ΔD) × K_t × K_v × K_y × K_case.
  std::size_t used = 0;
  for (const auto& row : technical.tables.at("样点表").rows) {
    if (std::get<std::string>(row.at(14)) != "采用") continue;
    ++used;
    const double corrected = (FigureAt(row, 7) + FigureAt(row, 8)) * FigureAt(row, 9) *
                             FigureAt(row, 10) * FigureAt(row, 11) * FigureAt(row, 12);
    EXPECT_NEAR(FigureAt(row, 13) / corrected, 1.0, 1e-12);
  }
  std::size_t stated = 0;
  for (const RefreshedPrice& price : origin->refreshed->result.prices) {
    const bool is_sampled =
        price.planned == RefreshMethod::kResample || price.planned == RefreshMethod::kBlend;
    if (is_sampled && price.place == PricePlace::kGrade) stated += price.grounds.samples;
  }
  EXPECT_EQ(used, stated);
  EXPECT_GT(used, 50U);
}

TEST_F(Recomputation, RefusesAnEvidenceThatIsNone) {
  for (const char* text :
       {"", "[]", "{}", "{\"format\": \"dijia-evidence/9\", \"engine_version\": \"1\"}",
        "{\"format\": \"dijia-evidence/1\", \"engine_version\": \"1\", \"inputs\": [1]}"}) {
    Diagnostics found;
    EXPECT_FALSE(app::ReadEvidence(text, "evidence.json", found)) << text;
    EXPECT_TRUE(found.has_errors()) << text;
  }
  Put(folder_ / "evidence.json", "{}");
  EXPECT_FALSE(
      app::ReadArrivals({{}, "", {folder_ / "evidence.json"}, {}}, kReference, diagnostics_));
}

json::Value Json(const std::string& text) {
  Diagnostics diagnostics;
  return *json::ParseJson(text, "", diagnostics);
}

TEST(CompareDocuments, FindsTheFirstDifferenceAndWhatWasAdded) {
  const auto compare = [](const std::string& kept, const std::string& made) {
    const auto found = app::CompareDocuments(Json(kept), Json(made));
    std::string text;
    for (const std::string& pointer : found.added) text += "+" + pointer + " ";
    if (found.difference) {
      text +=
          found.difference->pointer + " " + found.difference->kept + " " + found.difference->made;
    }
    return text;
  };
  EXPECT_EQ(compare(R"({"a": 1, "b": []})", R"({"b": null, "a": 1})"), "");
  EXPECT_EQ(compare(R"({"a": {"x/y": "1"}})", R"({"a": {"x/y": "2"}})"), "/a/x~1y \"1\" \"2\"");
  EXPECT_EQ(compare(R"({"a": 1, "b": 2})", R"({"a": 1})"), "+/b ");
  EXPECT_EQ(compare(R"({"a": 1})", R"({"a": 1, "b": 2})"), "/b - 2");
  EXPECT_EQ(compare(R"({"a": ""})", R"({"a": "x"})"), "/a \"\" \"x\"");
  EXPECT_EQ(compare(R"({"a": [1, 2]})", R"({"a": [1]})"), "/a/1 2 -");
  EXPECT_EQ(compare(R"({"a": [1]})", R"({"a": [1, 2]})"), "/a/1 - 2");
  EXPECT_EQ(compare(R"({"a": [1]})", R"({"a": {"b": 1}})"), "/a […] {…}");
}

}  // namespace
}  // namespace dijia::test
