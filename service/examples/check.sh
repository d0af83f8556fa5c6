#!/bin/sh
# check.sh URL CASE.json: one case, checked with curl; prints the answer. Exit 22 when it is refused.
set -eu
exec curl --silent --show-error --fail-with-body \
  --header 'Content-Type: application/json' --header "Accept-Language: ${LANGUAGE:-zh}" \
  --data-binary "@$2" "$1/v1/reserve-price-checks"
