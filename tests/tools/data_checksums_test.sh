#!/bin/bash
# Every file under data/ has one row in data/README.md with its SHA-256, and the reverse.
# Usage: data_checksums_test.sh SOURCE_DIR
set -u
cd "$1/data" || exit 2
faults=0
fault() { echo "data_checksums: $*"; faults=$((faults + 1)); }

# Rows look like: | `reference/counties.csv` | what | source | date | licence | sha256 | verified on |
rows=$(sed -n 's/^| `\([^`]*\)` .*| `\([0-9a-f]\{64\}\)` |.*/\1 \2/p' README.md)
[ -n "$rows" ] || fault "README.md has no row with a checksum"
while read -r file sum; do
  if [ ! -f "$file" ]; then
    fault "README.md lists $file, which does not exist"
  elif actual=$(sha256sum "$file" | cut -d' ' -f1) && [ "$actual" != "$sum" ]; then
    fault "$file has SHA-256 $actual, README.md says $sum"
  fi
done <<<"$rows"
[ "$(cut -d' ' -f1 <<<"$rows" | sort | uniq -d)" = "" ] || fault "README.md lists a file twice"

while read -r file; do
  grep -q "^| \`$file\` .*[0-9a-f]\{64\}" README.md || fault "$file has no row in README.md"
  if LC_ALL=C grep -q $'\r' "$file"; then fault "$file has carriage returns"; fi
  iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || fault "$file is not UTF-8"
  [ "$(head -c 3 "$file" | od -An -tx1)" != " ef bb bf" ] || fault "$file has a byte-order mark"
done < <(find . -type f ! -path ./README.md ! -name '*.cc' ! -name '*.h' ! -name CMakeLists.txt | sed 's|^\./||' | LC_ALL=C sort)

[ "$faults" -eq 0 ] && echo "data_checksums: $(wc -l <<<"$rows") files as listed"
exit $((faults > 0))
