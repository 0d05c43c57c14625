import mermaid, { type MermaidConfig } from 'mermaid';
import classes from './diagram.module.css';
import { drawableSource } from './diagram-source.js';

const config: MermaidConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  // Labels as SVG text: pictures show no HTML.
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  suppressErrorRendering: true,
  maxTextSize: 20_000,
  maxEdges: 300,
  fontFamily: 'system-ui, sans-serif',
  // A source may choose how it looks within these bounds only.
  secure: [
    'secure',
    'securityLevel',
    'startOnLoad',
    'maxTextSize',
    'maxEdges',
    'suppressErrorRendering',
    'htmlLabels',
    'fontFamily',
    'themeCSS',
    'dompurifyConfig',
  ],
};

let drawn = 0;
/** Mermaid has one configuration for all: diagrams are drawn one after the other. */
let last: Promise<unknown> = Promise.resolve();

/** Draws a diagram as the address of a picture; throws when the source is not one. */
export function drawDiagram(source: string, dark: boolean): Promise<string> {
  const next = last.then(() => draw(source, dark));
  last = next.catch(() => undefined);
  return next;
}

async function draw(written: string, dark: boolean): Promise<string> {
  const source = drawableSource(written);
  if (source === undefined) throw new Error('markup in a diagram');
  mermaid.initialize({ ...config, theme: dark ? 'dark' : 'neutral' });
  drawn += 1;
  // Its place to measure texts: out of sight, out of reach, and gone afterwards.
  const place = document.createElement('div');
  place.inert = true;
  place.className = classes.measured ?? '';
  place.style.cssText = 'position:fixed;left:-10000px;top:0;visibility:hidden';
  document.body.append(place);
  try {
    const { svg } = await mermaid.render(`diagram-${drawn}`, source, place);
    return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  } finally {
    place.remove();
  }
}

/** Well-formed XML with a size of its own, as a picture needs it. */
function standalone(svg: string): string {
  const parsed = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (parsed === null) throw new Error('the diagram is empty');
  const { width, height } = parsed.viewBox.baseVal ?? { width: 0, height: 0 };
  if (width > 0 && height > 0) {
    parsed.setAttribute('width', String(Math.ceil(width)));
    parsed.setAttribute('height', String(Math.ceil(height)));
    parsed.style.removeProperty('max-width');
  }
  return new XMLSerializer().serializeToString(parsed);
}
