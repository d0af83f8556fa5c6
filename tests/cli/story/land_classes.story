Land classes of counties and towns over time: imported from lists, corrected, taken back, asked for as they stood on a day and as they
were known at a time, used by checks, proved, copied, and not to be changed. $DIJIA_STORE is the store, $OTHER_STORE where there is none yet.
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
--- sql What is recorded does not change by SQL.
UPDATE land_class SET land_class = 1
DELETE FROM land_class WHERE entry = 1
UPDATE land_class SET recorded_at = '2000-01-01T00:00:00.000000Z'
--- said What is recorded does not change by SQL.
--- step Proved, judged again after the classes changed, and moved.
cat > last.csv <<LIST
county,land_class,from,instrument
150304,15,2007-01-01,错录
LIST
dijia import classes last.csv --actor 王五 > log
dijia publication verify --all
dijia backup copy.db > log; DIJIA_STORE=copy.db dijia classes list --county 150304
DIJIA_STORE=$OTHER_STORE dijia init
--- said Proved, judged again after the classes changed, and moved.
