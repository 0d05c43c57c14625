import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledLab, compileInstructions } from '@lab-orchestrator/page-compiler';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { checkout } from '../../tools/setup/checkout.mjs';
import type { Bench, Row } from './support/bench.ts';
import { measure } from './support/measure.ts';
import { statisticsOf } from './support/statistics.ts';

const MEGABYTE = 2 ** 20;
const SAMPLES = ['first-steps', 'two-hosts', 'dmz', 'desktop'];

export const bench: Bench = {
  title: 'compile: the pages of a lab of 1 MB, against bare unified with the same plugins',
  async run(say) {
    const pages = samplePages(MEGABYTE);
    const { instructions, diagnostics } = compile(pages);
    // What points to systems and files of the samples is missing here; it is looked for all the same.
    if (instructions.steps.length < pages.size) throw new Error('the sample pages were not compiled');
    say(`${pages.size} pages, ${instructions.steps.length} steps, ${diagnostics.length} findings`);
    const bare = unified()
      .use(remarkParse)
      .use(remarkFrontmatter, ['yaml'])
      .use(remarkGfm)
      .use(remarkDirective)
      .use(remarkMath, { singleDollarTextMath: false })
      .freeze();
    const texts = [...pages.values()];
    const rows = await measure(
      [
        { name: 'bare unified', measure: async () => cpuMs(() => texts.map((text) => bare.parse(text))) },
        { name: 'page compiler', bar: '≤ 1.3 ×', measure: async () => cpuMs(() => compile(pages)) },
      ],
      { unit: 'CPU-ms', repetitions: 7, warmUps: 2 },
    );
    return [...rows, ...rows.map((row) => rateOf(row, pages.size))];
  },
};

function rateOf({ name, values }: Row, pages: number): Row {
  const rates = values.map((ms) => (pages / ms) * 1_000);
  return { name, unit: 'pages/CPU-s', values: rates, ...statisticsOf(rates) };
}

/** CPU time of this process: other work on the machine does not count. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function compile(pages: ReadonlyMap<string, string>): CompiledLab {
  const systems = ['workstation', 'attacker', 'server', 'desk', 'client', 'scanner', 'firewall', 'web'];
  return compileInstructions({
    folder: 'pages',
    languages: ['en'],
    files: pages,
    read: (path) => pages.get(path),
    systems: systems.map((name) => ({ name, access: [{ name: 'shell', kind: 'terminal' }] })),
    variables: ['flag', 'word', 'server_password'],
  });
}

/** The English pages of the sample labs, again and again under other names, until they fill the size. */
function samplePages(bytes: number): Map<string, string> {
  const texts = SAMPLES.flatMap((lab) => {
    const folder = join(checkout, 'labs', lab, 'pages/en');
    const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
    return files.toSorted().map((file) => readFileSync(join(folder, file), 'utf8'));
  });
  const pages = new Map<string, string>();
  for (let round = 0, size = 0; size < bytes; round += 1)
    for (const [index, text] of texts.entries()) {
      const own = text.replaceAll(/\{#([a-z0-9-]+)/g, `{#$1-${round}`).replaceAll(/::set\{name=(\w+)/g, `$&_${round}`);
      pages.set(`pages/en/p${round}-${index}.md`, own);
      size += own.length;
    }
  return pages;
}
