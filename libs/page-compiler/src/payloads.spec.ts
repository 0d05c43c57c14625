import { InstructionAnswers, InstructionPage } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { compileOne } from './testing/compile.fixture.js';
import { directivePayloads } from './testing/directive-payloads.fixture.js';
import { htmlPayloads } from './testing/html-payloads.fixture.js';
import { unsafePart } from './testing/tree-walk.fixture.js';
import { urlPayloads } from './testing/url-payloads.fixture.js';

/** Where an address can be written. */
const addressed: Array<(url: string) => string> = [
  (url) => `[x](${url})`,
  (url) => `[x](<${url}>)`,
  (url) => `![x](${url})`,
  (url) => `<${url}>`,
  (url) => `[x][y]\n\n[y]: ${url}`,
  (url) => `![x][y]\n\n[y]: <${url}>`,
  (url) => `::video{src="${url}"}`,
  (url) => `::audio{src='${url}'}`,
  (url) => `::download[x]{src="${url}"}`,
];
/** Where markup can be written. */
const surroundings: Array<(text: string) => string> = [
  (text) => text,
  (text) => `x ${text} y`,
  (text) => `> ${text}`,
  (text) => `- ${text}`,
  (text) => `# ${text}`,
  (text) => `| a |\n|---|\n| ${text} |`,
  (text) => `::::step{#s title="x"}\n${text}\n\n:::hint\n${text}\n:::\n::::`,
  (text) => `:::quiz{#q title="x"}\n- [x] ${text}\n- [ ] y\n\n  ${text}\n:::`,
  (text) => `x[^1]\n\n[^1]: ${text}`,
];

function expectSafe(markdown: string) {
  const { page, answers } = compileOne(markdown);
  expect(InstructionPage.safeParse(page).error?.issues, markdown).toBeUndefined();
  expect(InstructionAnswers.safeParse(answers).error?.issues, markdown).toBeUndefined();
  expect(unsafePart({ page, answers }), markdown).toBeUndefined();
}

describe('S8: script in pages', () => {
  it('is tried in at least 250 ways', () => {
    const all = new Set([...htmlPayloads, ...urlPayloads, ...directivePayloads]);
    expect(all.size).toBeGreaterThanOrEqual(250);
  });

  it.each(htmlPayloads)('never becomes a node: %s', (payload) => {
    for (const around of surroundings) expectSafe(around(payload));
  });

  it.each(htmlPayloads)('is reported, or is plain text, or is a comment: %s', (payload) => {
    const { diagnostics, page } = compileOne(payload);
    const isText = JSON.stringify(page.nodes).includes('"type":"text"');
    const isComment = payload.startsWith('<!--') && page.nodes.length === 0;
    expect(diagnostics.some(({ code }) => code === 'html_refused') || isText || isComment).toBe(true);
  });

  it.each(urlPayloads)('never becomes an address: %s', (payload) => {
    for (const write of addressed) expectSafe(write(payload));
  });

  it.each(urlPayloads)('is reported as an address: %s', (payload) => {
    const { diagnostics, page } = compileOne(`[x](<${payload}>)`);
    const isLink = /"type":"(?:link|pageLink|download)"/.test(JSON.stringify(page.nodes));
    expect(diagnostics.length > 0 || !isLink).toBe(true);
  });

  it.each(directivePayloads)('is no way through directives: %s', (payload) => {
    for (const around of surroundings) expectSafe(around(payload));
    expectSafe(`${payload}\n:::\n\n[x]`);
  });

  it.each([
    '<svg onload="alert(1)"/>',
    '<svg><script>alert(1)</script></svg>',
    '<svg><svg:script xlink:href="x.js"/></svg>',
    '<svg><a href="javascript:alert(1)"/></svg>',
    "<svg><image href='https://evil.example/x.png'/></svg>",
    '<svg><use xlink:href="//evil.example/x.svg#y"/></svg>',
    '<svg><foreignObject><body/></foreignObject></svg>',
    '<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>',
    '<?xml-stylesheet href="https://evil.example/x.css"?><svg/>',
    '<svg><style>@import "https://evil.example/x.css"</style></svg>',
  ])('is refused in a picture: %s', (svg) => {
    const files = { 'pages/en/evil.svg': svg };
    const { diagnostics, page } = compileOne('![x](evil.svg)', { files });
    expect(diagnostics).toMatchObject([{ code: 'picture_refused' }]);
    expect(JSON.stringify(page.nodes)).not.toContain('evil.svg');
  });

  it('lets an honest picture through', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><a href="#x"/><text font-size="1">onset = 1</text></svg>';
    expect(compileOne('![x](good.svg)', { files: { 'pages/en/good.svg': svg } }).diagnostics).toEqual([]);
  });
});
