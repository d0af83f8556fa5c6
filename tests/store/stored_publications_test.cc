// Publications between their documents and the store.
#include "app/stored_publications.h"

#include <gtest/gtest.h>

#include "dijia/base/codes.h"
#include "dijia/base/sha256.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "store/store_kind.h"
#include "support/random_publication.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"

namespace dijia::test {
namespace {

class StoredPublications : public testing::Test {
 protected:
  void SetUp() override {
    const StoreKind kind = StoreKinds().front();
    kind.init(folder_.path());
    store_ = kind.open(folder_.path());
  }
  store::Event Import(const store::Arrival& arrival) {
    const auto entries = store_->Import(std::vector{arrival}, By("甲"), diagnostics_);
    EXPECT_TRUE(entries);
    return entries->front();
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics diagnostics_;
};

TEST_F(StoredPublications, ComeBackAsTheyWentIn) {
  Draw draw(7);
  for (int i = 0; i < 20; ++i) {
    Publication publication = DrawPublication(draw);
    publication.id += std::to_string(i);
    const store::Event event = Import(app::ArrivalOf(publication));
    const auto back = app::StoredPublication(*store_, event, diagnostics_);
    publication.status = PublicationStatus::kDraft;
    ASSERT_EQ(back, publication);
  }
  app::VerifyPublications(*store_, std::nullopt, diagnostics_);
  EXPECT_EQ(CodesOf(diagnostics_), std::vector<Code>());
}

TEST_F(StoredPublications, AreKeptInCanonicalForm) {
  const store::Arrival arrival = app::ArrivalOf(Tongdao());
  Publication draft = Tongdao();
  draft.status = PublicationStatus::kDraft;
  EXPECT_EQ(arrival.document, json::ToCanonical(json::WritePublication(draft)));
  EXPECT_EQ(Import(arrival).content, Sha256Of(arrival.document));
}

TEST_F(StoredPublications, WithEntriesThatSayOtherwiseAreFound) {
  store::Arrival arrival = app::ArrivalOf(Tongdao());
  arrival.from = *ParseDate("1999-01-01");
  Import(arrival);
  app::VerifyPublications(*store_, std::nullopt, diagnostics_);
  ASSERT_EQ(CodesOf(diagnostics_), std::vector<Code>{Code::kDocumentDisagrees});
  EXPECT_EQ(diagnostics_.kept()[0].arguments.at(2), "effective_from");
}

TEST_F(StoredPublications, AreFoundByIdOrReported) {
  store::Arrival arrival = app::ArrivalOf(Tongdao());
  Import(arrival);
  const std::string id = arrival.key.publication;
  EXPECT_TRUE(app::FindPublication(*store_, "", id, "", diagnostics_));
  EXPECT_FALSE(app::FindPublication(*store_, "000000", id, "", diagnostics_));
  EXPECT_FALSE(app::FindPublication(*store_, "", "", "", diagnostics_));
  arrival.key.county = "000000";
  Import(arrival);
  EXPECT_FALSE(app::FindPublication(*store_, "", id, "", diagnostics_));
  EXPECT_EQ(CodesOf(diagnostics_),
            (std::vector<Code>{Code::kPublicationUnknown, Code::kPublicationUnknown,
                               Code::kPublicationAmbiguous}));
}

TEST_F(StoredPublications, AreActedOnAtATimeInUtc) {
  const std::string now = app::TimeOfAct();
  ASSERT_EQ(now.size(), 27U);
  EXPECT_TRUE(ParseDate(now.substr(0, 10)));
  EXPECT_EQ(now.substr(10, 1) + now.substr(19, 1) + now.substr(26), "T.Z");
  EXPECT_LE(now, app::TimeOfAct());
}

}  // namespace
}  // namespace dijia::test
