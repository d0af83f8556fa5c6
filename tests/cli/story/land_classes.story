Land classes of counties and towns over time: imported from lists, corrected, taken back, asked for as they stood on a day and as they
were known at a time, used by checks, trials of rules and checks of prices, proved, copied, and not to be changed. $DIJIA_STORE is the store, $OTHER_STORE where there is none yet.
--- step A list of the ministry.
dijia init
cat > list307.csv <<LIST
county,town,land_class,from,until,instrument
150304,,10,2007-01-01,,国土资发〔2006〕307号 附件2
152502,,12,2007-01-01,2009-05-11,国土资发〔2006〕307号 附件2
152502,,13,2009-05-11,,国土资发〔2008〕308号
LIST
dijia import classes list307.csv --actor 张三 --note 首次录入
dijia import classes list307.csv --actor 张三
dijia classes list
--- said A list of the ministry.
STORE：已建立，版式 5
县代码  记录  乡镇  等别  自          至（不含）  依据                         记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────────────
150304     1          10  2007-01-01              国土资发〔2006〕307号 附件2  TIME  张三
152502     1          12  2007-01-01  2009-05-11  国土资发〔2006〕307号 附件2  TIME  张三
152502     2          13  2009-05-11              国土资发〔2008〕308号        TIME  张三
新增 3，已有 0
县代码  记录  乡镇  等别  自  至（不含）  依据  记录（UTC）  办理人
───────────────────────────────────────────────────────────────────
新增 0，已有 3
县代码  记录  乡镇  等别  自          至（不含）  依据                         记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────────────
150304     1          10  2007-01-01              国土资发〔2006〕307号 附件2  TIME  张三
152502     1          12  2007-01-01  2009-05-11  国土资发〔2006〕307号 附件2  TIME  张三
152502     2          13  2009-05-11              国土资发〔2008〕308号        TIME  张三
--- step A later list, a town of its own, and a mistake that is taken back.
sleep 0.01; date -u +%Y-%m-%dT%H:%M:%S.%6NZ > before
cat > later.csv <<LIST
县代码,乡镇,等别,起,止,文号
乌达区,,九等,2020-01-01,,自然资发〔2019〕1号
152502,某镇,11,2020-01-01,,盟行署文件
152502,,无,2007-01-01,2008-01-01,更正：当时未定等
LIST
dijia import classes later.csv --actor 李四
dijia classes list --lang en
dijia classes list --county 152502 --as-of 2010-01-01
dijia classes list --as-of 2007-06-01
dijia classes list --as-of 2007-06-01 --known-at $(cat before)
dijia classes list --as-of 2020-06-01 --known-at $(cat before)
dijia classes log --county 152502
dijia classes list --county 150304 --as-of 2020-01-01 --output-format json
--- said A later list, a town of its own, and a mistake that is taken back.
县代码  记录  乡镇  等别  自          至（不含）  依据                 记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────
150304     2           9  2020-01-01              自然资发〔2019〕1号  TIME  李四
152502     3  某镇    11  2020-01-01              盟行署文件           TIME  李四
152502     4          无  2007-01-01  2008-01-01  更正：当时未定等     TIME  李四
新增 3，已有 0
county  entry  town  class  from        until       instrument                   recorded (UTC)        by
───────────────────────────────────────────────────────────────────────────────────────────────────────────
150304      1           10  2007-01-01  2020-01-01  国土资发〔2006〕307号 附件2  TIME  张三
150304      2            9  2020-01-01              自然资发〔2019〕1号          TIME  李四
152502      1           12  2008-01-01  2009-05-11  国土资发〔2006〕307号 附件2  TIME  张三
152502      2           13  2009-05-11              国土资发〔2008〕308号        TIME  张三
152502      3  某镇     11  2020-01-01              盟行署文件                   TIME  李四
县代码  记录  乡镇  等别  自          至（不含）  依据                   记录（UTC）           办理人
─────────────────────────────────────────────────────────────────────────────────────────────────────
152502     2          13  2009-05-11              国土资发〔2008〕308号  TIME  张三
县代码  记录  乡镇  等别  自          至（不含）  依据                         记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────────────
150304     1          10  2007-01-01  2020-01-01  国土资发〔2006〕307号 附件2  TIME  张三
县代码  记录  乡镇  等别  自          至（不含）  依据                         记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────────────
150304     1          10  2007-01-01              国土资发〔2006〕307号 附件2  TIME  张三
152502     1          12  2007-01-01  2009-05-11  国土资发〔2006〕307号 附件2  TIME  张三
县代码  记录  乡镇  等别  自          至（不含）  依据                         记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────────────
150304     1          10  2007-01-01              国土资发〔2006〕307号 附件2  TIME  张三
152502     2          13  2009-05-11              国土资发〔2008〕308号        TIME  张三
县代码  记录  乡镇  等别  自          至（不含）  依据                         记录（UTC）           办理人
───────────────────────────────────────────────────────────────────────────────────────────────────────────
152502     1          12  2007-01-01  2009-05-11  国土资发〔2006〕307号 附件2  TIME  张三
152502     2          13  2009-05-11              国土资发〔2008〕308号        TIME  张三
152502     3  某镇    11  2020-01-01              盟行署文件                   TIME  李四
152502     4          无  2007-01-01  2008-01-01  更正：当时未定等             TIME  李四
[
  {
    "county": "150304",
    "entry": 2,
    "town": "",
    "land_class": 9,
    "from": "2020-01-01",
    "until": null,
    "instrument": "自然资发〔2019〕1号",
    "source": "later.csv",
    "source_sha256": "HASH",
    "source_row": 2,
    "actor": "李四",
    "note": "",
    "recorded_at": "TIME",
    "hash": "HASH"
  }
]
--- step Checks that state no class.
cat > cases.csv <<CASES
case_id,county,land_class,use,method,decided_on,area_sqm,term_years,price.amount,price.unit,price.kind,rebates_yuan_per_sqm,cost_yuan_per_sqm,facts.priority_industry_listed,facts.agri_processing_listed,facts.inside_planned_area,facts.land_origin
tenth,150304,,industrial,listing,2019-05-01,10000,50,168,yuan_per_sqm,reserve,0,40,false,false,true,construction
ninth,150304,,industrial,listing,2020-05-01,10000,50,168,yuan_per_sqm,reserve,0,40,false,false,true,construction
towns,152502,,industrial,listing,2020-05-01,10000,50,120,yuan_per_sqm,reserve,0,40,false,false,true,construction
CASES
dijia check cases.csv; echo exit $?
dijia check cases.csv --store $DIJIA_STORE; echo exit $?
dijia check cases.csv --keep --actor 张三 --output-format csv > log; echo exit $?
dijia checks list
--- said Checks that state no class.
案例   结论        价格  最低价  说明
───────────────────────────────────────────────────────────────────
tenth  须补充事实   168          县（市、区）的土地等别（1—15等）？
ninth  须补充事实   168          县（市、区）的土地等别（1—15等）？
towns  须补充事实   120          县（市、区）的土地等别（1—15等）？
共 3 个案例：符合规定 0，不符合规定 0，须补充事实 3，须复核 0，不适用 0，有错误 0
exit 5
案例   结论        价格  最低价  说明
─────────────────────────────────────────────────────────────────────────────────────────
tenth  符合规定     168     168  底价 168 元/㎡ 不低于十等最低价标准 168 元/㎡
ninth  不符合规定   168     204  底价 168 元/㎡ 低于九等最低价标准 204 元/㎡，差 36 元/㎡
towns  须补充事实   120          县（市、区）的土地等别（1—15等）？
共 3 个案例：符合规定 1，不符合规定 1，须补充事实 1，须复核 0，不适用 0，有错误 0
exit 4
共 3 个案例：符合规定 1，不符合规定 1，须补充事实 1，须复核 0，不适用 0，有错误 0
存档 3 件：150304-1 – 150304-2, 152502-1
exit 4
存档号    案例   决定日      结论        最低价  存档（UTC）           办理人
─────────────────────────────────────────────────────────────────────────────
150304-1  tenth  2019-05-01  符合规定       168  TIME  张三
150304-2  ninth  2020-05-01  不符合规定     204  TIME  张三
152502-1  towns  2020-05-01  须补充事实          TIME  张三
--- step Other rules, tried on cases that state no class.
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
from = 2019-01-01
tighten = true
instrument = "307"
confidence = "seen"
PACK
printf 'land_class,value,from,until,note\n10,180,,,\n' > office/standard.csv
dijia rules simulate ./office --cases cases.csv; echo exit $?
dijia rules simulate ./office --cases cases.csv --store $DIJIA_STORE; echo exit $?
dijia rules simulate ./office --store $DIJIA_STORE --county 150304; echo exit $?
--- said Other rules, tried on cases that state no class.
案例 3，结论改变 0
改变者的价差合计（元）：原 0，新 0
exit 0
案例 3，结论改变 1
改变者的价差合计（元）：原 0，新 120000
  符合规定 → 不符合规定: 1
按条款:
  307-1: 1（合法 0，不合法 1，待定 0；价差 0 → 120000 元）
按县（市、区、旗）:
  150304: 1（合法 0，不合法 1，待定 0；价差 0 → 120000 元）
逐案：
  tenth 符合规定 → 不符合规定 307-1 168 元/㎡，最低 168 → 180
exit 0
案例 2，结论改变 1
改变者的价差合计（元）：原 0，新 120000
  符合规定 → 不符合规定: 1
按条款:
  307-1: 1（合法 0，不合法 1，待定 0；价差 0 → 120000 元）
按县（市、区、旗）:
  150304: 1（合法 0，不合法 1，待定 0；价差 0 → 120000 元）
逐案：
  tenth 符合规定 → 不符合规定 307-1 168 元/㎡，最低 168 → 180
exit 0
--- step Prices held against the minimum of the class on the day they take effect.
cat > p2019.json <<DOCUMENT
{"format": "dijia-publication/1", "id": "t", "county": "150304", "base_date": "2019-04-01", "status": "draft",
 "rounding": {"unit_price": {"interval": "1", "mode": "half_up"}},
 "uses": {"industrial": {"term_years": 50, "capitalization_rate": "0.06", "grades": [{"grade": 1, "price": "180"}]}}}
DOCUMENT
sed 's/2019-04-01/2021-04-01/' p2019.json > p2021.json
dijia publication lint p2019.json p2021.json; echo exit $?
dijia publication lint p2019.json p2021.json --store $DIJIA_STORE; echo exit $?
dijia publication lint p2019.json p2021.json --store $DIJIA_STORE --land-class 10; echo exit $?
dijia publication import p2021.json --store $DIJIA_STORE --out written.json; echo exit $?
--- said Prices held against the minimum of the class on the day they take effect.
0 处错误，0 处警告
exit 0
p2021.json: 警告 DJ-2423 [/uses/industrial/grades/0/price]: 工业用地 180 元/㎡ 低于 9 等最低价标准 204 元/㎡（国土资发〔2006〕307号 附件1）
0 处错误，1 处警告
exit 0
0 处错误，0 处警告
exit 0
p2021.json: 警告 DJ-2423 [/uses/industrial/grades/0/price]: 工业用地 180 元/㎡ 低于 9 等最低价标准 204 元/㎡（国土资发〔2006〕307号 附件1）
exit 0
--- sql What is recorded does not change by SQL.
UPDATE land_class SET land_class = 1
DELETE FROM land_class WHERE entry = 1
UPDATE land_class SET recorded_at = '2000-01-01T00:00:00.000000Z'
--- said What is recorded does not change by SQL.
the log of land classes never changes
the log of land classes never shrinks
the log of land classes never changes
--- step Proved, judged again after the classes changed, and moved.
cat > last.csv <<LIST
county,land_class,from,instrument
150304,15,2007-01-01,错录
LIST
dijia import classes last.csv --actor 王五 > log
dijia publication verify --all
dijia backup copy.db > log; DIJIA_STORE=copy.db dijia classes list --county 150304
dijia restore copy.db --store $OTHER_STORE > log; dijia classes list --store $OTHER_STORE --county 152502 --as-of 2010-01-01
--- said Proved, judged again after the classes changed, and moved.
新增 1，已有 0
县代码             记录  文件  结果  末条散列值
─────────────────────────────────────────────────────────────────────────────────────────────────────
150304 存档的核对     2        完整  HASH
152502 存档的核对     1        完整  HASH
150304 等别           3        完整  HASH
152502 等别           4        完整  HASH

县代码  成果  重新计算  补充之处
────────────────────────────────

存档的核对重新判断：一致 3，不一致 0
县代码  记录  乡镇  等别  自          至（不含）  依据  记录（UTC）           办理人
────────────────────────────────────────────────────────────────────────────────────
150304     3          15  2007-01-01              错录  TIME  王五
县代码  记录  乡镇  等别  自          至（不含）  依据                   记录（UTC）           办理人
─────────────────────────────────────────────────────────────────────────────────────────────────────
152502     2          13  2009-05-11              国土资发〔2008〕308号  TIME  张三
