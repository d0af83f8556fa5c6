#include "cli/refresh_table.h"

#include <cmath>
#include <optional>
#include <string_view>

#include "cli/text_table.h"
#include "dijia/base/decimal.h"

namespace dijia::cli {
namespace {

using Align = TextTable::Align;

// A figure with so many places, for display; empty for none.
std::string Shown(std::optional<double> figure, int places) {
  if (!figure || !std::isfinite(*figure)) return "";
  const std::int64_t one = PowerOfTen(places);
  return FormatFixed(std::llround(*figure * static_cast<double>(one)), places, places);
}

template <class Quantity>
std::string Shown(const std::optional<Quantity>& quantity) {
  return quantity ? quantity->ToString() : "";
}

class RefreshWriter {
 public:
  RefreshWriter(const RefreshedPublication& refreshed, const report::Labels& labels,
                Language language)
      : refreshed_(refreshed), labels_(labels), language_(language) {}

  std::string Text() const {
    return Detours() + Blends() + Comparisons() + SpotChecks() + CapsAndOrder();
  }

 private:
  std::string Say(std::string_view zh, std::string_view en) const {
    return std::string(language_ == Language::kZh ? zh : en);
  }
  std::string Label(std::string_view group, std::string_view code) const {
    return std::string(labels_.Of(std::string(group) + std::string(code), language_));
  }

  std::string Place(const RefreshedPrice& price) const {
    return Label("", CodeOf(price.use)) + " " +
           (price.grade == 0 ? "" : Say("级别 ", "grade ") + std::to_string(price.grade)) +
           (price.name.empty() ? "" : " " + price.name);
  }

  static std::string Under(const std::string& heading, const std::string& text) {
    return text.empty() ? text : heading + text;
  }

  std::string Detours() const {
    std::string text;
    for (const RefreshedPrice& price : refreshed_.prices) {
      if (price.method == price.planned) continue;
      text += "  " + Place(price) + Say("：", ": ") + Label("diff.", CodeOf(price.planned)) +
              " → " + Label("diff.", CodeOf(price.method)) + Say("，", ", ") +
              Label("why.", CodeOf(price.why));
      if (price.grounds.samples > 0) {
        text +=
            Say("（样点 ", " (samples ") + std::to_string(price.grounds.samples) + Say("）", ")");
      }
      text += "\n";
    }
    return Under(Say("\n没有按方案的方法得出的价格（方案 → 采用）\n",
                     "\nprices that went another way (planned → taken)\n"),
                 text);
  }

  std::string Blends() const {
    TextTable table({Align::kLeft, Align::kRight, Align::kRight, Align::kRight, Align::kRight,
                     Align::kRight, Align::kRight, Align::kRight});
    table.Add({Say("范围", "place"), Say("样点", "samples"), Say("重新测算", "resampled"),
               Say("权重", "weight"), Say("按指数", "indexed"), Say("权重", "weight"),
               Say("合成", "blended"), Say("95% 区间", "95 % interval")});
    bool is_empty = true;
    for (const RefreshedPrice& price : refreshed_.prices) {
      const RefreshGrounds& grounds = price.grounds;
      if (price.method != RefreshMethod::kBlend || !grounds.resampled_weight) continue;
      is_empty = false;
      table.Add({Place(price), std::to_string(grounds.samples), Shown(grounds.estimate, 1),
                 Shown(grounds.resampled_weight, 3), Shown(grounds.indexed, 1),
                 Shown(1.0 - *grounds.resampled_weight, 3), Shown(price.proposed),
                 Range(grounds.interval, 0)});
    }
    if (is_empty) return "";
    return Say("\n样点偏少，按方差倒数加权\n", "\nthin samples, weighted by inverse variances\n") +
           table.ToString();
  }

  static std::string Range(const std::optional<Interval>& interval, int places) {
    if (!interval) return "";
    return Shown(interval->low, places) + " – " + Shown(interval->high, places);
  }

  std::string Comparisons() const {
    std::string text;
    for (const RefreshedPrice& price : refreshed_.prices) {
      if (price.method != RefreshMethod::kComparison || !price.grounds.ratio) continue;
      text += "  " + Place(price) + Say("：可比价 ", ": ") + Shown(price.grounds.comparable) +
              " × " + Shown(price.grounds.ratio) + " = " + Shown(price.proposed) + "\n";
    }
    return Under(Say("\n比较法\n", "\nby comparison\n"), text);
  }

  std::string SpotChecks() const {
    std::string text;
    for (const SpotCheck& check : refreshed_.spot_checks) {
      text += "  " + Label("", CodeOf(check.use)) + Say("：样点 ", ": samples ") +
              std::to_string(check.samples);
      if (check.samples > 0) {
        text += Say("，比率中位数 ", ", median ratio ") + Shown(check.ratio, 4) +
                Say("（区间 ", " (interval ") + Range(check.interval, 4) + Say("），", "), ");
      } else {
        text += Say("，", ", ");
      }
      text += "±" + check.tolerance.ToString() + " %" + Say("：", ": ") +
              Label("spot.", CodeOf(check.outcome)) + "\n";
    }
    return Under(Say("\n指数的抽查（样点价 / 按指数价）\n",
                     "\nspot samples against the index (sample / indexed price)\n"),
                 text);
  }

  std::string CapsAndOrder() const {
    std::string text;
    for (const RefreshedPrice& price : refreshed_.prices) {
      if (price.price == price.proposed) continue;
      std::string by = price.fitted ? Say("级别次序", "order of grades") : "";
      if (price.cap != RefreshCap::kNone) {
        by += (by.empty() ? "" : Say("、", ", ")) + Say("变动上限", "cap on the change");
      }
      text += "  " + Place(price) + Say("：", ": ") + Shown(price.proposed) + " → " +
              Shown(price.price) + Say("，", ", ") + by + "\n";
    }
    return Under(Say("\n上限和次序的作用（方法得出 → 草案）\n",
                     "\nwhat caps and order did (by the method → in the draft)\n"),
                 text);
  }

  const RefreshedPublication& refreshed_;
  const report::Labels& labels_;
  Language language_;
};

}  // namespace

std::string RefreshTable(const RefreshedPublication& refreshed, const report::Labels& labels,
                         Language language) {
  return RefreshWriter(refreshed, labels, language).Text();
}

}  // namespace dijia::cli
