Samples that an office imports once: versions, prices computed from them, and their proof. $DIJIA_STORE is the store.
--- step The samples of the example county, as they are, and again with one row more and one corrected.
dijia init
cp "$EXAMPLE/samples.csv" samples.csv
dijia import samples samples.csv --county 000000 --actor 张三; echo exit $?
dijia import samples samples.csv --county 000000 --actor 张三
(head -1 samples.csv; tail -n +3 samples.csv; sed -n 2p samples.csv; sed -n 2p samples.csv | sed 's/^[^,]*/X-1/') > later.csv
dijia import samples later.csv --county 000000 --actor 李四 --note 补录
dijia samples list
dijia samples list --county 150304 --output-format json
--- said The samples of the example county, as they are, and again with one row more and one corrected.
STORE：已建立，版式 5
县代码  版    行  新增  文件         列名对照   导入（UTC）           办理人
────────────────────────────────────────────────────────────────────────────
000000   1  3102  3102  samples.csv  canonical  TIME  张三
exit 0
县代码  版    行  新增  文件         列名对照   导入（UTC）           办理人
────────────────────────────────────────────────────────────────────────────
000000   1  3102  3102  samples.csv  canonical  TIME  张三
县代码  版    行  新增  文件       列名对照   导入（UTC）           办理人
──────────────────────────────────────────────────────────────────────────
000000   2  3103     1  later.csv  canonical  TIME  李四
县代码  版    行  新增  文件         列名对照   导入（UTC）           办理人
────────────────────────────────────────────────────────────────────────────
000000   1  3102  3102  samples.csv  canonical  TIME  张三
000000   2  3103     1  later.csv    canonical  TIME  李四
[]
--- step What cannot be imported.
dijia import samples samples.csv --county 150304 --actor 张三 2>&1 | head -2; echo
dijia import samples samples.csv --county 000000; echo exit $?
dijia import samples samples.csv --actor 张三; echo exit $?
dijia import samples samples.gpkg --county 000000 --actor 张三; echo exit $?
dijia import samples samples.csv --county 000000 --actor 张三 --mapping own.toml; echo exit $?
--- said What cannot be imported.
samples.csv:2: 错误 DJ-7072 [county]: 此行的旗县是“000000”，而导入的是 150304 的样点
samples.csv:3: 错误 DJ-7072 [county]: 此行的旗县是“000000”，而导入的是 150304 的样点

错误 DJ-7019: “”不是人名：应为 1 至 100 字节的 UTF-8 文字，首尾没有空白，没有控制字符
exit 1
错误 DJ-1313: 命令行缺少 --county CODE
exit 2
错误 DJ-1314: --format 不能是“samples.gpkg”，可用：csv, xlsx, ods
exit 2
错误 DJ-1314: --mapping 不能是“own.toml”，可用：canonical, landchina
exit 2
--- step A version comes back as it was read.
dijia samples export --county 000000 --samples-version 1 | cmp - samples.csv; echo $?
dijia samples export --county 000000 -o again.csv; cmp again.csv later.csv; echo $?
dijia samples export --county 000000 --samples-version 9; echo exit $?
--- said A version comes back as it was read.
0
0
错误 DJ-7071: 存储中没有旗县 000000 的样点 (9)
exit 1
--- step The same prices come from the store as from the file.
dijia compute "$EXAMPLE/plan.toml" --samples samples.csv --out from-file > file.log 2>&1
dijia compute "$EXAMPLE/plan.toml" --store "$DIJIA_STORE" --samples-version 1 --out from-store > store.log 2>&1
for f in $(cd from-file; find . -name publication.json -o -name grade_prices.csv | LC_ALL=C sort); do cmp from-file/$f from-store/$f && echo same $f; done
grep -l 'samples-000000-1.csv' from-store/*/evidence.json | wc -l
dijia compute "$EXAMPLE/plan.toml" --store "$DIJIA_STORE" --samples-version 7; echo exit $?
dijia compute "$EXAMPLE/plan.toml" --store "$DIJIA_STORE" --samples-version 1 --samples samples.csv; echo exit $?
--- said The same prices come from the store as from the file.
same ./000000-乙镇/grade_prices.csv
same ./000000-乙镇/publication.json
same ./000000-城区/grade_prices.csv
same ./000000-城区/publication.json
same ./000000-甲镇/grade_prices.csv
same ./000000-甲镇/publication.json
3
错误 DJ-7071: 存储中没有旗县 000000 的样点 (7)
exit 1
错误 DJ-1312: 命令行多出了“--samples-version”；dijia --help 列出全部命令
exit 2
--- step They are evidence of the publication without being given, and it is made again from them.
one=$(LC_ALL=C ls -d from-store/*/ | head -1)
dijia import publication ${one}publication.json --actor 张三 --evidence ${one}evidence.json "$EXAMPLE/plan.toml"; echo exit $?
dijia publication verify --all --lang en
--- said They are evidence of the publication without being given, and it is made again from them.
县代码  片区  成果                      状态  自          至（不含）  最后办理
──────────────────────────────────────────────────────────────────────────────
000000  乙镇  example-2025-000000-乙镇  草案  2025-07-01              张三
exit 0
county          entries  texts  result  hash of the last entry
────────────────────────────────────────────────────────────────────────────────────────────────────────
000000                1     15  whole   HASH
000000 samples        2      2  whole   HASH

county  publication               made again     added
──────────────────────────────────────────────────────
000000  example-2025-000000-乙镇  bit-identical
--- sql Nobody changes them.
UPDATE sample_row SET cells = 'x' WHERE number = 1
DELETE FROM sample_version
--- said Nobody changes them.
kept samples never change
kept samples never go
