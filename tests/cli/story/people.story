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
--- said Without people names alone count; with the first one on, people in force act.
STORE：已建立，版式 5
exit 0
名称  角色  县代码  登记（UTC）  离任（UTC）  密钥
──────────────────────────────────────────────────
名称  角色      县代码  登记（UTC）                  离任（UTC）  密钥
──────────────────────────────────────────────────────────────────────
局长  approver          TIME                  0
错误 DJ-7094: “张三”不能把“klq-2026”转为 已提交：人员名册中没有此人；请先用 dijia user add 登记
exit 1
名称  角色   县代码  登记（UTC）                  离任（UTC）  密钥
───────────────────────────────────────────────────────────────────
张三  clerk  152502  TIME                  0
error DJ-7097: "张三" cannot make "klq-2026" submitted: they act in the county 152502 only, and it is of 150428; ask another person, or change it with dijia user change
exit 1
名称  角色   县代码  登记（UTC）                  离任（UTC）  密钥
───────────────────────────────────────────────────────────────────
张三  clerk  150428  TIME                  0
错误 DJ-7093: “张三”的角色和旗县已是如此，没有改动
exit 1
名称   角色    县代码  登记（UTC）                  离任（UTC）  密钥
─────────────────────────────────────────────────────────────────────
Li Si  viewer          TIME                  0
error DJ-7091: "Li Si" is registered since TIME; dijia user change gives them another role or county
exit 1
error DJ-7096: "li si" cannot make "klq-2026" submitted: their role is viewer, and clerk is needed; ask another person, or change it with dijia user change
exit 1
县代码  片区  成果      状态    自          至（不含）  最后办理
────────────────────────────────────────────────────────────────
150428        klq-2026  已提交  2026-01-08              张三
exit 0
错误 DJ-7096: “张三”不能把“klq-2026”转为 已批准：其角色是 clerk，须为 approver；请由他人办理，或用 dijia user change 改其角色
exit 1
县代码  片区  成果      状态    自          至（不含）  最后办理
────────────────────────────────────────────────────────────────
150428        klq-2026  已批准  2026-01-08              局长
exit 0
--- step Keys of people.
dijia key add --name 张三 --actor 管理员 2>&1 | sed -E 's/_[0-9a-f]{64}/_SECRET/'
dijia key add --name 张三 --role approver --county 152502 --actor 管理员; echo exit $?
dijia key add --name 平台 --actor 管理员; echo exit $?
dijia key add --name 平台 --role viewer --actor 管理员 2>&1 | sed -E 's/_[0-9a-f]{64}/_SECRET/'
dijia key list
dijia user list
--- said Keys of people.
dijia_k1_SECRET
密钥 k1 已建立；它只显示这一次，请妥善保存
错误 DJ-7054: “张三”的角色是 clerk，其密钥不能是 approver
错误 DJ-7055: “张三”只办理旗县 150428，其密钥不能用于“152502”
exit 1
错误 DJ-1313: 命令行缺少 --role
exit 2
dijia_k2_SECRET
密钥 k2 已建立；它只显示这一次，请妥善保存
密钥  名称  角色    县代码  建立（UTC）                  撤销（UTC）
────────────────────────────────────────────────────────────────────
k1    张三  clerk   150428  TIME
k2    平台  viewer          TIME
名称   角色      县代码  登记（UTC）                  离任（UTC）  密钥
───────────────────────────────────────────────────────────────────────
局长   approver          TIME                  0
张三   clerk     150428  TIME                  1
Li Si  viewer            TIME                  0
--- step Who leaves, and comes back as another person.
dijia user leave 张三 --actor 管理员 --note 退休
dijia user leave 张三 --actor 管理员; echo exit $?
dijia key add --name 张三 --actor 管理员 2>&1 | sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/'
dijia publication withdraw klq-2026 --actor 张三 2>&1 | sed -E 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/TIME/'
dijia publication publish klq-2026 --actor 局长; echo exit $?
dijia user add 张三 --role viewer --county all --actor 管理员
dijia user list --output-format json
dijia user change 王五 --role clerk --actor 管理员 --lang en; echo exit $?
--- said Who leaves, and comes back as another person.
名称  角色   县代码  登记（UTC）                  离任（UTC）                  密钥
───────────────────────────────────────────────────────────────────────────────────
张三  clerk  150428  TIME  TIME     0
错误 DJ-7092: 人员名册中没有在任的“张三”
exit 1
错误 DJ-7056: “张三”已于 TIME 离任，不能有密钥；再任的，先用 dijia user add 登记
错误 DJ-7095: “张三”不能把“klq-2026”转为 已撤回：已于 TIME 离任；再任的，先用 dijia user add 登记
县代码  片区  成果      状态    自          至（不含）  最后办理
────────────────────────────────────────────────────────────────
150428        klq-2026  已公布  2026-01-08              局长
exit 0
名称  角色    县代码  登记（UTC）                  离任（UTC）  密钥
────────────────────────────────────────────────────────────────────
张三  viewer          TIME                  0
[
  {
    "person": "p1",
    "name": "局长",
    "role": "approver",
    "county": "",
    "added_at": "TIME",
    "left_at": null,
    "keys": 0
  },
  {
    "person": "p2",
    "name": "张三",
    "role": "clerk",
    "county": "150428",
    "added_at": "TIME",
    "left_at": "TIME",
    "keys": 0
  },
  {
    "person": "p4",
    "name": "Li Si",
    "role": "viewer",
    "county": "",
    "added_at": "TIME",
    "left_at": null,
    "keys": 0
  },
  {
    "person": "p6",
    "name": "张三",
    "role": "viewer",
    "county": "",
    "added_at": "TIME",
    "left_at": null,
    "keys": 0
  }
]
error DJ-7092: no person in force is registered as "王五"
exit 1
--- step The log of people is proved, and copied with the rest.
dijia publication verify --all
dijia backup copy.db >copied; echo exit $?
dijia restore copy.db --store "$OTHER_STORE" >restored; echo exit $?
dijia user list --store "$OTHER_STORE" --lang en
--- said The log of people is proved, and copied with the rest.
县代码  记录  文件  结果  末条散列值
──────────────────────────────────────────────────────────────────────────────────────────
150428     4     1  完整  HASH
人员       6        完整  HASH
密钥       2        完整  HASH

县代码  成果      重新计算            补充之处
──────────────────────────────────────────────
150428  klq-2026  没有 evidence.json
exit 0
exit 0
name   role      county  since (UTC)                  left (UTC)                   keys
───────────────────────────────────────────────────────────────────────────────────────
局长   approver          TIME                                  0
张三   clerk     150428  TIME  TIME     0
Li Si  viewer            TIME                                  0
张三   viewer            TIME                                  0
