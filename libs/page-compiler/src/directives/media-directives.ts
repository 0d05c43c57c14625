import { Language, type PageBlock } from '@lab-orchestrator/contracts';
import type { LeafDirective } from 'mdast-util-directive';
import { existingFile, mediaFile } from '../tree/media.js';
import { plainText } from '../tree/plain-text.js';
import { targetOf } from '../tree/target.js';
import type { Attributes } from './attributes.js';

export function compileVideo(node: LeafDirective, attributes: Attributes): PageBlock[] {
  const file = sourceOf('video', attributes);
  const tracks = tracksOf(attributes);
  const written = attributes.text('poster');
  const poster = written === undefined ? undefined : mediaFile(written, 'picture', attributes.page, attributes.start);
  if (file === undefined) return [];
  if (tracks.length === 0) warnWithoutCaptions(attributes);
  return [{ type: 'video', file, ...(poster !== undefined && { poster }), tracks, ...titleOf(node, attributes) }];
}

export function compileAudio(node: LeafDirective, attributes: Attributes): PageBlock[] {
  const file = sourceOf('audio', attributes);
  const tracks = tracksOf(attributes);
  return file === undefined ? [] : [{ type: 'audio', file, tracks, ...titleOf(node, attributes) }];
}

export function compileDownload(node: LeafDirective, attributes: Attributes): PageBlock[] {
  const { page } = attributes;
  const written = attributes.required('src');
  if (written === undefined) return [];
  const target = targetOf(written);
  if (target.kind !== 'file') {
    page.report.error(attributes.start, written, 'address_refused', 'downloads are files of the lab folder');
    return [];
  }
  const file = existingFile(target.path, page, attributes.start);
  if (file === undefined) return [];
  const label = page.inlines(node.children);
  const name = file.slice(file.lastIndexOf('/') + 1);
  const children = label.length > 0 ? label : [{ type: 'text' as const, value: name }];
  return [{ type: 'paragraph', children: [{ type: 'download', file, children }] }];
}

function sourceOf(kind: 'video' | 'audio', attributes: Attributes): string | undefined {
  const written = attributes.required('src');
  return written === undefined ? undefined : mediaFile(written, kind, attributes.page, attributes.start);
}

function titleOf(node: LeafDirective, attributes: Attributes) {
  const title = attributes.text('title') ?? plainText(node.children);
  return title === '' ? {} : { title };
}

/** `captions="ping.vtt"`, or several with their languages: `captions="en:ping.vtt, de:ping.de.vtt"`. */
function tracksOf(attributes: Attributes) {
  const { page } = attributes;
  const written = attributes.text('captions')?.split(',') ?? [];
  return written.flatMap((entry) => {
    const [, tag, path = ''] = /^\s*(?:([A-Za-z-]{2,5}):)?(.*)$/.exec(entry) ?? [];
    const language = tag ?? page.shared.language;
    if (!Language.safeParse(language).success) {
      attributes.refuse('captions', `names no language "${language}"`);
      return [];
    }
    const file = mediaFile(path.trim(), 'captions', page, attributes.start);
    return file === undefined ? [] : [{ file, language, label: languageName(language) }];
  });
}

/** The name of a language in that language: `Deutsch`. */
function languageName(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}

function warnWithoutCaptions(attributes: Attributes) {
  const message = 'the video has no captions; who cannot hear it misses it: captions="file.vtt"';
  attributes.page.report.warning(attributes.start, 'captions', 'captions_missing', message);
}
