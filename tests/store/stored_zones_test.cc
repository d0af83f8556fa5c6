// Maps of grades and zones among the evidence of publications, in every kind of store.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/price_source.h"
#include "app/stored_publications.h"
#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "io/file_text.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "json/zones_codec.h"
#include "store/store_kind.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"

namespace dijia::test {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = DIJIA_SOURCE_DIR;
const fs::path kGolden = kSource / "tests/golden/tongdao";

class StoredZones : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (IsSkipped()) return;
    GetParam().init(folder_.path());
    store_ = GetParam().open(folder_.path());
  }
  std::optional<std::vector<store::Arrival>> Read(const app::ArrivingFiles& files) {
    return app::ReadArrivals(files, kSource / "data/reference", problems_);
  }
  store::Event Import(const store::Arrival& arrival) {
    const auto entries = store_->Import(std::vector{arrival}, By("甲"), problems_);
    EXPECT_TRUE(entries);
    return entries->front();
  }
  std::vector<Code> Errors() const {
    std::vector<Code> codes;
    for (const Diagnostic& d : problems_.kept()) {
      if (RowOf(d.code).severity == Severity::kError) codes.push_back(d.code);
    }
    return codes;
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics problems_;
};

using Codes = std::vector<Code>;
const app::ArrivingFiles kWithMap{
    {kGolden / "publication.json"}, "", {}, {kGolden / "zones.geojson"}};

TEST_P(StoredZones, AreKeptInOneFormAndComeBack) {
  const auto arrivals = Read(kWithMap);
  ASSERT_TRUE(arrivals);
  const store::Event event = Import(arrivals->front());
  const auto map = app::StoredZones(*store_, event, Tongdao(), problems_);
  ASSERT_NE(map, nullptr);
  EXPECT_EQ(map->places().size(), 15U);
  EXPECT_EQ(event.evidence, Sha256Of(json::WriteZones(map->places())) + "  zones.geojson\n");
  // What is kept is a map itself, and the same bytes again.
  io::WriteText(folder_.path() / "zones.geojson", json::WriteZones(map->places()));
  const auto again =
      Read({{kGolden / "publication.json"}, "", {folder_.path() / "zones.geojson"}, {}});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->front().evidence.front().bytes, arrivals->front().evidence.front().bytes);
  app::VerifyPublications(*store_, std::nullopt, problems_);
  EXPECT_EQ(Errors(), Codes{});
  app::PriceSource source(GetParam().open(folder_.path()), {});
  EXPECT_TRUE(source.Read(problems_)->known.empty());  // a draft
}

// The shapes of what is the law are at hand with its prices, also after its successor came.
TEST_P(StoredZones, StayWithTheirPublicationThroughItsLife) {
  const auto arrivals = Read(kWithMap);
  ASSERT_TRUE(arrivals);
  const store::PublicationKey key = Import(arrivals->front()).key;
  store_->Move(key, PublicationStatus::kSubmitted, By("甲"), problems_);
  store_->Move(key, PublicationStatus::kApproved, By("乙"), problems_);
  store_->Move(key, PublicationStatus::kPublished, By("丙"), problems_);
  app::PriceSource source(GetParam().open(folder_.path()), {});
  auto snapshot = source.Read(problems_);
  ASSERT_TRUE(snapshot);
  ASSERT_EQ(snapshot->known.size(), 1U);
  EXPECT_NE(snapshot->zones.Of(snapshot->prices.front()), nullptr);
  // Read again, the map is the same object: it is not made anew.
  const auto* const map = snapshot->known.front().zones.get();
  EXPECT_EQ(source.Read(problems_)->known.front().zones.get(), map);
  app::ZoneMaps zones;
  const auto prices = app::PublishedPrices(*store_, &zones, problems_);
  ASSERT_EQ(prices.size(), 1U);
  EXPECT_NE(zones.Of(prices.front()), nullptr);
  EXPECT_EQ(Errors(), Codes{});
}

TEST_P(StoredZones, ThatDoNotFitTheirPublicationAreFoundByVerification) {
  const auto arrivals = Read(kWithMap);
  ASSERT_TRUE(arrivals);
  store::Arrival unfit = arrivals->front();
  Publication fewer = Tongdao();
  fewer.uses.at(LandUse::kResidential).grades.pop_back();
  unfit.document = app::ArrivalOf(fewer).document;
  Import(unfit);
  app::VerifyPublications(*store_, std::nullopt, problems_);
  EXPECT_EQ(Errors(), Codes{Code::kZonesNotUsable});
  problems_ = {};
  unfit.evidence.front().bytes += " ";
  Import(unfit);
  app::VerifyPublications(*store_, std::nullopt, problems_);
  EXPECT_EQ(Errors(), Codes{Code::kZonesNotUsable});
}

TEST_P(StoredZones, GoWithOnePublicationAndComeOnce) {
  app::ArrivingFiles two = kWithMap;
  two.publications.push_back(two.publications.front());
  EXPECT_FALSE(Read(two));
  EXPECT_EQ(Errors(), Codes{Code::kZonesForOnePublication});
  problems_ = {};
  app::ArrivingFiles twice = kWithMap;
  twice.evidence = {kGolden / "zones.geojson"};
  EXPECT_FALSE(Read(twice));
  EXPECT_EQ(Errors(), Codes{Code::kEvidenceNameTaken});
}

INSTANTIATE_TEST_SUITE_P(BackEnds, StoredZones, testing::ValuesIn(StoreKinds()),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace dijia::test
