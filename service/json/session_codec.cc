#include "json/session_codec.h"

#include "json/codec.h"
#include "json/field.h"

namespace dijia::json {

using enum Presence;

template <>
struct FieldsOf<SignInRequest> {
  static std::span<const Field<SignInRequest>> Table() {
    using Owner = SignInRequest;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::key>("key", kRequired, "a key of dijia key add"),
    };
    return kTable;
  }
};

SignInRequest ReadSignInRequest(const Value& document, Diagnostics& diagnostics) {
  Reader reader("", PathStyle::kPointer, diagnostics);
  SignInRequest request;
  Codec<SignInRequest>::Read(reader, document, request);
  return request;
}

std::vector<FieldMeaning> SignInFields() { return MeaningsOf<SignInRequest>(); }

}  // namespace dijia::json
