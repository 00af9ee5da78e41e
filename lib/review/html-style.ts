/** The look of the report. No file, font or script comes from anywhere. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #ffffff; --ink: #1f2328; --faint: #59636e; --line: #d1d9e0; --sheet: #f6f8fa;
  --loss: #b3261e; --destructive: #b84e00; --broadening: #8250a8; --none: #59636e; --gone: #ffebe9; --come: #dafbe1 }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3; --faint: #9198a1; --line: #3d444d;
  --sheet: #151b23; --loss: #f47067; --destructive: #e0823d; --broadening: #c297ff; --none: #9198a1; --gone: #3c1618; --come: #12311d } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 16px; max-width: 1080px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line) }
code, pre { font: .875em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace }
pre { white-space: pre-wrap; background: var(--sheet); padding: 8px; border-radius: 6px; max-height: 24rem; overflow: auto }
.faint { color: var(--faint) }
.verdict { font-weight: 600 }
.forbidden { color: var(--loss) }
article { border: 1px solid var(--line); border-left: 5px solid var(--none); border-radius: 6px; padding: 10px 12px; margin: 10px 0 }
article.data-loss { border-left-color: var(--loss) }
article.destructive { border-left-color: var(--destructive) }
article.broadening { border-left-color: var(--broadening) }
article p { margin: 0 0 .35rem }
.label { font-weight: 600; font-size: .8rem; padding: 1px 7px; border-radius: 9px; border: 1px solid currentColor; white-space: nowrap }
.label.data-loss { color: var(--loss) } .label.destructive { color: var(--destructive) } .label.broadening { color: var(--broadening) }
.label.none { color: var(--none) }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; table-layout: fixed; font-size: .925rem }
th, td { text-align: left; vertical-align: top; padding: 4px 8px; border: 1px solid var(--line) }
th { background: var(--sheet); font-weight: 600 }
td.before { background: var(--gone) } td.after { background: var(--come) }
ul { margin: .25rem 0; padding-left: 1.2rem }
summary { cursor: pointer }
summary h2 { display: inline-block; border: 0; margin: 1.2rem 0 .25rem }
.plans { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 12px; margin: .5rem 0 }
figure { margin: 0 } figcaption { font-size: .85rem; color: var(--faint) }
svg { width: 100%; height: auto; display: block }
svg text { font: 11px ui-monospace, Menlo, Consolas, monospace; fill: #ffffff }
svg rect { stroke: var(--ground); stroke-width: 1 } svg .free { fill: var(--sheet); stroke: var(--line) }
svg .differs { stroke: var(--ink); stroke-width: 3 }
@media (max-width: 600px) {
  body { padding: 10px }
  thead { display: none }
  table, tbody, tr, td { display: block; width: auto }
  tr { border: 1px solid var(--line); margin-bottom: 8px }
  td { border: 0 }
  td:empty { display: none }
  td[data-label]::before { content: attr(data-label) ': '; color: var(--faint); font-size: .8rem }
}
`;
