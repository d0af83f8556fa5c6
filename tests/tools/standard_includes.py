#!/usr/bin/env python3
"""Every source of the product includes the standard headers it uses: standard_includes.py ROOT [--self-test].

Itself or through headers of ours. Builds with precompiled headers do not notice a missing one; others fail for it.
"""
import pathlib
import re
import sys

# What shows that a header is used. Names that several headers give are left out.
USES = {
    "algorithm": r"std::(ranges::(sort|find|find_if|count|count_if|max|min|max_element|min_element|lower_bound|"
                 r"upper_bound|any_of|all_of|none_of|copy|fill|transform|reverse|unique|equal)|sort|min|max|clamp|"
                 r"minmax|find_if|lower_bound|upper_bound|any_of|all_of|none_of|count_if|nth_element|stable_sort)\b",
    "array": r"std::(array|to_array)\b",
    "charconv": r"std::(from_chars|to_chars)\b",
    "chrono": r"std::chrono\b",
    "cmath": r"std::(sqrt|exp|log|pow|floor|ceil|isnan|isfinite|isinf|round|lround|llround|hypot|log1p|expm1|fma)\b",
    "cstdint": r"\bu?int(8|16|32|64)_t\b",
    "filesystem": r"std::filesystem\b",
    "functional": r"std::(function|reference_wrapper|cref)\b",
    "map": r"std::(map|multimap)\b",
    "memory": r"std::(unique_ptr|shared_ptr|weak_ptr|make_unique|make_shared)\b",
    "optional": r"std::(optional|nullopt)\b",
    "set": r"std::(set|multiset)\b",
    "span": r"std::span\b",
    "string": r"std::(string|to_string)\b",
    "string_view": r"std::string_view\b",
    "utility": r"std::(move|pair|exchange|forward|as_const)\b",
    "variant": r"std::(variant|visit|get_if|holds_alternative)\b",
    "vector": r"std::vector\b",
}
ROOTS = ("service", "engine/include", "engine/src", "rules/include", "rules/src")


class Sources:
    """The files below the folders of the product, and what each of them reaches."""

    def __init__(self, root):
        self.root = root
        self.text = {}
        for folder in ("engine", "rules", "service"):
            for path in (root / folder).rglob("*"):
                if path.suffix in (".cc", ".h") and "node_modules" not in path.parts:
                    self.text[path.relative_to(root).as_posix()] = path.read_text(encoding="utf-8")

    def ours(self, source, name):
        places = [f"{folder}/{name}" for folder in ROOTS] + [f"{pathlib.PurePosixPath(source).parent}/{name}"]
        return next((place for place in places if place in self.text), None)

    def reached(self, source, seen):
        standard = set()
        for name in re.findall(r'^#include [<"]([^">]+)[>"]', self.text[source], re.M):
            header = self.ours(source, name)
            if header is None:
                standard.add(name)
            elif header not in seen:
                seen.add(header)
                standard |= self.reached(header, seen)
        return standard

    def missing(self, source):
        code = re.sub(r'//[^\n]*|"(?:\\.|[^"\\\n])*"', "", self.text[source])
        reached = self.reached(source, {source})
        return [name for name, use in USES.items() if name not in reached and re.search(use, code)]


def faults(root):
    sources = Sources(root)
    return [f"{source}: uses <{name}> without including it"
            for source in sorted(sources.text) if source.endswith(".cc") for name in sources.missing(source)]


def self_test(root):
    """Without one #include a source of ours is found."""
    sources = Sources(root)
    source = "engine/src/date.cc"
    for text in sources.text:
        sources.text[text] = re.sub(r"^#include <(string|optional)>\n", "", sources.text[text], flags=re.M)
    assert sources.missing(source), f"{source} would not be found"


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    if "--self-test" in sys.argv:
        self_test(folder)
        sys.exit(0)
    found = faults(folder)
    print("\n".join(found))
    sys.exit(1 if found else 0)
