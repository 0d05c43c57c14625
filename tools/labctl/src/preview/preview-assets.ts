/** Loads the page again when the folder has changed. The only script of the preview; nothing of a lab runs. */
export const previewScript = `const shown = document.documentElement.dataset.revision;
new EventSource('/events').onmessage = ({ data }) => { if (data !== shown) location.reload(); };
`;

export const previewStyle = `:root { color-scheme: light dark; background: Canvas; color: CanvasText; font: 16px/1.6 system-ui, sans-serif; }
a { color: light-dark(#1d4fb8, #9bbcff); }
body { margin: 0; display: grid; grid-template-columns: 14rem minmax(0, 1fr); }
nav { padding: 1.5rem 1rem; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; }
nav ol { padding-left: 1.4rem; } nav a[aria-current] { font-weight: 600; } nav p a { margin-right: .6rem; }
main { padding: 1.5rem 2rem 4rem; max-width: 46rem; min-width: 0; }
img, video { max-width: 100%; height: auto; } audio { width: 100%; }
pre { overflow: auto; padding: .7rem; border-radius: .3rem; background: #8882; font-size: .9rem; }
table { border-collapse: collapse; } th, td { border: 1px solid #8886; padding: .3rem .6rem; }
figure { margin: 1rem 0; } figcaption, .note { font-size: .875rem; opacity: .85; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid #8888; }
var, .system { font-style: normal; border-bottom: 1px dotted; }
.box { border: 1px solid #8888; border-radius: .4rem; padding: .5rem 1rem; margin: 1rem 0; }
.box > h3, .label { margin: .3rem 0; } .label { font-weight: 600; } summary { cursor: pointer; }
.task { list-style: none; margin-left: -1.4rem; } .task > span + p { display: inline; }
.findings { position: sticky; top: 0; z-index: 1; max-height: 40vh; overflow: auto; background: Canvas; overflow-wrap: anywhere; }
.findings { border: 2px solid #c02b2b; border-radius: .4rem; padding: .2rem 1rem; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; } main { padding: 1rem; } }
`;
