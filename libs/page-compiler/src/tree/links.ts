import { PageAnchor, type PageInline } from '@lab-orchestrator/contracts';
import type { Definition, Image, ImageReference, Link, LinkReference } from 'mdast';
import { resolvePath } from '../source/lab-path.js';
import { shortened } from '../source/page-report.js';
import { existingFile, mediaFile } from './media.js';
import type { PageContext } from './page-context.js';
import { targetOf } from './target.js';

type Titled = { title?: string | null };
const titleOf = ({ title }: Titled) => (title ? { title } : {});

/** The address of a link or picture, also when it stands at the end of the page: `[text][name]`. */
function resolve(
  node: Link | Image | LinkReference | ImageReference,
  page: PageContext,
): Definition | Link | Image | undefined {
  return 'url' in node ? node : page.definitions.get(node.identifier);
}

export function compileLink(node: Link | LinkReference, page: PageContext): PageInline[] {
  const children = page.inlines(node.children);
  const address = resolve(node, page);
  if (!address) return children;
  const at = node.position?.start;
  const target = targetOf(address.url);
  if (target.kind === 'url') return [{ type: 'link', url: target.url, ...titleOf(address), children }];
  if (target.kind === 'refused') {
    page.report.error(at, address.url, 'address_refused', `the address "${shortened(address.url)}" ${target.why}`);
    return children;
  }
  return linkInto(target, children, node, page);
}

/** A link to a page, a step, a heading, or a file. */
function linkInto(
  { path, anchor }: { path: string; anchor: string },
  children: PageInline[],
  node: Link | LinkReference,
  page: PageContext,
): PageInline[] {
  const at = node.position?.start;
  const goal = path === '' ? page.file : resolvePath(page.file, path);
  const slug = goal === undefined ? undefined : page.shared.slugs.get(goal);
  if (slug === undefined) {
    const file = existingFile(path, page, at);
    return file === undefined ? children : [{ type: 'download', file, children }];
  }
  if (anchor === '') return [{ type: 'pageLink', page: slug, children }];
  if (!PageAnchor.safeParse(anchor).success) {
    page.report.error(at, anchor, 'unknown_step', `there is no step "${shortened(anchor)}"`);
    return children;
  }
  const link = { type: 'pageLink' as const, page: slug, anchor, children };
  page.pending.push({ node: link, at, page: path === '' ? undefined : slug, anchor });
  return [link];
}

export function compilePicture(node: Image | ImageReference, page: PageContext): PageInline[] {
  const address = resolve(node, page);
  if (!address) return [];
  const file = mediaFile(address.url, 'picture', page, node.position?.start);
  const alt = node.alt ?? '';
  return file === undefined ? [{ type: 'text', value: alt }] : [{ type: 'picture', file, alt, ...titleOf(address) }];
}
