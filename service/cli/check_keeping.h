// `dijia check --keep`: what was judged goes into the store, all of an input or nothing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "app/check.h"
#include "cli/store_words.h"

namespace dijia::cli {

class CheckKeeping {
 public:
  explicit CheckKeeping(StoreWords words) : words_(std::move(words)) {}

  // Opens the store and has the check keep in it; the object must outlive the check. False after
  // reports of who acts. Throws FileError.
  bool Begin(app::CheckRequest& request, Diagnostics& diagnostics);

  // How many were kept and their ids, for people.
  std::string Line(Language language) const;

 private:
  struct Range {
    std::string first, last;  // ids
    std::uint64_t checks = 0;
  };
  void Keep(store::NewCheck check);

  StoreWords words_;
  store::Act act_;
  std::unique_ptr<store::Store> store_;
  // Begins with the first check, so that an input that waits does not make others wait.
  std::unique_ptr<store::CheckKeeping> keeping_;
  std::map<std::string, Range> kept_;  // by county
};

}  // namespace dijia::cli
