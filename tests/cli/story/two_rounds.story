Five counties of Inner Mongolia, from the notices of three years to the second round of prices: what an office does and what the
program answers, in a store of any kind. $RECORDS is the folder of the notices, $SUPPORT that of tests/support, $DIJIA_STORE
the store, $OTHER_STORE where there is none yet.
--- step Plans for five counties.
for c in 150626 150627 150721 150821 152502; do
cat > $c.toml <<PLAN
id = "$c-2015"
title = "城镇基准地价"
document_no = "第1轮"
county = "$c"
area = "城区"
base_date = 2015-01-01
effective_from = 2015-07-01
window = { from = 2012-01-01, until = 2015-01-01 }
rounding = { unit_price = { interval = 1, mode = "half_up" }, total = { interval = 1, mode = "half_up" } }
estimation = { thin_cells = ["model", "withhold"] }

[uses.commercial]
conditions = { term_years = 40, capitalization_rate = 0.07 }

[uses.residential]
conditions = { term_years = 70, capitalization_rate = 0.06 }

[uses.industrial]
conditions = { term_years = 50, capitalization_rate = 0.055 }
PLAN
done
dijia init
--- said Plans for five counties.
STORE：已建立，版式 5
--- step Prices from the sales of three years; one row of the notices cannot be read.
for c in 150626 150627 150721 150821 152502; do
  dijia compute $c.toml --samples $RECORDS/im_landchina_2012.csv $RECORDS/im_landchina_2013.csv $RECORDS/im_landchina_2014.csv --mapping landchina --out $c > $c.log 2>&1
  echo $c exit $?
  cut -d, -f2,4,5,7,8 $c/grade_prices.csv
done
--- said Prices from the sales of three years; one row of the notices cannot be read.
150626 exit 1
use,grade,price_yuan_per_sqm,status,method
commercial,1,,withheld,median
commercial,2,,withheld,median
commercial,3,,withheld,median
commercial,4,,withheld,
residential,2,,withheld,
residential,3,,withheld,
industrial,1,150,thin,median
industrial,2,150,computed,median
industrial,3,,withheld,
150627 exit 1
use,grade,price_yuan_per_sqm,status,method
commercial,1,340,thin,median
commercial,3,450,computed,median
commercial,5,,withheld,
residential,3,673,thin,median
industrial,1,,withheld,
industrial,3,105,computed,median
150721 exit 1
use,grade,price_yuan_per_sqm,status,method
commercial,1,620,thin,median
commercial,2,204,computed,median
commercial,3,171,computed,median
commercial,4,200,thin,median
residential,1,,withheld,
residential,2,,withheld,
residential,4,,withheld,
industrial,1,,withheld,
industrial,2,87,computed,median
industrial,3,94,thin,median
150821 exit 1
use,grade,price_yuan_per_sqm,status,method
commercial,1,,withheld,
commercial,2,,withheld,
commercial,3,,withheld,
commercial,4,,withheld,
commercial,5,,withheld,
residential,1,207,thin,median
residential,2,,withheld,
residential,3,,withheld,
industrial,1,,withheld,
industrial,2,,withheld,
industrial,3,84,computed,median
152502 exit 1
use,grade,price_yuan_per_sqm,status,method
commercial,1,1470,thin,median
commercial,2,975,computed,median
commercial,3,613,thin,median
commercial,4,407,modelled,model:exponential
residential,1,376,thin,median
residential,2,293,computed,median
residential,3,242,thin,median
industrial,2,,withheld,
industrial,3,,withheld,
--- step Into the store, each with its plan and the records of three years.
for c in 150626 150627 150721 150821 152502; do
  dijia import publication $c/publication.json --evidence $c.toml $c/evidence.json $RECORDS/im_landchina_2012.csv $RECORDS/im_landchina_2013.csv $RECORDS/im_landchina_2014.csv --actor 张三 --note 第1轮测算
done
dijia publication list
--- said Into the store, each with its plan and the records of three years.
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150626  城区  150626-2015  草案  2015-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150627  城区  150627-2015  草案  2015-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150721  城区  150721-2015  草案  2015-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150821  城区  150821-2015  草案  2015-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
152502  城区  152502-2015  草案  2015-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150626  城区  150626-2015  草案  2015-07-01              张三
150627  城区  150627-2015  草案  2015-07-01              张三
150721  城区  150721-2015  草案  2015-07-01              张三
150821  城区  150821-2015  草案  2015-07-01              张三
152502  城区  152502-2015  草案  2015-07-01              张三
--- step Nobody approves what he submitted.
for c in 150626 150627 150721 150821 152502; do dijia publication submit $c-2015 --actor 张三 --note 请审核; done
dijia publication approve 152502-2015 --actor 张三
dijia publication publish 152502-2015 --actor 李四
--- said Nobody approves what he submitted.
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150626  城区  150626-2015  已提交  2015-07-01              张三
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150627  城区  150627-2015  已提交  2015-07-01              张三
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150721  城区  150721-2015  已提交  2015-07-01              张三
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150821  城区  150821-2015  已提交  2015-07-01              张三
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2015  已提交  2015-07-01              张三
错误 DJ-7014: “152502-2015”由 张三 提交，不能由同一人转为 已批准
错误 DJ-7013: “152502-2015”的状态是 已提交，不能转为 已公布，可转为：已批准、已撤回
--- step Another person approves; of two who publish at once one wins.
for c in 150626 150627 150721 150821 152502; do dijia publication approve $c-2015 --actor 李四 --note 核对样点; done
for c in 150626 150627 150721 150821; do dijia publication publish $c-2015 --actor 王五; done > log
(dijia publication publish 152502-2015 --actor 王五; echo exit $?) > one 2>&1 &
(dijia publication publish 152502-2015 --actor 王五; echo exit $?) > two 2>&1 &
wait
cat one two | sort
--- said Another person approves; of two who publish at once one wins.
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150626  城区  150626-2015  已批准  2015-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150627  城区  150627-2015  已批准  2015-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150721  城区  150721-2015  已批准  2015-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150821  城区  150821-2015  已批准  2015-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2015  已批准  2015-07-01              李四
152502  城区  152502-2015  已公布  2015-07-01              王五
exit 0
exit 1
───────────────────────────────────────────────────────────────────
县代码  片区  成果         状态    自          至（不含）  最后办理
错误 DJ-7013: “152502-2015”的状态是 已公布，不能转为 已公布，可转为：已撤回
--- sql What is published does not change by SQL.
UPDATE event SET until = '2030-01-01'
UPDATE event SET actor = '赵六' WHERE publication = '152502-2015'
DELETE FROM event
DELETE FROM kept_text
UPDATE permitted SET status = 'published'
--- said What is published does not change by SQL.
the log never changes
the log never changes
the log never shrinks
kept texts never go
the lifecycle is fixed
--- step What is in force, and what was done.
dijia publication list --as-of 2015-06-30
dijia publication list --as-of 2016-01-01
dijia publication show 152502-2015
dijia publication verify --all
--- said What is in force, and what was done.
县代码  片区  成果  状态  自  至（不含）  最后办理
──────────────────────────────────────────────────
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150626  城区  150626-2015  已公布  2015-07-01              王五
150627  城区  150627-2015  已公布  2015-07-01              王五
150721  城区  150721-2015  已公布  2015-07-01              王五
150821  城区  150821-2015  已公布  2015-07-01              王五
152502  城区  152502-2015  已公布  2015-07-01              王五
成果：152502-2015
名称：城镇基准地价
文号：第1轮
县代码：152502
片区：城区
基准日：2015-01-01
状态：已公布
施行：2015-07-01 起
文件 SHA-256：HASH
证据：152502.toml HASH
证据：evidence.json HASH
证据：im_landchina_2012.csv HASH
证据：im_landchina_2013.csv HASH
证据：im_landchina_2014.csv HASH
证据：mapping-landchina.toml HASH
证据：reference-case_columns.csv HASH
证据：reference-case_values.csv HASH
证据：reference-columns.csv HASH
证据：reference-counties.csv HASH
证据：reference-development_levels.csv HASH
证据：reference-labels.csv HASH
证据：reference-land_uses.csv HASH
证据：reference-names.csv HASH
证据：reference-parcel_columns.csv HASH
证据：reference-personal_columns.csv HASH

记录  时间（UTC）                  状态    办理人  理由
────────────────────────────────────────────────────────────
   1  TIME  草案    张三    第1轮测算
   2  TIME  已提交  张三    请审核
   3  TIME  已批准  李四    核对样点
   4  TIME  已公布  王五
县代码  记录  文件  结果  末条散列值
──────────────────────────────────────────────────────────────────────────────────────────
150626     4    17  完整  HASH
150627     4    17  完整  HASH
150721     4    17  完整  HASH
150821     4    17  完整  HASH
152502     4    17  完整  HASH

县代码  成果         重新计算    补充之处
─────────────────────────────────────────
150626  150626-2015  逐字节一致
150627  150627-2015  逐字节一致
150721  150721-2015  逐字节一致
150821  150821-2015  逐字节一致
152502  152502-2015  逐字节一致
--- step Whose prices are to be refreshed, on five days.
for day in 2015-12-31 2017-01-01 2018-01-01 2018-01-02 2021-01-02; do dijia due --store $DIJIA_STORE --as-of $day; done
--- said Whose prices are to be refreshed, on five days.
基准地价更新情况，2015-12-31
县（市、区、旗）        状态      基准日              已过  下一步                 剩余天数  成果
────────────────────────────────────────────────────────────────────────────────────────────────────────
150626 乌审旗 城区      现行有效  2015-01-01  0 年 11 个月  2018-01-02 超期未更新       733  150626-2015
150627 伊金霍洛旗 城区  现行有效  2015-01-01  0 年 11 个月  2018-01-02 超期未更新       733  150627-2015
150721 阿荣旗 城区      现行有效  2015-01-01  0 年 11 个月  2018-01-02 超期未更新       733  150721-2015
150821 五原县 城区      现行有效  2015-01-01  0 年 11 个月  2018-01-02 超期未更新       733  150821-2015
152502 锡林浩特市 城区  现行有效  2015-01-01  0 年 11 个月  2018-01-02 超期未更新       733  152502-2015
合计 5：现行有效 5
基准地价更新情况，2017-01-01
县（市、区、旗）        状态      基准日             已过  下一步                 剩余天数  成果
───────────────────────────────────────────────────────────────────────────────────────────────────────
150626 乌审旗 城区      现行有效  2015-01-01  2 年 0 个月  2018-01-02 超期未更新       366  150626-2015
150627 伊金霍洛旗 城区  现行有效  2015-01-01  2 年 0 个月  2018-01-02 超期未更新       366  150627-2015
150721 阿荣旗 城区      现行有效  2015-01-01  2 年 0 个月  2018-01-02 超期未更新       366  150721-2015
150821 五原县 城区      现行有效  2015-01-01  2 年 0 个月  2018-01-02 超期未更新       366  150821-2015
152502 锡林浩特市 城区  现行有效  2015-01-01  2 年 0 个月  2018-01-02 超期未更新       366  152502-2015
合计 5：现行有效 5
基准地价更新情况，2018-01-01
县（市、区、旗）        状态      基准日             已过  下一步                 剩余天数  成果
───────────────────────────────────────────────────────────────────────────────────────────────────────
150626 乌审旗 城区      现行有效  2015-01-01  3 年 0 个月  2018-01-02 超期未更新         1  150626-2015
150627 伊金霍洛旗 城区  现行有效  2015-01-01  3 年 0 个月  2018-01-02 超期未更新         1  150627-2015
150721 阿荣旗 城区      现行有效  2015-01-01  3 年 0 个月  2018-01-02 超期未更新         1  150721-2015
150821 五原县 城区      现行有效  2015-01-01  3 年 0 个月  2018-01-02 超期未更新         1  150821-2015
152502 锡林浩特市 城区  现行有效  2015-01-01  3 年 0 个月  2018-01-02 超期未更新         1  152502-2015
合计 5：现行有效 5
基准地价更新情况，2018-01-02
县（市、区、旗）        状态        基准日             已过  下一步                     剩余天数  成果
─────────────────────────────────────────────────────────────────────────────────────────────────────────────
150626 乌审旗 城区      超期未更新  2015-01-01  3 年 0 个月  2021-01-02 不得再用于评估      1096  150626-2015
150627 伊金霍洛旗 城区  超期未更新  2015-01-01  3 年 0 个月  2021-01-02 不得再用于评估      1096  150627-2015
150721 阿荣旗 城区      超期未更新  2015-01-01  3 年 0 个月  2021-01-02 不得再用于评估      1096  150721-2015
150821 五原县 城区      超期未更新  2015-01-01  3 年 0 个月  2021-01-02 不得再用于评估      1096  150821-2015
152502 锡林浩特市 城区  超期未更新  2015-01-01  3 年 0 个月  2021-01-02 不得再用于评估      1096  152502-2015
  超期未更新：国土资厅发〔2015〕12号，基准地价应每3年更新一次；超期须有市场平稳的说明才可使用。
合计 5：超期未更新 5
基准地价更新情况，2021-01-02
县（市、区、旗）        状态            基准日             已过  下一步  剩余天数  成果
──────────────────────────────────────────────────────────────────────────────────────────────
150626 乌审旗 城区      不得再用于评估  2015-01-01  6 年 0 个月                    150626-2015
150627 伊金霍洛旗 城区  不得再用于评估  2015-01-01  6 年 0 个月                    150627-2015
150721 阿荣旗 城区      不得再用于评估  2015-01-01  6 年 0 个月                    150721-2015
150821 五原县 城区      不得再用于评估  2015-01-01  6 年 0 个月                    150821-2015
152502 锡林浩特市 城区  不得再用于评估  2015-01-01  6 年 0 个月                    152502-2015
  不得再用于评估：国土资厅发〔2015〕12号，基准地价超过6年未全面更新，不得再用基准地价系数修正法评估。
合计 5：不得再用于评估 5
--- step The second round by an index, capped.
date -u +%Y-%m-%dT%H:%M:%S.%6NZ > before
for c in 150627 150721 152502; do
cat > $c-2018.toml <<PLAN
id = "$c-2018"
document_no = "第2轮"
base_date = "2018-01-01"
effective_from = "2018-07-01"
largest_rise_percent = 12

[uses.commercial]
method = "index"
reason = "成交样点不足，按监测指数"
index = [ { date = "2015-01-01", index = "100" }, { date = "2018-01-01", index = "109.5" } ]

[uses.industrial]
method = "index"
reason = "成交样点不足，按监测指数"
index = [ { date = "2015-01-01", index = "100" }, { date = "2018-01-01", index = "117" } ]
PLAN
dijia refresh $c-2018.toml --from $c-2015 --store $DIJIA_STORE --out next-$c
done
--- said The second round by an index, capped.
旧：150627-2015 第1轮，基准日 2015-01-01，草案
新：150627-2018 第2轮，基准日 2018-01-01，草案

用途            上调  下调  不变  不可比
────────────────────────────────────────
商业服务业用地     2     0     0       1
居住用地           0     0     1       0
工业用地           1     0     0       1

用途            范围    旧价  新价  变动 %  说明
──────────────────────────────────────────────────────────────────────────────────────────
商业服务业用地  级别 1   340   372   +9.41  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 3   450   493   +9.56  结果 样点测算 → 模型推算；方法 中位数 → 指数法
居住用地        级别 3   673   673    0.00  结果 样点偏少 → 沿用现行；方法 中位数 → 沿用
工业用地        级别 3   105   117  +11.43  结果 样点测算 → 模型推算；方法 中位数 → 指数法

变动的条件
  基准日：2015-01-01 → 2018-01-01

上限和次序的作用（方法得出 → 草案）
  工业用地 级别 3：123 → 117，变动上限
旧：150721-2015 第1轮，基准日 2015-01-01，草案
新：150721-2018 第2轮，基准日 2018-01-01，草案

用途            上调  下调  不变  不可比
────────────────────────────────────────
商业服务业用地     4     0     0       0
居住用地           0     0     0       3
工业用地           2     0     0       1

用途            范围    旧价  新价  变动 %  说明
──────────────────────────────────────────────────────────────────────────────────────────
商业服务业用地  级别 1   620   679   +9.52  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 2   204   223   +9.31  结果 样点测算 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 3   171   187   +9.36  结果 样点测算 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 4   200   219   +9.50  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
工业用地        级别 2    87    97  +11.49  结果 样点测算 → 模型推算；方法 中位数 → 指数法
工业用地        级别 3    94   105  +11.70  结果 样点偏少 → 模型推算；方法 中位数 → 指数法

变动的条件
  基准日：2015-01-01 → 2018-01-01

上限和次序的作用（方法得出 → 草案）
  工业用地 级别 2：102 → 97，变动上限
  工业用地 级别 3：110 → 105，变动上限
旧：152502-2015 第1轮，基准日 2015-01-01，草案
新：152502-2018 第2轮，基准日 2018-01-01，草案

用途            上调  下调  不变  不可比
────────────────────────────────────────
商业服务业用地     4     0     0       0
居住用地           0     0     3       0
工业用地           0     0     0       2

用途            范围    旧价  新价  变动 %  说明
──────────────────────────────────────────────────────────────────────────────────────────
商业服务业用地  级别 1  1470  1610   +9.52  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 2   975  1068   +9.54  结果 样点测算 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 3   613   671   +9.46  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 4   407   446   +9.58  方法 model:exponential → 指数法
居住用地        级别 1   376   376    0.00  结果 样点偏少 → 沿用现行；方法 中位数 → 沿用
居住用地        级别 2   293   293    0.00  结果 样点测算 → 沿用现行；方法 中位数 → 沿用
居住用地        级别 3   242   242    0.00  结果 样点偏少 → 沿用现行；方法 中位数 → 沿用

变动的条件
  基准日：2015-01-01 → 2018-01-01
--- step The second round through the store.
for c in 150627 150721 152502; do
  dijia import publication next-$c/publication.json --evidence $c-2018.toml next-$c/evidence.json next-$c/refresh.csv --actor 李四
  dijia publication submit $c-2018 --actor 李四
  dijia publication approve $c-2018 --actor 王五
  dijia publication publish $c-2018 --actor 张三
done
dijia publication list
--- said The second round through the store.
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150627  城区  150627-2018  草案  2018-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150627  城区  150627-2018  已提交  2018-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150627  城区  150627-2018  已批准  2018-07-01              王五
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150627  城区  150627-2018  已公布  2018-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
150721  城区  150721-2018  草案  2018-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150721  城区  150721-2018  已提交  2018-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150721  城区  150721-2018  已批准  2018-07-01              王五
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150721  城区  150721-2018  已公布  2018-07-01              张三
县代码  片区  成果         状态  自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────
152502  城区  152502-2018  草案  2018-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2018  已提交  2018-07-01              李四
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2018  已批准  2018-07-01              王五
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2018  已公布  2018-07-01              张三
县代码  片区  成果         状态      自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────────
150626  城区  150626-2015  已公布    2015-07-01              王五
150627  城区  150627-2015  已被替代  2015-07-01  2018-07-01  张三
150627  城区  150627-2018  已公布    2018-07-01              张三
150721  城区  150721-2015  已被替代  2015-07-01  2018-07-01  张三
150721  城区  150721-2018  已公布    2018-07-01              张三
150821  城区  150821-2015  已公布    2015-07-01              王五
152502  城区  152502-2015  已被替代  2015-07-01  2018-07-01  张三
152502  城区  152502-2018  已公布    2018-07-01              张三
--- step What changed for whom.
dijia publication diff 152502-2015 152502-2018 --store $DIJIA_STORE
dijia publication list --as-of 2018-06-30 --county 152502
dijia publication list --as-of 2018-07-01 --county 152502
dijia publication list --as-of 2018-07-01 --county 152502 --known-at $(cat before)
dijia due --store $DIJIA_STORE --as-of 2018-12-31
--- said What changed for whom.
旧：152502-2015 第1轮，基准日 2015-01-01，已被替代
新：152502-2018 第2轮，基准日 2018-01-01，已公布

用途            上调  下调  不变  不可比
────────────────────────────────────────
商业服务业用地     4     0     0       0
居住用地           0     0     3       0
工业用地           0     0     0       2

用途            范围    旧价  新价  变动 %  说明
──────────────────────────────────────────────────────────────────────────────────────────
商业服务业用地  级别 1  1470  1610   +9.52  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 2   975  1068   +9.54  结果 样点测算 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 3   613   671   +9.46  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
商业服务业用地  级别 4   407   446   +9.58  方法 model:exponential → 指数法
居住用地        级别 1   376   376    0.00  结果 样点偏少 → 沿用现行；方法 中位数 → 沿用
居住用地        级别 2   293   293    0.00  结果 样点测算 → 沿用现行；方法 中位数 → 沿用
居住用地        级别 3   242   242    0.00  结果 样点偏少 → 沿用现行；方法 中位数 → 沿用

变动的条件
  基准日：2015-01-01 → 2018-01-01
县代码  片区  成果         状态      自          至（不含）  最后办理
─────────────────────────────────────────────────────────────────────
152502  城区  152502-2015  已被替代  2015-07-01  2018-07-01  张三
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2018  已公布  2018-07-01              张三
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2015  已公布  2015-07-01              王五
基准地价更新情况，2018-12-31
县（市、区、旗）        状态        基准日              已过  下一步                     剩余天数  成果
──────────────────────────────────────────────────────────────────────────────────────────────────────────────
150626 乌审旗 城区      超期未更新  2015-01-01  3 年 11 个月  2021-01-02 不得再用于评估       733  150626-2015
150627 伊金霍洛旗 城区  现行有效    2018-01-01  0 年 11 个月  2021-01-02 超期未更新           733  150627-2018
150721 阿荣旗 城区      现行有效    2018-01-01  0 年 11 个月  2021-01-02 超期未更新           733  150721-2018
150821 五原县 城区      超期未更新  2015-01-01  3 年 11 个月  2021-01-02 不得再用于评估       733  150821-2015
152502 锡林浩特市 城区  现行有效    2018-01-01  0 年 11 个月  2021-01-02 超期未更新           733  152502-2018
  超期未更新：国土资厅发〔2015〕12号，基准地价应每3年更新一次；超期须有市场平稳的说明才可使用。
合计 5：现行有效 3，超期未更新 2
--- step Two counties refresh by the sales of the last two years, brought to the new base date.
for c in 150626 150821; do
sed 's/base_date = .*/base_date = 2016-01-01/; s/effective_from = .*/effective_from = 2016-07-01/; s/from = 2012-01-01/from = 2013-01-01/; s/^\(conditions.*\)/\1\ndate = { kind = "monthly_rate", monthly_rate = 0.002 }/' $c.toml > $c-sales.toml
cat > $c-2016.toml <<PLAN
id = "$c-2016"
document_no = "第2轮"
base_date = "2016-01-01"
effective_from = "2016-07-01"

[sources]
compute_plan = "$c-sales.toml"
samples = ["$RECORDS/im_landchina_2013.csv", "$RECORDS/im_landchina_2014.csv"]
mapping = "landchina"

[uses.residential]
method = "resample"
reason = "重新测算，样点偏少的按监测指数"
fallback = "index"
min_samples = 15
index = [ { date = "2015-01-01", index = "100" }, { date = "2016-01-01", index = "103" } ]
spot_tolerance_percent = 10

[uses.industrial]
method = "resample"
reason = "成交样点充足"
fallback = "carry"
PLAN
dijia refresh $c-2016.toml --from $c-2015 --store $DIJIA_STORE --out next-$c --land-class 14 2> $c.log; echo exit $?
grep -v DJ-1 $c.log
cut -d, -f1-5,7-8,11,14- next-$c/refresh.csv
dijia import publication next-$c/publication.json --evidence $c-2016.toml $c-sales.toml next-$c/evidence.json next-$c/refresh.csv next-$c/spot_check.csv $RECORDS/im_landchina_2013.csv $RECORDS/im_landchina_2014.csv --actor 李四 >> log
dijia publication submit $c-2016 --actor 李四 >> log
dijia publication approve $c-2016 --actor 王五 >> log
dijia publication publish $c-2016 --actor 张三
done
--- said Two counties refresh by the sales of the last two years, brought to the new base date.
旧：150626-2015 第1轮，基准日 2015-01-01，草案
新：150626-2016 第2轮，基准日 2016-01-01，草案

用途            上调  下调  不变  不可比
────────────────────────────────────────
商业服务业用地     0     0     0       4
居住用地           0     0     0       2
工业用地           2     0     0       1

用途      范围    旧价  新价  变动 %  说明
──────────────────────────────────────────
工业用地  级别 1   150   156   +4.00
工业用地  级别 2   150   156   +4.00

变动的条件
  基准日：2015-01-01 → 2016-01-01

没有按方案的方法得出的价格（方案 → 采用）
  居住用地 级别 2：重新测算 → 不公布，样点没有得出地价（样点 2）
  居住用地 级别 3：重新测算 → 不公布，样点没有得出地价（样点 1）
  工业用地 级别 3：重新测算 → 不公布，样点没有得出地价（样点 1）

指数的抽查（样点价 / 按指数价）
  居住用地：样点 0，±10 %：样点不足，未核对
exit 1
150626-2016.toml: 警告 DJ-2607 [uses.residential.spot_tolerance_percent]: residential：抽查样点 0 个，少于方案要求的 5 个，指数未经核对
use,place,grade,name,method,old,proposed,new,why,ci95_low,ci95_high,samples,resampled,resampled_method,estimate,estimate_low,estimate_high,resampled_weight,indexed,comparable,ratio
residential,grade,2,,withhold,,,,not_resampled,,,2,,,,,,,,,
residential,grade,3,,withhold,,,,not_resampled,,,1,,,,,,,,,
industrial,grade,1,,resample,150,156,156,planned,154.7902,158.3563,7,156,median,156.053008,154.790182,158.356333,,,,
industrial,grade,2,,resample,150,156,156,planned,156.0530,156.2090,23,156,median,156.208983,156.053008,156.208983,,,,
industrial,grade,3,,withhold,,,,not_resampled,,,1,,,,,,,,,
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150626  城区  150626-2016  已公布  2016-07-01              张三
旧：150821-2015 第1轮，基准日 2015-01-01，草案
新：150821-2016 第2轮，基准日 2016-01-01，草案

用途            上调  下调  不变  不可比
────────────────────────────────────────
商业服务业用地     0     0     0       5
居住用地           1     0     0       2
工业用地           0     0     1       2

用途      范围    旧价  新价  变动 %  说明
────────────────────────────────────────────────────────────────────────────────────
居住用地  级别 1   207   213   +2.90  结果 样点偏少 → 模型推算；方法 中位数 → 指数法
工业用地  级别 3    84    84    0.00  结果 样点测算 → 沿用现行；方法 中位数 → 沿用

变动的条件
  基准日：2015-01-01 → 2016-01-01

没有按方案的方法得出的价格（方案 → 采用）
  居住用地 级别 1：重新测算 → 指数法，样点少于方案要求（样点 10）
  居住用地 级别 2：重新测算 → 不公布，样点没有得出地价（样点 1）
  居住用地 级别 3：重新测算 → 不公布，样点没有得出地价（样点 1）
  工业用地 级别 1：重新测算 → 不公布，样点没有得出地价（样点 1）
  工业用地 级别 2：重新测算 → 不公布，样点没有得出地价（样点 15）
  工业用地 级别 3：重新测算 → 沿用，样点没有得出地价（样点 31）

指数的抽查（样点价 / 按指数价）
  居住用地：样点 10，比率中位数 1.0116（区间 1.0000 – 1.4051），±10 %：在容许范围内
exit 1
use,place,grade,name,method,old,proposed,new,why,ci95_low,ci95_high,samples,resampled,resampled_method,estimate,estimate_low,estimate_high,resampled_weight,indexed,comparable,ratio
residential,grade,1,,index,207,213,213,too_few_samples,,,10,216,median,215.689029,213.217288,299.574346,,213.210000,,
residential,grade,2,,withhold,,,,not_resampled,,,1,,,,,,,,,
residential,grade,3,,withhold,,,,not_resampled,,,1,,,,,,,,,
industrial,grade,1,,withhold,,,,not_resampled,,,1,,,,,,,,,
industrial,grade,2,,withhold,,,,not_resampled,,,15,,,,,,,,,
industrial,grade,3,,carry,84,84,84,not_resampled,,,31,,,,,,,,,
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
150821  城区  150821-2016  已公布  2016-07-01              张三
--- step Everything is proved and made again; a copy, and a store from it.
dijia publication verify --all > proof; echo exit $?
cat proof
head -n 7 proof > hashes
dijia backup copy.db | cmp - hashes && echo the same hashes
dijia restore copy.db --store $OTHER_STORE | cmp - hashes && echo the same hashes
dijia publication list --store $OTHER_STORE > other; dijia publication list | cmp - other && echo the same list
--- said Everything is proved and made again; a copy, and a store from it.
exit 0
县代码  记录  文件  结果  末条散列值
──────────────────────────────────────────────────────────────────────────────────────────
150626     9    23  完整  HASH
150627     9    21  完整  HASH
150721     9    21  完整  HASH
150821     9    23  完整  HASH
152502     9    21  完整  HASH

县代码  成果         重新计算    补充之处
─────────────────────────────────────────
150626  150626-2015  逐字节一致
150626  150626-2016  逐字节一致
150627  150627-2015  逐字节一致
150627  150627-2018  逐字节一致
150721  150721-2015  逐字节一致
150721  150721-2018  逐字节一致
150821  150821-2015  逐字节一致
150821  150821-2016  逐字节一致
152502  152502-2015  逐字节一致
152502  152502-2018  逐字节一致
the same hashes
the same hashes
the same list
--- step Another program makes the prices again.
python3 $SUPPORT/recompute.py copy.db
--- said Another program makes the prices again.
150626 150626-2015: 2 prices agree, 0 differ, 0 stand in for samples, 7 withheld, 4 of them for too few sales
150626 150626-2016: 2 prices agree, 0 differ, 0 stand in for samples, 7 withheld, 4 of them for too few sales
150627 150627-2015: 4 prices agree, 0 differ, 0 stand in for samples, 2 withheld, 2 of them for too few sales
150627 150627-2018: made from earlier prices, not from sales
150721 150721-2015: 6 prices agree, 0 differ, 0 stand in for samples, 4 withheld, 4 of them for too few sales
150721 150721-2018: made from earlier prices, not from sales
150821 150821-2015: 2 prices agree, 0 differ, 0 stand in for samples, 9 withheld, 8 of them for too few sales
150821 150821-2016: 0 prices agree, 0 differ, 2 stand in for samples, 9 withheld, 8 of them for too few sales
152502 152502-2015: 6 prices agree, 0 differ, 1 stand in for samples, 2 withheld, 2 of them for too few sales
152502 152502-2018: made from earlier prices, not from sales
--- step What was wrong is withdrawn, and the prices before are in force.
dijia publication withdraw 152502-2018 --actor 王五 --note 公告有误
dijia publication list --county 152502 --as-of 2019-01-01
dijia publication verify 152502-2015
--- said What was wrong is withdrawn, and the prices before are in force.
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2018  已撤回  2018-07-01              王五
县代码  片区  成果         状态    自          至（不含）  最后办理
───────────────────────────────────────────────────────────────────
152502  城区  152502-2015  已公布  2015-07-01              王五
县代码  记录  文件  结果  末条散列值
──────────────────────────────────────────────────────────────────────────────────────────
152502    11    17  完整  HASH

县代码  成果         重新计算    补充之处
─────────────────────────────────────────
152502  152502-2015  逐字节一致
