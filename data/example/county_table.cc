// The county's facts: areas, uses, grades, true prices.
#include <algorithm>
#include <array>

#include "synthetic_county.h"

namespace dijia::example {
namespace {

using namespace std::chrono_literals;

constexpr std::array<IndexPoint, 11> kResidentialIndex{{
    {2020y / 1 / 1, 0.920},
    {2020y / 7 / 1, 0.950},
    {2021y / 1 / 1, 0.985},
    {2021y / 7 / 1, 1.020},
    {2022y / 1 / 1, 1.035},
    {2022y / 7 / 1, 1.030},
    {2023y / 1 / 1, 1.022},
    {2023y / 7 / 1, 1.015},
    {2024y / 1 / 1, 1.008},
    {2024y / 7 / 1, 1.003},
    {2025y / 1 / 1, 1.000},
}};

constexpr std::array<std::string_view, 5> kCommercialNames{
    "其他商服用地", "批发零售用地", "商务金融用地", "住宿餐饮用地", "零售商业用地"};
constexpr std::array<std::string_view, 3> kResidentialNames{"城镇住宅用地", "其他普通商品住房用地",
                                                            "中低价位、中小套型普通商品住房用地"};
constexpr std::array<std::string_view, 1> kIndustrialNames{"工业用地"};
constexpr std::array<std::string_view, 5> kPublicServiceNames{
    "科教用地", "医卫慈善用地", "文体娱乐用地", "教育用地", "医疗卫生用地"};

constexpr std::array<FarCondition, 5> kCommercialFar{
    {{2.5, 0.55}, {2.2, 0.52}, {2.0, 0.48}, {1.8, 0.44}, {1.5, 0.40}}};
constexpr std::array<FarCondition, 5> kResidentialFar{
    {{2.2, 0.62}, {2.0, 0.60}, {1.8, 0.56}, {1.6, 0.52}, {1.4, 0.48}}};
constexpr std::array<FarCondition, 4> kIndustrialFar{
    {{1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}, {1.0, 0.0}}};
constexpr std::array<FarCondition, 4> kPublicServiceFar{
    {{1.5, 0.20}, {1.4, 0.20}, {1.2, 0.20}, {1.2, 0.20}}};

constexpr std::array<UseMarket, 4> kUseMarkets{{
    {LandUse::kCommercial, 40, 0.06, kCommercialFar, 0.0015, {}, 3000, kCommercialNames},
    {LandUse::kResidential, 70, 0.055, kResidentialFar, 0, kResidentialIndex, 12000,
     kResidentialNames},
    {LandUse::kIndustrial, 50, 0.05, kIndustrialFar, 0.0005, {}, 25000, kIndustrialNames},
    {LandUse::kPublicService, 50, 0.05, kPublicServiceFar, 0.0008, {}, 8000, kPublicServiceNames},
}};

constexpr std::array<std::pair<std::string_view, double>, 5> kDevelopmentCosts{{
    {"三通一平", 75},
    {"四通一平", 95},
    {"五通一平", 120},
    {"六通一平", 150},
    {"七通一平", 190},
}};

constexpr LandUse kC = LandUse::kCommercial, kR = LandUse::kResidential, kI = LandUse::kIndustrial,
                  kP = LandUse::kPublicService;

// clang-format off
constexpr std::array<Cell, 42> kCells{{  // one a line
    {"城区", kC, 1, 3200, 0.16, 150},
    {"城区", kC, 2, 2350, 0.16, 160},
    {"城区", kC, 3, 1650, 0.16, 140},
    {"城区", kC, 4, 1150, 0.16, 110},
    {"城区", kC, 5, 800, 0.16, 80},
    {"城区", kR, 1, 2100, 0.14, 190},
    {"城区", kR, 2, 1600, 0.14, 210},
    {"城区", kR, 3, 1200, 0.14, 180},
    {"城区", kR, 4, 880, 0.14, 140},
    {"城区", kR, 5, 640, 0.14, 90},
    {"城区", kI, 1, 288, 0.08, 70},
    {"城区", kI, 2, 240, 0.08, 90},
    {"城区", kI, 3, 204, 0.08, 80},
    {"城区", kI, 4, 180, 0.08, 50},
    {"城区", kP, 1, 720, 0.12, 40},
    {"城区", kP, 2, 560, 0.12, 45},
    {"城区", kP, 3, 430, 0.12, 35},
    {"城区", kP, 4, 330, 0.12, 9},
    {"甲镇", kC, 1, 900, 0.16, 70},
    {"甲镇", kC, 2, 640, 0.16, 80},
    {"甲镇", kC, 3, 450, 0.16, 60},
    {"甲镇", kR, 1, 620, 0.14, 90},
    {"甲镇", kR, 2, 450, 0.14, 100},
    {"甲镇", kR, 3, 330, 0.14, 70},
    {"甲镇", kI, 1, 180, 0.08, 40},
    {"甲镇", kI, 2, 156, 0.08, 50},
    {"甲镇", kI, 3, 132, 0.08, 4},
    {"甲镇", kP, 1, 300, 0.12, 24},
    {"甲镇", kP, 2, 235, 0.12, 28},
    {"甲镇", kP, 3, 180, 0.12, 20},
    {"乙镇", kC, 1, 700, 0.16, 50},
    {"乙镇", kC, 2, 500, 0.16, 55},
    {"乙镇", kC, 3, 350, 0.16, 2},
    {"乙镇", kR, 1, 480, 0.14, 60},
    {"乙镇", kR, 2, 350, 0.14, 70},
    {"乙镇", kR, 3, 260, 0.14, 50},
    {"乙镇", kI, 1, 156, 0.08, 30},
    {"乙镇", kI, 2, 138, 0.08, 36},
    {"乙镇", kI, 3, 122, 0.08, 25},
    {"乙镇", kP, 1, 240, 0.12, 18},
    {"乙镇", kP, 2, 190, 0.12, 22},
    {"乙镇", kP, 3, 150, 0.12, 3},
}};
// clang-format on

}  // namespace

std::span<const UseMarket> UseMarkets() { return kUseMarkets; }

const UseMarket& MarketOf(LandUse use) {
  return *std::find_if(kUseMarkets.begin(), kUseMarkets.end(),
                       [use](const UseMarket& market) { return market.use == use; });
}

std::span<const std::pair<std::string_view, double>> DevelopmentCosts() {
  return kDevelopmentCosts;
}

std::span<const Cell> Cells() { return kCells; }

}  // namespace dijia::example
