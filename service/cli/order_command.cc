#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/town_order_text.h"
#include "cli/command.h"
#include "cli/diagnostics_output.h"
#include "cli/exit_code.h"
#include "cli/language_text.h"
#include "cli/publications_answer.h"
#include "cli/text_table.h"
#include "dijia/base/codes.h"
#include "dijia/town_order.h"

namespace dijia::cli {
namespace {

// The words of the command line as they are.
struct OrderWords {
  std::vector<std::string> files;
  PublicationsOutput output;
  std::string diagnostics, language = "zh";
};

std::optional<Diagnostic> FindFault(const Command& command, const OrderWords& words) {
  if (const auto unasked = command.UnexpectedWord()) return unasked;
  if (words.files.empty()) return Diagnostic{Code::kMissingWord, {}, {"FILE"}};
  if (const auto fault = FaultOfOutput(words.output)) return fault;
  return FaultOf(words.language, "0");
}

// The name of the area of a price, else of its publication.
std::string AreaOf(const Publication& publication) {
  return publication.area.empty() ? publication.id : publication.area;
}

std::string OrderTable(const std::vector<Publication>& publications,
                       const std::vector<TownOrder>& orders, const report::Labels& labels,
                       Language language) {
  const auto say = [language](std::string_view zh, std::string_view en) {
    return std::string(In(language, zh, en));
  };
  std::string text;
  for (const TownOrder& order : orders) {
    text += std::string(labels.Of(CodeOf(order.use), language)) +
            (order.sub_use.empty() ? "" : " " + order.sub_use) + say("：", ": ");
    if (order.is_in_order()) {
      text += say("各级别、各片区次序一致\n", "in order along grades and areas\n");
      continue;
    }
    text += say("次序不一致，最近的有序地价为\n", "not in order; the nearest prices that are\n");
    using enum TextTable::Align;
    TextTable table({kLeft, kRight, kRight, kRight});
    table.Add({say("片区", "area"), say("级别", "grade"), say("地价", "price"),
               say("有序地价", "in order")});
    for (const TownPrice& price : order.prices) {
      if (price.fitted == ToDouble(price.price)) continue;
      table.Add({AreaOf(publications[price.publication]), std::to_string(price.grade),
                 price.price.ToString(), price.ordered.ToString()});
    }
    text += table.ToString();
  }
  return text;
}

std::optional<Answers> Work(const OrderWords& words, Language language, Diagnostics& diagnostics) {
  const auto publications = ReadPublications(words.files, diagnostics);
  if (!publications) return std::nullopt;
  const std::vector<TownOrder> orders = OrderTowns(*publications);
  WriteTableOrJson(
      words.output, language,
      [&](const report::Labels& labels) {
        return OrderTable(*publications, orders, labels, language);
      },
      [&] { return app::TownOrderJson(*publications, orders); });
  return Answers{"", kFine};
}

}  // namespace

void AddOrderCommand(const Command& group, Action& action) {
  const Command command = group.AddCommand(
      "order",
      "各级别、各片区的地价次序，及最近的有序地价和证明\n"
      "the order of prices across grades and areas, the nearest that are in order, and the proof");
  const auto words = std::make_shared<OrderWords>();
  command.DressHelp("FILE... [OPTIONS]");
  const OptionGroup options(command);
  options.Add("FILE", words->files, "",
              "同一县各片区的基准地价，由高到低：JSON、XLSX、ODS\n"
              "publications of the areas of one county, the dearest first");
  options.Add("-o,--out", words->output.out, "FILE", "输出文件\nwrite into this file");
  options.Add("--output-format", words->output.output_format, "FORMAT",
              "table（默认）或 json；默认按 --out 的扩展名\n"
              "by the extension of --out, else a table");
  AddLanguage(options, words->language);
  AddDiagnostics(options, words->diagnostics);
  ActOn(command, words, action, FindFault,
        [](const OrderWords& said) { return AnswerFiles(said, Work); });
}

}  // namespace dijia::cli
