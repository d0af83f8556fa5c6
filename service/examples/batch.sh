#!/bin/sh
# batch.sh URL CASES.csv|CASES.ndjson: many cases with curl; prints one answer a line, in order.
set -eu
case $2 in *.csv) type=text/csv ;; *) type=application/x-ndjson ;; esac
exec curl --silent --show-error --fail-with-body \
  --header "Content-Type: $type" --header "Accept-Language: ${LANGUAGE:-zh}" \
  --data-binary "@$2" "$1/v1/reserve-price-checks/batch"
