People who may do what: registered, changed, held to their role and county, leaving, coming back, proved and copied. $DIJIA_STORE is the
store, $OTHER_STORE where there is none yet.
--- step Without people names alone count; with the first one on, people in force act.
dijia init
cat > prices.json <<DOCUMENT
{"format": "dijia-publication/1", "id": "klq-2026", "county": "150428", "area": "", "title": "城镇基准地价", "document_no": "喀政发〔2026〕1号",
 "base_date": "2025-01-01", "effective_from": "2026-01-08", "effective_until": null, "status": "published", "primary_unit": "yuan_per_sqm",
 "rounding": {"unit_price": {"interval": "1", "mode": "half_up"}},
 "uses": {"residential": {"name": "居住用地", "term_years": 70, "capitalization_rate": "0.06", "development_level": "五通一平",
  "grades": [{"grade": 1, "price": "790", "far": "2.0"}], "formula": {"sum": "", "product": [], "add": []}, "coefficients": {}}}}
DOCUMENT
dijia import publication prices.json --actor 张三 >imported; echo exit $?
dijia user list
dijia user add 局长 --role approver --actor 管理员 --note 任命
dijia publication submit klq-2026 --actor 张三; echo exit $?
dijia user add 张三 --role clerk --county 152502 --actor 管理员
dijia publication submit klq-2026 --actor 张三 --lang en; echo exit $?
dijia user change 张三 --county 150428 --actor 管理员 --note 调动
dijia user change 张三 --county 150428 --actor 管理员; echo exit $?
dijia user add "Li Si" --role viewer --actor 管理员
dijia user add "LI SI" --role clerk --actor 管理员 --lang en; echo exit $?
dijia publication submit klq-2026 --actor "li si" --lang en; echo exit $?
dijia publication submit klq-2026 --actor 张三; echo exit $?
dijia publication approve klq-2026 --actor 张三; echo exit $?
dijia publication approve klq-2026 --actor 局长; echo exit $?
--- step Keys of people.
dijia key add --name 张三 --actor 管理员 2>&1 | sed -E 's/_[0-9a-f]{64}/_SECRET/'
dijia key add --name 张三 --role approver --county 152502 --actor 管理员; echo exit $?
dijia key add --name 平台 --actor 管理员; echo exit $?
dijia key add --name 平台 --role viewer --actor 管理员 2>&1 | sed -E 's/_[0-9a-f]{64}/_SECRET/'
dijia key list | cut -c1-40
dijia user list
--- step Who leaves, and comes back as another person.
dijia user leave 张三 --actor 管理员 --note 退休
dijia user leave 张三 --actor 管理员; echo exit $?
dijia key add --name 张三 --actor 管理员 2>&1 | sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/'
dijia publication withdraw klq-2026 --actor 张三 2>&1 | sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/'
dijia publication publish klq-2026 --actor 局长; echo exit $?
dijia user add 张三 --role viewer --county all --actor 管理员
dijia user list --output-format json
dijia user change 王五 --role clerk --actor 管理员 --lang en; echo exit $?
--- step The log of people is proved, and copied with the rest.
dijia publication verify --all
dijia backup copy.db >copied; echo exit $?
dijia restore copy.db --store "$OTHER_STORE" >restored; echo exit $?
dijia user list --store "$OTHER_STORE" --lang en
