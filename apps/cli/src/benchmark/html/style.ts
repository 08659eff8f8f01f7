/** Both schemes; four series that stay apart without colour vision by their marks. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --quiet: #5b6675; --line: #d9dfe7; --paper: #fff; --panel: #f6f8fa;
  --s0: #0b63ce; --s1: #b3470a; --s2: #1c7a4a; --s3: #7a3fb5; --limit: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --quiet: #9aa7b8; --line: #333d4b; --paper: #12171e;
  --panel: #1a212b; --s0: #6cb0ff; --s1: #ff9d5c; --s2: #5fd39a; --s3: #c79bff; --limit: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 80rem; font: 15px/1.5 system-ui, sans-serif;
  color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; }
p, li { max-width: 60rem; } .quiet { color: var(--quiet); }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
caption { text-align: left; white-space: nowrap; font-weight: 600; padding-bottom: .4rem; }
th, td { padding: .3rem .55rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
.texts th, .texts td { text-align: left; white-space: normal; } .texts td:last-child { min-width: 16rem; overflow-wrap: anywhere; }
th:first-child { text-align: left; } thead th { white-space: normal; vertical-align: bottom; color: var(--quiet); font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1rem; }
figure { margin: 0; padding: .75rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; }
figcaption { font-weight: 600; } figure svg { width: 100%; height: auto; }
svg text { font: 14px system-ui, sans-serif; fill: var(--quiet); } .grid { stroke: var(--line); }
line.limit { stroke: var(--limit); stroke-dasharray: 6 4; stroke-width: 1.5; } svg text.limit { fill: var(--limit); }
pre { padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
polyline { fill: none; stroke-width: 2; }
.s0 { --s: var(--s0); } .s1 { --s: var(--s1); } .s2 { --s: var(--s2); } .s3 { --s: var(--s3); }
.s0 *, .s1 *, .s2 *, .s3 * { stroke: var(--s); } circle, rect, path { fill: var(--s); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .25rem 0 0; padding: 0; font-size: .85rem; }
.legend svg { width: 12px; height: 12px; margin-right: .4rem; vertical-align: -1px; }
@media print { body { max-width: none; } figure { break-inside: avoid; } }
`;
