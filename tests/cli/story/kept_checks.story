Checks that an office keeps: answered, kept, listed, tried on other rules, proved, and not to be changed. $DIJIA_STORE is the store,
$OTHER_STORE where there is none yet.
--- step Nothing is kept where it is not asked for, and nobody keeps without a name.
dijia init
cat > cases.csv <<CASES
case_id,county,land_class,use,method,decided_on,area_sqm,term_years,price.amount,price.unit,price.kind,rebates_yuan_per_sqm,cost_yuan_per_sqm,facts.priority_industry_listed,facts.agri_processing_listed,facts.inside_planned_area,facts.land_origin
C-1,150304,14,industrial,listing,2023-05-01,10000,50,84,yuan_per_sqm,reserve,0,40,false,false,true,construction
C-2,150304,14,industrial,listing,2023-05-01,10000,50,83.99,yuan_per_sqm,reserve,0,40,false,false,true,construction
C-3,152502,14,industrial,listing,2023-05-01,10000,50,60,yuan_per_sqm,reserve,0,40,,,,
CASES
dijia check cases.csv --actor 张三; echo exit $?
dijia check cases.csv --keep; echo exit $?
dijia checks list
--- said Nothing is kept where it is not asked for, and nobody keeps without a name.
--- step A file of cases is answered and kept.
dijia check cases.csv --keep --actor 张三 --note 季度抽查; echo exit $?
--- said A file of cases is answered and kept.
--- step What cannot be kept is answered and told; the rest is kept.
cat > mixed.ndjson <<CASES
{"case_id": "N-1", "county": "150304", "land_class": 14, "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "area_sqm": 10000, "term_years": 50, "price": {"amount": "90.10", "unit": "yuan_per_sqm", "kind": "reserve"}, "cost_yuan_per_sqm": 40}
{"case_id": "N-2", "land_class": 14}
{"case_id": "N-3", "county": "150304", "land_class": "many"}
CASES
dijia check mixed.ndjson --keep --actor 李四 --output-format csv | cut -d, -f1-4; echo exit $?
--- said What cannot be kept is answered and told; the rest is kept.
--- step An output that cannot be written keeps nothing.
dijia check cases.csv --keep --actor 张三 -o nowhere/out.csv; echo exit $?
--- said An output that cannot be written keeps nothing.
--- step They are listed and shown.
dijia checks list
dijia checks list --verdict unlawful --lang en
dijia checks list --county 152502 --output-format csv
dijia checks list --from 2099-01-01
dijia checks list --until 2099-01-01 --county 150304 --output-format ndjson | cut -c1-60
dijia checks list --output-format json -o checks.json && head -4 checks.json
dijia checks show 150304-3
dijia checks show 150304-9; echo exit $?
dijia checks show 17; echo exit $?
dijia checks list --verdict good; echo exit $?
--- said They are listed and shown.
--- step Other rules are tried on what was kept.
mkdir office
cat > office/pack.toml <<PACK
[pack]
id = "office"
on = "cn-150000"
version = "1"
title_zh = "本局"
title_en = "our office"

[[table]]
id = "standard"
file = "standard.csv"
unit = "yuan_per_sqm"
keys = ["land_class"]
from = 2023-01-01
tighten = true
instrument = "307"
confidence = "seen"
PACK
printf 'land_class,value,from,until,note\n14,90,,,\n' > office/standard.csv
dijia rules simulate ./office --store "$DIJIA_STORE"; echo exit $?
dijia rules simulate ./office --store "$DIJIA_STORE" --county 152502 --output-format csv; echo exit $?
dijia rules simulate cn --store "$DIJIA_STORE" --cases cases.csv; echo exit $?
--- said Other rules are tried on what was kept.
--- step They are proved, and judged again.
dijia publication verify --all
dijia publication verify --all --lang en
--- said They are proved, and judged again.
--- sql Nobody changes them.
UPDATE kept_check SET verdict = 'lawful' WHERE county = '150304' AND entry = 2
DELETE FROM kept_check
--- said Nobody changes them.
--- step A backup has them.
dijia backup copy.db
dijia checks list --store copy.db | wc -l
dijia restore copy.db --store "$OTHER_STORE"
dijia checks list --store "$OTHER_STORE" --county 152502
--- said A backup has them.
