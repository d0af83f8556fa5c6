#include "report/style.h"

namespace dijia::report {
namespace {

constexpr std::string_view kStyleSheet = R"css(
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#eef2f5;color:#1a2733;font:16px/1.65 "Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
main{max-width:1200px;margin:0 auto;padding:0 40px 48px;background:#fff}
header.top{margin:0 -40px;padding:34px 40px 26px;background:#12415f;color:#fff}
.kicker{margin:0 0 6px;font-size:14px;letter-spacing:.08em;color:#cfe3f1}
.stamp{display:inline-block;margin-left:12px;padding:1px 12px;border:1px solid #ffd38a;border-radius:3px;color:#ffd38a;letter-spacing:.2em}
h1{margin:0;font-size:30px;line-height:1.3;font-weight:700}
.facts{display:flex;flex-wrap:wrap;gap:4px 28px;margin:14px 0 0;font-size:14px}
.facts div{display:flex;gap:8px}
.facts dt{color:#cfe3f1}
.facts dd{margin:0}
.notice{margin:22px 0 0;padding:10px 16px;border-left:4px solid #c77700;background:#fdf4e3}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:14px;margin:22px 0 8px;padding:0}
.tiles div{padding:14px 16px 12px;border:1px solid #d5dce2;border-radius:6px;display:flex;flex-direction:column-reverse}
.tiles dt{font-size:14px;color:#51606d}
.tiles dd{margin:0;font-size:28px;line-height:1.2;font-weight:700;font-variant-numeric:tabular-nums}
.tiles small{font-size:16px;font-weight:400;color:#51606d}
nav{margin:18px 0 0;font-size:14px}
nav ol{display:flex;flex-wrap:wrap;gap:2px 20px;margin:0;padding:0;list-style:none}
a{color:#14507a;text-underline-offset:3px}
a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:3px solid #f0a400;outline-offset:2px}
h2{margin:40px 0 12px;padding:0 0 6px;border-bottom:2px solid #12415f;font-size:22px;line-height:1.35;color:#12415f}
h3{margin:30px 0 8px;font-size:18px;line-height:1.4}
h4{margin:20px 0 6px;font-size:16px}
p{margin:8px 0}
.soft{color:#51606d;font-size:14px}
.scroll{overflow-x:auto;margin:12px 0}
table{border-collapse:collapse;width:100%;font-size:14px;line-height:1.5;font-variant-numeric:tabular-nums}
caption{caption-side:top;text-align:left;padding:0 0 6px;color:#51606d;font-size:14px}
th,td{word-break:keep-all;padding:7px 9px;border-bottom:1px solid #d5dce2;text-align:left;vertical-align:top}
tbody th{font-weight:600;white-space:nowrap}
tr.merged th{min-width:7em;white-space:normal}
tbody th small{display:block;font-weight:400;color:#51606d}
tfoot th,tfoot td,tr.sum th,tr.sum td{border-top:2px solid #9db4c4;font-weight:600}
td.n,th.n{text-align:right;white-space:nowrap}
thead th,thead th.n{min-width:3.4em;white-space:normal;background:#eaf1f6;border-bottom:2px solid #9db4c4;font-weight:600;vertical-align:bottom}
td.w{min-width:24em;word-break:normal}
td.w strong{font-weight:600}
td:not(.n):not(.w){min-width:4.6em}
:lang(en){font-family:"Segoe UI","Helvetica Neue",Arial,"Liberation Sans","Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
td.n+td:not(.n),th.n+th:not(.n){padding-left:24px}
tbody tr:nth-child(even){background:#f8fafb}
.prices{font-size:15px}
.prices th,.prices td{text-align:center}
.prices tbody th,.prices td{vertical-align:middle}
.prices .yuan{display:block;font-size:21px;font-weight:700;line-height:1.3}
.prices small{font-size:13px;font-weight:400;color:#51606d}
.prices td.thin{background:#fdf6e6}
.prices td.modelled{background:#f4f3fc}
.prices td.carried_forward{background:#f1f4f6}
.prices td.withheld{background:#fbf1f0}
.prices td.none{color:#51606d}
.prices .mu{display:block;color:#51606d;font-size:13px}
.tag{display:inline-block;padding:0 8px;border-radius:9px;font-size:12px;line-height:19px;font-weight:600;white-space:nowrap}
.tag.computed{background:#e1f2e7;color:#165a36}
.tag.thin{background:#fcedcc;color:#6f4600}
.tag.modelled{background:#e8e7f8;color:#423e99}
.tag.carried_forward{background:#e5eaee;color:#3b4954}
.tag.withheld{background:#fae3e1;color:#93211d}
.tag.warning{background:#fcedcc;color:#6f4600}
.tag.note{background:#e5eaee;color:#3b4954}
.tag.error{background:#fae3e1;color:#93211d}
ul.key{margin:8px 0;padding:0;list-style:none;font-size:14px}
ul.key li{margin:3px 0}
ul.points{margin:8px 0;padding:0;list-style:none}
ul.points>li{padding:10px 0;border-bottom:1px solid #d5dce2}
ul.points h3{margin:0;font-size:16px}
ul.points ul{margin:4px 0 0;padding:0;list-style:none}
ul.points ul li{margin:5px 0}
.count{color:#51606d;font-size:13px;white-space:nowrap}
figure{margin:12px 0}
.chart{display:block;width:100%;min-width:680px;height:auto;font-size:13px}
.chart text{fill:#1a2733}
.chart .grid{stroke:#e3e8ec;stroke-width:1}
.chart .row{stroke:#d5dce2;stroke-width:1}
.chart .axis{stroke:#51606d;stroke-width:1.2}
.chart .tick{fill:#51606d;text-anchor:middle}
.chart .tick.side{text-anchor:end}
.chart .axis-name{fill:#51606d;text-anchor:middle}
.chart .grade{font-size:16px;font-weight:700}
.chart .count{fill:#51606d}
.chart .price{font-size:16px;font-weight:700}
.chart .per-mu{fill:#51606d}
.chart .state{font-weight:700}
.chart .state.thin{fill:#7a4d00}
.chart .state.modelled{fill:#423e99}
.chart .state.carried_forward{fill:#3b4954}
.chart .state.withheld{fill:#93211d}
.dots{fill:none;stroke:#2f7fb0;stroke-opacity:.62;stroke-width:6;stroke-linecap:round}
.crosses{fill:none;stroke:#b3261e;stroke-width:1.7}
.interval{stroke:#12415f;stroke-width:2}
.cap{stroke:#12415f;stroke-width:2}
.estimate{stroke:#12415f;stroke-width:5}
.interval.thin,.cap.thin,.estimate.thin{stroke:#9a6200}
.interval.model{stroke:#423e99;stroke-dasharray:6 4}
.cap.model,.estimate.model{stroke:#423e99}
.interval.off,.cap.off,.estimate.off{stroke:#8795a1}
.interval.off{stroke-dasharray:2 4}
.monotone{fill:#fff;stroke:#c05a00;stroke-width:1.8}
.split{stroke:#b3261e;stroke-width:1.4;stroke-dasharray:4 3}
.band{fill:#2f7fb0;fill-opacity:.16}
.index{fill:none;stroke:#12415f;stroke-width:2}
.point{fill:#12415f;stroke:#12415f;stroke-width:1.5}
.point.hollow{fill:#fff}
.legend{display:flex;flex-wrap:wrap;gap:4px 22px;margin:6px 0 0;padding:0;list-style:none;font-size:13px;color:#3b4954}
.legend li{display:flex;align-items:center;gap:7px}
.legend svg{width:26px;height:16px;flex:none}
details{margin:12px 0}
summary{cursor:pointer;color:#14507a}
pre{margin:8px 0;padding:14px 16px;overflow-x:auto;background:#f4f7f9;border:1px solid #d5dce2;border-radius:4px;font:12.5px/1.6 "Noto Sans Mono CJK SC","Sarasa Mono SC",ui-monospace,monospace}
code{font:12.5px/1.5 ui-monospace,"Noto Sans Mono CJK SC",monospace;overflow-wrap:anywhere}
footer{margin-top:40px;padding-top:12px;border-top:1px solid #d5dce2;font-size:13px;color:#51606d}
@media (max-width:960px){
main{padding:0 22px 36px}
header.top{margin:0 -22px;padding:28px 22px 22px}
table{font-size:13px}
th,td{padding:6px}
td.n+td:not(.n),th.n+th:not(.n){padding-left:14px}
td.w{min-width:13em}
}
@media (max-width:640px){
main{padding:0 16px 32px}
header.top{margin:0 -16px;padding:24px 16px 20px}
h1{font-size:23px}
h2{font-size:20px}
.tiles{grid-template-columns:repeat(2,1fr)}
}
@media print{
@page{size:A4;margin:16mm 14mm}
body{background:#fff;font-size:10pt;line-height:1.5}
main{max-width:none;padding:0}
header.top{margin:0;padding:0 0 8pt;background:none;color:#000;border-bottom:2pt solid #000}
.kicker,.facts dt{color:#333}
.stamp{color:#7a4d00;border-color:#7a4d00}
nav{display:none}
h1{font-size:18pt}
h2{font-size:13pt;margin-top:16pt}
h3{font-size:11.5pt}
h2,h3,h4,caption,thead{break-after:avoid}
tr,figure,.tiles,.notice{break-inside:avoid}
thead{display:table-header-group}
table{font-size:8.5pt}
th,td{padding:3pt 4pt}
td:not(.n),thead th,thead th.n{min-width:0}
td.n+td:not(.n),th.n+th:not(.n){padding-left:10pt}
.prices .yuan{font-size:13pt}
.scroll{overflow:visible}
.chart{min-width:0}
.tag,.prices td,thead th,.notice,tbody tr:nth-child(even){-webkit-print-color-adjust:exact;print-color-adjust:exact}
pre{white-space:pre-wrap;font-size:7.5pt}
a{color:inherit;text-decoration:none}
}
)css";

}  // namespace

std::string_view StyleSheet() { return kStyleSheet; }

std::string_view ContentSecurityPolicy() {
  return "default-src 'none'; style-src 'sha256-S4lK+TfGM3psz+PwrpfDe/NOwH8BYqVqDVofs8i1ra8='; "
         "base-uri 'none'; "
         "form-action 'none'";
}

}  // namespace dijia::report
