// A store of one county for tests of the service.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/access_keys.h"
#include "app/price_source.h"
#include "app/publication_desk.h"
#include "app/stored_publications.h"
#include "store/sqlite_store.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"

namespace dijia::test {

// The prices of Tongdao from a day on, those of residential grade 2 as stated.
inline Publication Round(const std::string& id, const std::string& from, const char* price) {
  Publication publication = Tongdao();
  publication.id = id;
  publication.effective_from = *ParseDate(from);
  publication.uses.at(LandUse::kResidential).grades[1].price = *UnitPrice::Parse(price);
  return publication;
}

// A store in which publications take their way.
class County {
 public:
  County() {
    store::InitSqliteStore(path());
    store_ = store::OpenSqliteStore(path());
  }
  std::filesystem::path path() const { return folder_.path() / "county.db"; }
  app::PriceSource Source() const { return {store::OpenSqliteStore(path()), {}}; }
  app::KeySource Keys() const { return app::KeySource(store::OpenSqliteStore(path())); }
  app::PublicationDesk Desk() const {
    return {store::OpenSqliteStore(path()),
            std::filesystem::path(DIJIA_SOURCE_DIR) / "data/reference"};
  }

  // What the owner of a new key sends.
  std::string AddKey(const std::string& name, app::Role role, const std::string& county = "") {
    const auto made =
        app::MakeKey(*store_, name, role, county, Act("管理员", "2026-01-01"), problems_);
    EXPECT_TRUE(made);
    return made ? made->text : "";
  }
  void RevokeKey(const std::string& id) {
    EXPECT_TRUE(store_->RevokeKey(id, Act("管理员", "2026-01-01"), problems_));
  }

  void AddPerson(const store::NewPerson& person) {
    EXPECT_TRUE(store_->AddPerson(person, Act("管理员", "2026-01-01"), problems_));
  }
  void ChangePerson(const std::string& name, const store::PersonChange& change) {
    EXPECT_TRUE(store_->ChangePerson(name, change, Act("管理员", "2026-01-01"), problems_));
  }
  void LeavePerson(const std::string& name) {
    EXPECT_TRUE(store_->LeavePerson(name, Act("管理员", "2026-01-01"), problems_));
  }

  using Files = std::vector<store::Arrival::File>;
  void Import(const Publication& publication, const std::string& day, const Files& files = {}) {
    EXPECT_TRUE(
        store_->Import(std::vector{app::ArrivalOf(publication, files)}, Act("甲", day), problems_));
  }
  void Move(const std::string& id, PublicationStatus status, const char* actor,
            const std::string& day) {
    EXPECT_TRUE(store_->Move({Tongdao().county, id}, status, Act(actor, day), problems_)) << id;
    for (const Diagnostic& d : problems_.kept()) ADD_FAILURE() << Describe(d, Language::kEn);
  }
  void Publish(const Publication& publication, const std::string& day, const Files& files = {}) {
    Import(publication, day, files);
    Move(publication.id, PublicationStatus::kSubmitted, "甲", day);
    Move(publication.id, PublicationStatus::kApproved, "乙", day);
    Move(publication.id, PublicationStatus::kPublished, "丙", day);
  }

 private:
  static store::Act Act(const char* actor, const std::string& day) {
    return {actor, "", day + "T08:00:00.000000Z"};
  }

  TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_;
  Diagnostics problems_;
};

}  // namespace dijia::test
