#include "io/sheet_xml.h"

#include <gtest/gtest.h>

#include <string>

#include "dijia/base/codes.h"

namespace dijia::io {
namespace {

std::string Repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string Names(std::string_view xml) {
  const Result<SheetFaults> faults = FindSheetFaultsIn(xml, "S");
  if (!faults) return faults.error().code == Code::kTableNotReadable ? "refused" : "another error";
  std::string names;
  for (const SheetFault& fault : *faults) {
    names +=
        fault.name + "@" + std::to_string(fault.row) + "," + std::to_string(fault.column) + " ";
  }
  return names;
}

TEST(SheetFaults, AreFormulasWithoutValueAndAllButTheFirstOfMergedCells) {
  EXPECT_EQ(
      Names(R"(<c r="A1"><f>1</f><v>2</v></c><c r="B1"><f>1</f></c><c r="C1"><f>1</f><v></v></c>
                     <c r="D1"/><mergeCell ref="B2:C3"/>)"),
      "S!B1@1,2 S!C1@1,3 S!B2:C3@2,3 S!B2:C3@3,2 S!B2:C3@3,3 ");
}

TEST(SheetFaults, SayWhichKindTheyAre) {
  const auto faults = FindSheetFaultsIn(R"(<c r="A1"><f>1</f></c><mergeCell ref="B2:B3"/>)", "S");
  ASSERT_TRUE(faults);
  ASSERT_EQ(faults->size(), 2U);
  EXPECT_EQ((*faults)[0].code, Code::kFormulaWithoutValue);
  EXPECT_EQ((*faults)[1].code, Code::kMergedCells);
}

TEST(SheetFaults, ComeInOrderOfPlace) {
  EXPECT_EQ(Names(R"(<c r="B2"><f>1</f></c><c r="A2"><f>1</f></c><c r="Z1"><f>1</f></c>)"),
            "S!Z1@1,26 S!A2@2,1 S!B2@2,2 ");
}

TEST(SheetFaults, NeedAPlaceInsideASheet) {
  EXPECT_EQ(Names(R"(<c r="A0"><f>1</f></c><c r="7"><f>1</f></c><c r="AAAA1"><f>1</f></c>)"), "");
}

TEST(SheetFaults, OfAnUnclosedCellDoNotReachIntoTheNext) {
  EXPECT_EQ(Names(R"(<c r="A1"><c r="B1"><f>1</f></c>)"), "S!B1@1,2 ");
}

TEST(SheetFaults, OfRangesOnTopOfEachOtherAreRefusedBeforeTheyFillTheMemory) {
  EXPECT_EQ(Names(Repeated(R"(<mergeCell ref="A1:J10000"/>)", 1000)), "refused");
}

TEST(SheetFaults, OfABrokenSheetTakeTimeInProportionToItsLength) {
  EXPECT_EQ(Names(Repeated("<c r=", 400'000) + ">"), "");
  EXPECT_EQ(Names(Repeated(R"(<c r="A1">)", 400'000) + "</c>"), "");
}

}  // namespace
}  // namespace dijia::io
