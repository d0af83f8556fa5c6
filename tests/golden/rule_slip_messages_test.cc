// Slips in packs: every message with its file, row and column, as golden/rules/slips.txt has them.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "support/pack_files.h"

namespace dijia::rules {
namespace {

struct Slip {
  std::string file, was, now;
  std::string messages;
};

const std::string& GoldenFile() {
  static const std::string file = std::string(DIJIA_SOURCE_DIR) + "/tests/golden/rules/slips.txt";
  return file;
}

// "\n" in the file is a line break.
std::string Unescaped(const std::string& text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && i + 1 < text.size();
    if (!escape) {
      plain += text[i];
      continue;
    }
    ++i;
    plain += text[i] == 'n' ? '\n' : text[i];
  }
  return plain;
}

std::vector<Slip> ReadSlips() {
  std::vector<Slip> slips;
  std::ifstream in(GoldenFile());
  std::string line;
  while (std::getline(in, line)) {
    if (line.size() < 2 || line[0] == '#') continue;
    const std::string rest = line.substr(2);
    if (line[0] == '@') slips.push_back({rest, {}, {}, {}});
    if (slips.empty()) continue;
    if (line[0] == '-') slips.back().was = Unescaped(rest);
    if (line[0] == '+') slips.back().now = Unescaped(rest);
    if (line[0] == '=') slips.back().messages += rest + "\n";
  }
  return slips;
}

std::string MessagesOf(const Slip& slip) {
  PackLayer layer = ReadLayer("cn");
  const auto file = std::ranges::find(layer, slip.file, &PackFile::name);
  const std::size_t at = file == layer.end() ? std::string::npos : file->text.find(slip.was);
  if (at == std::string::npos) return "not planted\n";
  file->text.replace(at, slip.was.size(), slip.now);
  Diagnostics diagnostics;
  const bool loaded = LoadRulePack(std::vector<PackLayer>{layer}, diagnostics).has_value();
  std::string messages = loaded ? "loaded\n" : "";
  constexpr std::size_t kShown = 4;  // a missing name is missed by all that use it
  for (std::size_t i = 0; i < std::min(kShown, diagnostics.kept().size()); ++i) {
    std::string message = Describe(diagnostics.kept()[i], Language::kEn);
    constexpr std::size_t kLongest = 200;  // lists of names end early
    if (message.size() > kLongest) message = message.substr(0, kLongest) + "…";
    messages += message + "\n";
  }
  return messages;
}

// Writes the messages of now into the golden file, which then is looked at as any change is.
void Update(const std::vector<Slip>& slips) {
  std::ifstream in(GoldenFile());
  std::ostringstream out;
  std::string line;
  std::size_t slip = 0;
  bool written = false;
  while (std::getline(in, line)) {
    if (!line.starts_with("= ")) {
      out << line << "\n";
      written = false;
      continue;
    }
    if (written) continue;
    std::istringstream messages(MessagesOf(slips[slip++]));
    for (std::string message; std::getline(messages, message);) out << "= " << message << "\n";
    written = true;
  }
  in.close();
  std::ofstream(GoldenFile()) << out.str();
}

TEST(RulePack, RefusesEverySlipWithItsMessage) {
  const std::vector<Slip> slips = ReadSlips();
  ASSERT_GE(slips.size(), 25U);
  if (std::getenv("DIJIA_UPDATE_GOLDEN") != nullptr) {  // NOLINT(concurrency-mt-unsafe)
    Update(slips);
    GTEST_SKIP() << "the golden file was written";
  }
  for (const Slip& slip : slips) {
    EXPECT_EQ(MessagesOf(slip), slip.messages) << slip.file << ": " << slip.now;
  }
}

}  // namespace
}  // namespace dijia::rules
