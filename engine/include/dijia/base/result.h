// Result<T>: a value or the error that prevented it. Member names are those of std::expected, which
// the compilers we support do not have, so that a later change is an alias.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include "dijia/base/code.h"

namespace dijia {

// Why an operation was impossible: a stable code and the words that fill its text.
struct Error {
  Code code = kInternalCode;
  std::string detail;  // what was wrong, with the value and what is allowed; lower case, one line
};

template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // Implicit, so that a function returns a value or an error as it is.
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  // Precondition: has_value().
  const T& value() const& {
    assert(has_value());
    return std::get<0>(state_);
  }
  T& value() & {
    assert(has_value());
    return std::get<0>(state_);
  }
  T&& value() && {
    assert(has_value());
    return std::get<0>(std::move(state_));
  }
  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  // Precondition: !has_value().
  const Error& error() const {
    assert(!has_value());
    return std::get<1>(state_);
  }
  T value_or(T other) const { return has_value() ? value() : std::move(other); }

 private:
  std::variant<T, Error> state_;
};

// The result of an operation that gives nothing but success.
struct Done {};
using Status = Result<Done>;

}  // namespace dijia
