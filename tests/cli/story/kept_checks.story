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
STORE：已建立，版式 5
错误 DJ-1313: 命令行缺少 --keep
exit 2
错误 DJ-7019: “”不是人名：应为 1 至 100 字节的 UTF-8 文字，首尾没有空白，没有控制字符
exit 1
存档号  案例  决定日  结论  最低价  存档（UTC）  办理人
───────────────────────────────────────────────────────
--- step A file of cases is answered and kept.
dijia check cases.csv --keep --actor 张三 --note 季度抽查; echo exit $?
--- said A file of cases is answered and kept.
案例  结论         价格  最低价  说明
─────────────────────────────────────────────────────────────────────────────────────────────────────────────
C-1   符合规定       84      84  底价 84 元/㎡ 不低于十四等最低价标准 84 元/㎡
C-2   不符合规定  83.99      84  底价 83.99 元/㎡ 低于十四等最低价标准 84 元/㎡，差 0.01 元/㎡
C-3   须补充事实     60          项目是否属于省（自治区）确定的优先发展产业？（另有 12 项待补，见 --explain）
共 3 个案例：符合规定 1，不符合规定 1，须补充事实 1，须复核 0，不适用 0，有错误 0
存档 3 件：150304-1 – 150304-2, 152502-1
exit 4
--- step What cannot be kept is answered and told; the rest is kept.
cat > mixed.ndjson <<CASES
{"case_id": "N-1", "county": "150304", "land_class": 14, "use": "industrial", "method": "listing", "decided_on": "2023-05-01", "area_sqm": 10000, "term_years": 50, "price": {"amount": "90.10", "unit": "yuan_per_sqm", "kind": "reserve"}, "cost_yuan_per_sqm": 40}
{"case_id": "N-2", "land_class": 14}
{"case_id": "N-3", "county": "150304", "land_class": "many"}
CASES
dijia check mixed.ndjson --keep --actor 李四 --output-format csv | cut -d, -f1-4; echo exit $?
--- said What cannot be kept is answered and told; the rest is kept.
mixed.ndjson:2: 错误 DJ-7061 [county]: 案例“N-2”没有写明旗县，不能存档
mixed.ndjson:3: 错误 DJ-1101 [/land_class]: “many”不是数值，应为如 84.5 的十进制数
共 3 个案例：符合规定 0，不符合规定 0，须补充事实 2，须复核 0，不适用 0，有错误 1
存档 1 件：150304-3
row,case_id,verdict,lawful_minimum_yuan_per_sqm
1,N-1,needs_facts,
2,N-2,needs_facts,
3,N-3,error,
exit 0
--- step An output that cannot be written keeps nothing.
dijia check cases.csv --keep --actor 张三 -o nowhere/out.csv; echo exit $?
--- said An output that cannot be written keeps nothing.
错误 DJ-1029: “nowhere/out.csv”要放进的文件夹不存在
exit 3
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
存档号    案例  决定日      结论        最低价  存档（UTC）           办理人
────────────────────────────────────────────────────────────────────────────
150304-1  C-1   2023-05-01  符合规定        84  TIME  张三
150304-2  C-2   2023-05-01  不符合规定      84  TIME  张三
150304-3  N-1   2023-05-01  须补充事实          TIME  李四
152502-1  C-3   2023-05-01  须补充事实          TIME  张三
id        case  decided on  verdict   minimum  kept (UTC)            by
─────────────────────────────────────────────────────────────────────────
150304-2  C-2   2023-05-01  unlawful       84  TIME  张三
id,case_id,county,decided_on,verdict,lawful_minimum_yuan_per_sqm,deciding_rule,clauses,missing,rule_pack,rule_pack_version,rule_pack_sha256,actor,note,recorded_at,hash
152502-1,C-3,152502,2023-05-01,needs_facts,,industrial.minimum_price,"needs_facts	industrial.minimum_price	307-1	国土资发〔2006〕307号 一、二
needs_facts	industrial.ratio.outside_self_developed	307-3-60	国土资发〔2006〕307号 三
needs_facts	industrial.ratio.sandy_outside	307-3-30	国土资发〔2006〕307号 三
needs_facts	industrial.ratio.priority_intensive	56-2-priority	国土资发〔2009〕56号 二
needs_facts	industrial.ratio.agri_processing	56-3-agri	国土资发〔2009〕56号 三
needs_facts	industrial.ratio.unused_inside	56-4-inside	国土资发〔2009〕56号 四
needs_facts	industrial.ratio.unused_outside	56-4-outside	国土资发〔2009〕56号 四
lawful	industrial.cost_floor	56-5-cost	国土资发〔2009〕56号 五","facts.priority_industry_listed
facts.far
facts.building_coefficient
facts.investment_wan_yuan_per_ha
facts.agri_processing_listed
facts.at_place_of_origin
facts.inside_planned_area
facts.land_origin
facts.in_cultivated_reserve
facts.self_developed
facts.industry_code
facts.far_standard
facts.investment_standard_wan_yuan_per_ha",cn-150000,2026.11.0,HASH,张三,季度抽查,TIME,HASH
存档号  案例  决定日  结论  最低价  存档（UTC）  办理人
───────────────────────────────────────────────────────
{"id": "150304-1", "county": "150304", "case_id": "C-1", "ve
{"id": "150304-2", "county": "150304", "case_id": "C-2", "ve
{"id": "150304-3", "county": "150304", "case_id": "N-1", "ve
[
{
  "id": "150304-1",
  "county": "150304",
{
  "id": "150304-3",
  "county": "150304",
  "case_id": "N-1",
  "verdict": "needs_facts",
  "lawful_minimum_yuan_per_sqm": null,
  "deciding_rule": "industrial.cost_floor",
  "clauses": [
    {
      "outcome": "needs_facts",
      "rule": "industrial.minimum_price",
      "clause": "307-1",
      "citation": "国土资发〔2006〕307号 一、二"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.ratio.outside_self_developed",
      "clause": "307-3-60",
      "citation": "国土资发〔2006〕307号 三"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.ratio.sandy_outside",
      "clause": "307-3-30",
      "citation": "国土资发〔2006〕307号 三"
    },
    {
      "outcome": "needs_facts",
      "rule": "price.effective",
      "clause": "31-rebates",
      "citation": "国发〔2006〕31号"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.ratio.priority_intensive",
      "clause": "56-2-priority",
      "citation": "国土资发〔2009〕56号 二"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.ratio.agri_processing",
      "clause": "56-3-agri",
      "citation": "国土资发〔2009〕56号 三"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.ratio.unused_inside",
      "clause": "56-4-inside",
      "citation": "国土资发〔2009〕56号 四"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.ratio.unused_outside",
      "clause": "56-4-outside",
      "citation": "国土资发〔2009〕56号 四"
    },
    {
      "outcome": "needs_facts",
      "rule": "industrial.cost_floor",
      "clause": "56-5-cost",
      "citation": "国土资发〔2009〕56号 五"
    }
  ],
  "missing": [
    "rebates_yuan_per_sqm",
    "facts.priority_industry_listed",
    "facts.far",
    "facts.building_coefficient",
    "facts.investment_wan_yuan_per_ha",
    "facts.agri_processing_listed",
    "facts.at_place_of_origin",
    "facts.inside_planned_area",
    "facts.land_origin",
    "facts.in_cultivated_reserve",
    "facts.self_developed",
    "facts.industry_code",
    "facts.far_standard",
    "facts.investment_standard_wan_yuan_per_ha"
  ],
  "decided_on": "2023-05-01",
  "rule_pack": {
    "id": "cn-150000",
    "version": "2026.11.0",
    "sha256": "HASH"
  },
  "actor": "李四",
  "note": "",
  "recorded_at": "TIME",
  "hash": "HASH",
  "case": {
    "case_id": "N-1",
    "county": "150304",
    "land_class": 14,
    "use": "industrial",
    "method": "listing",
    "decided_on": "2023-05-01",
    "area_sqm": 10000,
    "term_years": 50,
    "price": {"amount": "90.10", "unit": "yuan_per_sqm", "kind": "reserve"},
    "cost_yuan_per_sqm": 40
  }
}
错误 DJ-7062: 存储中没有存档的核对“150304-9”
exit 1
错误 DJ-7062: 存储中没有存档的核对“17”
exit 1
错误 DJ-1314: --verdict 不能是“good”，可用：lawful, unlawful, needs_facts, conflict_review, not_applicable
exit 2
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
dijia rules simulate cn --store "$DIJIA_STORE" --cases cases.csv --county 152502; echo exit $?
--- said Other rules are tried on what was kept.
案例 4，结论改变 1
改变者的价差合计（元）：原 0，新 60000
  符合规定 → 不符合规定: 1
按条款:
  307-1: 1（合法 0，不合法 1，待定 0；价差 0 → 60000 元）
按县（市、区、旗）:
  150304: 1（合法 0，不合法 1，待定 0；价差 0 → 60000 元）
逐案：
  C-1 符合规定 → 不符合规定 307-1 84 元/㎡，最低 84 → 90
exit 0
case_id,county,verdict_before,verdict_after,clause,price_yuan_per_sqm,minimum_before_yuan_per_sqm,minimum_after_yuan_per_sqm,deficit_before_yuan_per_sqm,deficit_after_yuan_per_sqm
exit 0
错误 DJ-1312: 命令行多出了“--county”；dijia --help 列出全部命令
exit 2
--- step They are proved, and judged again.
dijia publication verify --all
dijia publication verify --all --lang en
--- said They are proved, and judged again.
县代码             记录  文件  结果  末条散列值
─────────────────────────────────────────────────────────────────────────────────────────────────────
150304 存档的核对     3        完整  HASH
152502 存档的核对     1        完整  HASH

县代码  成果  重新计算  补充之处
────────────────────────────────

存档的核对重新判断：一致 4，不一致 0
county              entries  texts  result  hash of the last entry
────────────────────────────────────────────────────────────────────────────────────────────────────────────
150304 kept checks        3         whole   HASH
152502 kept checks        1         whole   HASH

county  publication  made again  added
──────────────────────────────────────

kept checks judged again: the same 4, different 0
--- sql Nobody changes them.
UPDATE kept_check SET verdict = 'lawful' WHERE county = '150304' AND entry = 2
DELETE FROM kept_check
--- said Nobody changes them.
kept checks never change
kept checks never go
--- step A backup has them.
dijia backup copy.db
dijia checks list --store copy.db | wc -l
dijia restore copy.db --store "$OTHER_STORE"
dijia checks list --store "$OTHER_STORE" --county 152502
--- said A backup has them.
县代码             记录  文件  结果  末条散列值
─────────────────────────────────────────────────────────────────────────────────────────────────────
150304 存档的核对     3        完整  HASH
152502 存档的核对     1        完整  HASH
6
县代码             记录  文件  结果  末条散列值
─────────────────────────────────────────────────────────────────────────────────────────────────────
150304 存档的核对     3        完整  HASH
152502 存档的核对     1        完整  HASH
存档号    案例  决定日      结论        最低价  存档（UTC）           办理人
────────────────────────────────────────────────────────────────────────────
152502-1  C-3   2023-05-01  须补充事实          TIME  张三
