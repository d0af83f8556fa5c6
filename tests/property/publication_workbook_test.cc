// Whatever stands in a publication, its workbook gives the same publication again.
#include <gtest/gtest.h>

#include <string>

#include "dijia/base/codes.h"
#include "io/workbook.h"
#include "json/publication_codec.h"
#include "json/text.h"
#include "support/random_publication.h"
#include "support/sheet_texts.h"
#include "support/temporary_folder.h"
#include "support/tongdao.h"
#include "workbook/publication_reader.h"
#include "workbook/publication_writer.h"

namespace dijia {
namespace {

constexpr std::uint64_t kDocuments = 300, kFiles = 40;

std::string Complaints(const Diagnostics& diagnostics) {
  std::string lines;
  for (const Diagnostic& diagnostic : diagnostics.kept()) {
    lines += Describe(diagnostic, Language::kEn) + "\n";
  }
  return lines;
}

std::string Canonical(const Publication& publication) {
  return json::ToCanonical(json::WritePublication(publication));
}

void ExpectSame(const std::vector<io::WorkbookSheet>& sheets, const Publication& publication) {
  Diagnostics diagnostics;
  const auto read = workbook::ReadPublicationBook(sheets, "p.xlsx", diagnostics);
  ASSERT_TRUE(read) << Complaints(diagnostics) << test::TextOfSheets(sheets);
  EXPECT_EQ(Canonical(read->publication), Canonical(publication)) << test::TextOfSheets(sheets);
  EXPECT_EQ(read->publication, publication);
}

void ExpectSameThroughAFile(const Publication& publication) {
  const test::TemporaryFolder folder;
  Diagnostics diagnostics;
  const auto written = workbook::WritePublicationBook(publication, folder / "p.xlsx", diagnostics);
  ASSERT_TRUE(written && *written) << Complaints(diagnostics);
  const auto sheets = io::ReadWorkbook(folder / "p.xlsx", io::TableFormat::kXlsx, diagnostics);
  ASSERT_TRUE(sheets) << Complaints(diagnostics);
  ExpectSame(*sheets, publication);
}

TEST(PublicationWorkbook, ARandomPublicationGoesThroughItsSheetsUnchanged) {
  for (std::uint64_t seed = 1; seed <= kDocuments; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Draw draw(seed);
    const Publication publication = test::DrawPublication(draw);
    Diagnostics diagnostics;
    const auto sheets = workbook::SheetsOf(publication, diagnostics);
    EXPECT_EQ(diagnostics.total(), 0);
    ExpectSame(test::SheetsRead(sheets), publication);
    if (HasFailure()) return;
  }
}

TEST(PublicationWorkbook, ARandomPublicationGoesThroughAnXlsxFileUnchanged) {
  for (std::uint64_t seed = 1001; seed <= 1000 + kFiles; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    test::Draw draw(seed);
    ExpectSameThroughAFile(test::DrawPublication(draw));
    if (HasFailure()) return;
  }
}

TEST(PublicationWorkbook, TongdaoGoesThroughAnXlsxFileUnchanged) {
  ExpectSameThroughAFile(test::Tongdao());
}

TEST(PublicationWorkbook, TheSamePublicationGivesTheSameBytes) {
  const test::TemporaryFolder folder;
  Diagnostics diagnostics;
  for (const char* name : {"a.xlsx", "b.xlsx"}) {
    ASSERT_TRUE(workbook::WritePublicationBook(test::Tongdao(), folder / name, diagnostics));
  }
  EXPECT_EQ(test::Contents(folder / "a.xlsx"), test::Contents(folder / "b.xlsx"));
}

}  // namespace
}  // namespace dijia
