// The words of a publication's workbook for the codes of its document, both ways.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dijia::workbook {

struct Word {
  std::string_view code, word;
};
using Words = std::span<const Word>;

inline constexpr Word kUseWords[] = {
    {"commercial", "商业服务业"},
    {"residential", "居住"},
    {"industrial", "工业"},
    {"storage", "仓储"},
    {"public_service", "公共管理与公共服务"},
    {"public_utility", "公用设施"},
    {"transport", "交通运输"},
    {"other", "其他"},
};
inline constexpr Word kStatusWords[] = {
    {"draft", "草案"},       {"submitted", "已送审"},  {"approved", "已批准"},
    {"published", "已公布"}, {"superseded", "已更新"}, {"withdrawn", "已撤回"},
};
inline constexpr Word kUnitWords[] = {
    {"yuan_per_sqm", "元/㎡"},
    {"wan_yuan_per_mu", "万元/亩"},
    {"yuan_total", "元"},
    {"wan_yuan_total", "万元"},
    {"yuan_per_sqm_floor", "元/㎡楼面"},
    {"yuan_per_sqm_year", "元/㎡·年"},
    {"yuan_per_mu_year", "元/亩·年"},
};
inline constexpr Word kShareWords[] = {{"floor", "建筑面积"}, {"land", "土地面积"}};
inline constexpr Word kResultWords[] = {
    {"coefficient", "修正系数"}, {"factor_sum", "因素之和"},  {"months", "月数"},
    {"unit_price", "地面地价"},  {"floor_price", "楼面地价"}, {"total", "总价"},
};
inline constexpr Word kRoundingWords[] = {
    {"half_up", "四舍五入"}, {"half_even", "四舍六入五成双"}, {"up", "进位"}, {"down", "舍去"}};
inline constexpr Word kFormulaWords[] = {{"formula", "级别价"}, {"frontage_formula", "路线价"}};
inline constexpr Word kPartWords[] = {
    {"sum", "求和"}, {"excess", "减一求和"}, {"product", "连乘"}, {"add", "相加"}};
inline constexpr Word kKindWords[] = {
    {"term_formula", "年期公式"}, {"curve", "数值表"},
    {"monthly_rate", "月变动率"}, {"index", "指数"},
    {"levels", "等级系数"},       {"factors", "因素百分率"},
    {"additive", "加价"},         {"depth", "临街深度"},
    {"matrix", "比准表"},
};
inline constexpr Word kByWords[] = {{"all", "不分级"}, {"grade", "分级"}};
inline constexpr Word kInterpolationWords[] = {
    {"linear", "线性"}, {"step", "阶梯"}, {"power", "幂函数"}};
inline constexpr Word kOutsideWords[] = {{"clamp", "取端值"}, {"withhold", "不评估"}};
inline constexpr Word kMonthWords[] = {{"whole_plus_days_over_30", "整月加日数除以30"}};
inline constexpr Word kPercentWords[] = {{"average", "平均"}, {"cumulative", "累计"}};
inline constexpr Word kBeyondWords[] = {{"table", "依表"}, {"split", "拆分"}};
inline constexpr Word kClosedWords[] = {{"left", "左闭右开"}, {"right", "左开右闭"}};
inline constexpr Word kFlagWords[] = {{"true", "是"}, {"false", "否"}};
// Coefficients that have a name of the field; others are written as they are called.
inline constexpr Word kCoefficientWords[] = {
    {"term", "年期"},
    {"far", "容积率"},
    {"date", "期日"},
    {"regional", "区域因素"},
    {"area", "面积"},
    {"shape", "形状"},
    {"view", "景观"},
    {"orientation", "朝向"},
    {"corner", "街角"},
    {"width", "宽度"},
    {"depth", "深度"},
    {"surroundings", "周围用地"},
    {"development", "开发程度"},
};

// The rows of tables of factors and pairs.
inline constexpr std::string_view kFigures = "系数", kDivision = "划分", kStandard = "标准";
inline constexpr Word kFactorRowWords[] = {{"figures", kFigures}, {"division", kDivision}};
inline constexpr Word kMatrixRowWords[] = {
    {"figures", kFigures}, {"division", kDivision}, {"standard", kStandard}};
// A price that is not published, every grade not listed, the row of exponents of a curve.
inline constexpr std::string_view kNotPublished = "不公布", kAllGrades = "各级", kExponent = "指数";

// The names of five levels from the best to the worst.
inline constexpr std::string_view kLadders[][5] = {{"优", "较优", "一般", "较劣", "劣"},
                                                   {"好", "较好", "一般", "较差", "差"}};

// The word of a code; the code itself where there is none.
std::string_view WordOf(Words words, std::string_view code);
// The code of a word or of itself; nothing for any other text.
std::optional<std::string_view> CodeOfWord(Words words, std::string_view text);
// "优, 较优".
std::string JoinWords(Words words);

}  // namespace dijia::workbook
