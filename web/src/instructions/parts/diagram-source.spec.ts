// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { drawableSource } from './diagram-source.js';

describe('drawableSource', () => {
  it.each([
    'flowchart LR\n A[Work<br>station] -->|yes| B\n B <--> C\n C <-.-> D',
    'sequenceDiagram\n A->>B: <b>request</b>\n B-->>A: 2 < 3',
    'classDiagram\n class Shape\n <<interface>> Shape\n A <|-- B\n List~int~ : add()',
    'erDiagram\n CUSTOMER ||--o{ ORDER : places',
    'flowchart LR\n A["#quot;quoted#quot; &amp; more"] --> B',
  ])('leaves a diagram as it is: %j', (source) => expect(drawableSource(source)).toBe(source));

  it('leaves out settings and front matter', () => {
    const source =
      '---\ntitle: x\nconfig:\n  securityLevel: loose\n---\n%%{init: {"securityLevel": "loose"}}%%\nflowchart LR\n A --> B';
    expect(drawableSource(source)).toBe('\nflowchart LR\n A --> B');
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<IMG SRC=x>',
    '<svg/onload=alert(1)>',
    '<br onclick=alert(1)>',
    '<b/onmouseover=alert(1)>',
    '<script>alert(1)</script>',
    '<a href="javascript:alert(1)">x</a>',
    '<!--<img src=x onerror=alert(1)>',
    '<<img src=x onerror=alert(1)>>',
    '<img src=x onerror=alert(1)',
    '&lt;img src=x onerror=alert(1)&gt;',
    '&#60;img src=x>',
    '&#x3c;img',
    '#60;img src=x onerror=alert(1)#62;',
    '#lt;img',
    '%%{init: {"themeCSS": "',
    '< img src=x onerror=alert(1)>',
  ])('refuses %j', (label) => expect(drawableSource(`flowchart LR\n A["${label}"] --> B`)).toBeUndefined());

  it.each([
    'flowchart LR\n A@{ img: "https://example.com/a.png" } --> B',
    'flowchart LR\n A@{ "\\x69mg": "https://example.com/a.png" } --> B',
    'sequenceDiagram\n participant A\n properties A: {"icon": "https://example.com/a.png"}',
    'sequenceDiagram\n participant A\n link A: Home @ javascript:alert(1)',
    'sequenceDiagram\n participant A; links A: {"Home": "javascript:alert(1)"}',
  ])('refuses what would be fetched or run while it is drawn: %j', (source) =>
    expect(drawableSource(source)).toBeUndefined(),
  );
});
