import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a lab's author wrote as right, by the id of the quiz: options as they are read on the screen, or a text to fill in. */
export type WrittenAnswer = { options: string[] } | { text: string };

/** Reads the answers from the pages of a sample lab, so that a spec follows the pages. */
export function writtenAnswers(lab: string, language: string): Map<string, WrittenAnswer> {
  const folder = join(import.meta.dirname, '../../../labs', lab, 'pages', language);
  const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const quizzes = pages.flatMap((page) => [...readFileSync(join(folder, page), 'utf8').matchAll(quiz)]);
  return new Map(quizzes.map(([, , id = '', attributes = '', body = '']) => [id, answerIn(attributes, body)]));
}

const quiz = /^(:{3,})quiz\{#([\w-]+)([^\n]*)\}\n([\s\S]*?)^\1$/gm;

function answerIn(attributes: string, body: string): WrittenAnswer {
  const written = /\b(?:answer|accept)=(?:"([^"]*)"|(\S+))/.exec(attributes);
  const text = written?.[1] ?? written?.[2];
  if (text !== undefined) return { text: text.split('|')[0]?.trim() ?? '' };
  return { options: [...body.matchAll(/^[-*] \[x\] (.*)$/gim)].map(([, option = '']) => plain(option)) };
}

/** Markdown without its marks, as a browser shows it. */
const plain = (markdown: string) => markdown.replaceAll(/[`*_]/g, '').trim();
