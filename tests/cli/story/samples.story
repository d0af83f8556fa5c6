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
--- step What cannot be imported.
dijia import samples samples.csv --county 150304 --actor 张三 2>&1 | head -2; echo
dijia import samples samples.csv --county 000000; echo exit $?
dijia import samples samples.csv --actor 张三; echo exit $?
dijia import samples samples.gpkg --county 000000 --actor 张三; echo exit $?
dijia import samples samples.csv --county 000000 --actor 张三 --mapping own.toml; echo exit $?
--- said What cannot be imported.
--- step A version comes back as it was read.
dijia samples export --county 000000 --samples-version 1 | cmp - samples.csv; echo $?
dijia samples export --county 000000 -o again.csv; cmp again.csv later.csv; echo $?
dijia samples export --county 000000 --samples-version 9; echo exit $?
--- said A version comes back as it was read.
--- step The same prices come from the store as from the file.
dijia compute "$EXAMPLE/plan.toml" --samples samples.csv --out from-file > file.log 2>&1
dijia compute "$EXAMPLE/plan.toml" --store "$DIJIA_STORE" --samples-version 1 --out from-store > store.log 2>&1
for f in $(cd from-file; find . -name publication.json -o -name grade_prices.csv | LC_ALL=C sort); do cmp from-file/$f from-store/$f && echo same $f; done
grep -l 'samples-000000-1.csv' from-store/*/evidence.json | wc -l
dijia compute "$EXAMPLE/plan.toml" --store "$DIJIA_STORE" --samples-version 7; echo exit $?
dijia compute "$EXAMPLE/plan.toml" --store "$DIJIA_STORE" --samples samples.csv; echo exit $?
--- said The same prices come from the store as from the file.
--- step They are evidence of the publication without being given, and it is made again from them.
one=$(LC_ALL=C ls -d from-store/*/ | head -1)
dijia import publication ${one}publication.json --actor 张三 --evidence ${one}evidence.json "$EXAMPLE/plan.toml"; echo exit $?
dijia publication verify --all --lang en
--- said They are evidence of the publication without being given, and it is made again from them.
--- sql Nobody changes them.
UPDATE sample_row SET cells = 'x' WHERE number = 1
DELETE FROM sample_version
--- said Nobody changes them.
