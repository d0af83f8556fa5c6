#include "json/simulation_codec.h"

#include "json/codec.h"
#include "json/field.h"

namespace dijia::json {

using enum Presence;

template <>
struct FieldsOf<LawSide> {
  static std::span<const Field<LawSide>> Table() {
    using Owner = LawSide;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::decided_on>("decided_on", kOptional,
                                "all cases as if decided on this day; null: each on its own"),
        Key<&Owner::readings>("readings", kOptional,
                              "contested points decided otherwise: an option by its reading"),
    };
    return kTable;
  }
};

template <>
struct FieldsOf<SimulationOrder> {
  static std::span<const Field<SimulationOrder>> Table() {
    using Owner = SimulationOrder;
    static constexpr Field<Owner> kTable[] = {
        Key<&Owner::county>("county", kOptional, "of the kept checks; all where it is empty"),
        Key<&Owner::from>("from", kOptional, "kept from this day on (UTC)"),
        Key<&Owner::until>("until", kOptional, "kept before this day"),
        Key<&Owner::before>("before", kOptional, "the law that is compared with"),
        Key<&Owner::after>("after", kRequired, "the law that is tried"),
        Key<&Owner::pack>("pack", kUnlessAbsent,
                          "the law of `after` by an office's own rule pack: texts of its TOML and "
                          "CSV files by name; its `on` names a layer of the pack in force"),
    };
    return kTable;
  }
};

SimulationOrder ReadSimulationOrder(const Value& document, Diagnostics& diagnostics) {
  SimulationOrder order;
  Reader reader("", PathStyle::kPointer, diagnostics);
  Codec<SimulationOrder>::Read(reader, document, order);
  return order;
}

Value WriteLawSide(const LawSide& side) { return Codec<LawSide>::Write(side); }

std::vector<FieldMeaning> SimulationFields() { return MeaningsOf<SimulationOrder>(); }
std::vector<FieldMeaning> LawSideFields() { return MeaningsOf<LawSide>(); }

}  // namespace dijia::json
