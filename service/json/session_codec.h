// What people send to sign in.
#pragma once

#include <string>
#include <vector>

#include "dijia/base/diagnostic.h"
#include "json/change_codec.h"
#include "json/value.h"

namespace dijia::json {

// {"key": "dijia_k1_…"}
struct SignInRequest {
  std::string key;  // a secret
};

// Everything that is wrong is reported at once with its JSON pointer.
SignInRequest ReadSignInRequest(const Value& document, Diagnostics& diagnostics);

std::vector<FieldMeaning> SignInFields();

}  // namespace dijia::json
