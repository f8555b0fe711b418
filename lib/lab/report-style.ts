/** The report's looks: the panel's colours, both themes by the reader's preference. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--ground:#f6f6f4;--ink:#16181d;--muted:#626976;--line:#e3e3df;--good:#12734a;--critical:#b3261e;--warning:#8a5a00;
--seat-1:#1f6fc4;--seat-2:#c4661f;--seat-3:#12806a;--seat-4:#b03a80;--seat-5:#6b52c8;--seat-6:#8f7a00;--seat-7:#1583a8;--seat-8:#c2412f;--seat-9:#4e7f1e;--seat-10:#6f6354}
@media (prefers-color-scheme:dark){:root{--ground:#0d0f13;--ink:#e8ebf0;--muted:#8b93a3;--line:#232833;--good:#4fc98d;--critical:#ff7a70;--warning:#e6b450;
--seat-1:#5ba8f5;--seat-2:#f2a65a;--seat-3:#4fc9a4;--seat-4:#e57fb8;--seat-5:#c7b6ff;--seat-6:#e6d05c;--seat-7:#7fd6f7;--seat-8:#f28b82;--seat-9:#9ccc65;--seat-10:#b0a18f}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 Inter,system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{margin:0 auto;padding:32px 24px}main.alone{max-width:800px}main.beside{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:40px}
article{min-width:0}h1{font-size:22px;line-height:1.25;margin:0}h2{font-size:15px;margin:32px 0 8px}
.stamp{color:var(--muted);margin:4px 0 0}.pass,.fail{margin:6px 0 0;font-weight:600}.pass{color:var(--good)}.fail{color:var(--critical)}
.findings{padding-left:20px}figure{margin:28px 0;padding-top:20px;border-top:1px solid var(--line)}figcaption{font-weight:600;margin-bottom:8px}
figcaption a,details a{font-weight:400;color:var(--seat-1);margin-left:8px}svg{display:block}summary{color:var(--muted);cursor:pointer;margin-top:8px}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:13px;margin-top:8px}th,td{text-align:left;padding:3px 14px 3px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--muted);font-weight:500;white-space:nowrap}td{min-width:0;max-width:340px;overflow-wrap:anywhere}.number{text-align:right;white-space:nowrap}.word{white-space:nowrap}
@media print{details{display:none}}
`.replaceAll('\n', '');
