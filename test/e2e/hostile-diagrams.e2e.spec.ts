import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { openBrowser } from './support/browser.ts';
import { LabEditor } from './support/lab-editor.ts';
import { boxLab, labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';
import { watched } from './support/watched.ts';

/** Longer than what is drawn needs to be fetched. */
const SETTLED_MS = 1_500;
const evil = 'https://evil.example/x.png';
/** Markup in labels, in every spelling that Mermaid or a browser decodes. */
const labels = [
  '<img src=x onerror=alert(1)>',
  `<IMG SRC=${evil}>`,
  '<svg/onload=alert(1)>',
  '<br onclick=alert(1)>',
  '<b/onmouseover=alert(1)>',
  '<script>alert(1)</script>',
  "<a href='javascript:alert(1)'>x</a>",
  '<!--<img src=x onerror=alert(1)>',
  '<<img src=x onerror=alert(1)>>',
  '<img src=x onerror=alert(1)',
  '&lt;img src=x onerror=alert(1)&gt;',
  '&#60;img src=x onerror=alert(1)>',
  '&#x3c;img src=x onerror=alert(1)>',
  '#60;img src=x onerror=alert(1)#62;',
  '#lt;img src=x onerror=alert(1)#gt;',
  '< img src=x onerror=alert(1)>',
  `![x](${evil})`,
  '$$\\href{javascript:alert(1)}{x}$$',
];
/** What a source may ask for besides: settings, clicks, styles and pictures from elsewhere. */
const sources = [
  '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart LR\n  A --> B\n  click A call alert(1)',
  '---\nconfig:\n  securityLevel: loose\n---\nflowchart LR\n  A --> B\n  click A href "javascript:alert(1)"',
  `%%{init: {"themeCSS": "@import url(${evil}); rect { fill: url(${evil}) }"}}%%\nflowchart LR\n  A --> B`,
  `---\nconfig:\n  themeCSS: "@import url(${evil})"\n  fontFamily: "x;} @import url(${evil})"\n---\nflowchart LR\n  A --> B`,
  `flowchart LR\n  A@{ img: "${evil}", label: "x", w: 60, h: 60 } --> B`,
  `flowchart LR\n  A@{ icon: "evil:x", form: "square", label: "x" } --> B`,
  `flowchart LR\n  A --> B\n  style A fill:url(${evil}),background:url(${evil})`,
  `flowchart LR\n  A --> B\n  classDef bad fill:url(${evil}),stroke:#f00\n  class A bad`,
  `flowchart LR\n  A --> B\n  linkStyle 0 stroke:url(${evil})`,
  `flowchart LR\n  A --> B\n  click A "${evil}" "x" _self`,
  `flowchart LR\n  A@{ "\\x69mg": "${evil}", label: "x", w: 60, h: 60 } --> B`,
  `flowchart LR\n  A@{\n    label: "}"\n    img: "${evil}"\n    w: 60\n    h: 60\n  }`,
  `sequenceDiagram\n  participant A\n  A->>A: x;properties A: {"class": "x", "icon": "${evil}"}`,
  `sequenceDiagram\n  participant A\n  loop x\n  A->>A: x\n  end properties A: {"icon": "${evil}"}\n  A->>A: y`,
  `sequenceDiagram\n  participant A\n  link A: x @ javascript:alert(1)\n  A->>B: x`,
  `sequenceDiagram\n  participant A\n  properties A: {"class": "x", "icon": "${evil}"}\n  A->>B: x`,
  `classDiagram\n  class A\n  click A call alert(1)\n  link A "javascript:alert(1)"`,
  `gantt\n  title x\n  section x\n  x :a1, 2024-01-01, 30d\n  click a1 call alert(1)`,
  `C4Context\n  Person(a, "x", "x", $sprite="${evil}", $link="javascript:alert(1)")`,
  `architecture-beta\n  group api(evil:x)[x]\n  service db(${evil})[x] in api`,
  'flowchart LR\n  A["<b>plain</b>"] --> B',
];
const diagrams = [
  ...labels.flatMap((label) => [
    `flowchart LR\n  A["${label}"] --> B`,
    `flowchart LR\n  A["\`${label}\`"] -->|"${label}"| B`,
    `sequenceDiagram\n  A->>B: ${label}`,
  ]),
  ...sources,
];
const fenced = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\`\n`;

let browser: Browser;
const happened: string[] = [];
beforeAll(async () => void (browser = await openBrowser()));
afterAll(() => browser?.close());

describe('S8: diagrams of strangers', () => {
  it('run nothing while they are drawn, and fetch nothing', async () => {
    const { context, page } = await watched(browser, product().lecturer, happened);
    const api = await Api.signIn(product().url, product().lecturer);
    const { lab } = await api.upload<{ lab: { id: string } }>(
      '/labs',
      await labFolder({ 'lab.yaml': boxLab('hostile-diagrams', 'Diagrams'), 'pages/en/01-start.md': 'Begin.\n' }),
    );
    const editor = await LabEditor.open(page, product().url, lab.id);
    await editor.openFile('pages/en/01-start.md');
    await editor.upload('02-diagrams.md', 'text/markdown', Buffer.from(diagrams.map(fenced).join('\n')));
    await editor.openFile('pages/en/02-diagrams.md');
    const figures = editor.preview.locator('figure');
    await expect.poll(() => figures.count()).toBe(diagrams.length);
    await expect.poll(() => figures.locator('[aria-busy=true]').count(), { timeout: 120_000 }).toBe(0);
    // The last one is harmless, and is drawn.
    await figures.last().locator('img[src^="data:image/svg"]').waitFor();
    expect(await figures.locator('img:not([src^="data:image/svg"])').count()).toBe(0);
    const running = 'script, iframe, object, embed, foreignObject, [onerror], [onload], [onclick]';
    expect(await editor.preview.locator(running).count()).toBe(0);
    await sleep(SETTLED_MS);
    expect(happened).toEqual([]);
    await context.close();
  });
});
