#!/usr/bin/env bash
# readme_commands.sh ROOT PRESET: runs every command of the ```sh blocks of README.md, in order, as a
# newcomer would, with the build that the tests use.
set -euo pipefail
cd "$1"
export DIJIA_PRESET=$2
commands=$(awk '/^```sh$/ {on=1; next} /^```/ {on=0} on' README.md)
[ -n "$commands" ] || { echo "README.md has no commands"; exit 1; }
while IFS= read -r command; do
  [ -n "$command" ] || continue
  echo "\$ $command"
  bash -c "$command" </dev/null
done <<<"$commands"
