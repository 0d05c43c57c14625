import type { PageTemplate } from '@lab-orchestrator/contracts';

type State = 'open' | 'single' | 'double' | 'lost';

const inQuotes =
  'holds a variable between quotes; a variable is one argument by itself, so write {{ name }} without quotes around it';
const unclear =
  'holds a variable where it could not stand as one argument: behind a backslash, "$", a comment, a backquote, "((", "[[", "<<", "$[", "${" or a quote with "$(" in it';

/**
 * Why the variables of a shell command cannot each become one literal argument, or undefined when they can.
 * A value is put between single quotes, which is literal only where the shell is not inside other quotes. What is too
 * hard to tell (here-documents, arithmetic, backquotes, nested quotes) is refused, never guessed.
 */
export function shellProblem(template: PageTemplate): string | undefined {
  let state: State = 'open';
  let before = '';
  for (const part of template) {
    if (part.type === 'text') {
      state = after(part.value, state, before);
      before = part.value.at(-1) ?? before;
      continue;
    }
    if (state === 'single' || state === 'double') return inQuotes;
    if (state === 'lost' || before === '\\' || before === '$') return unclear;
    before = "'";
  }
  return undefined;
}

/** What opens something whose end this does not follow. */
const losing = ['((', '$[', '[[', '<<', '${', "$'", '`'];

/** The state of the shell behind a text; `before` is the character in front of it. */
function after(text: string, from: State, before: string): State {
  let state = from;
  for (let at = 0; at < text.length && state !== 'lost'; at += 1) {
    const char = text[at];
    if (state === 'single') state = char === "'" ? 'open' : 'single';
    else if (state === 'double') {
      if (char === '\\') at += 1;
      else if (char === '"') state = 'open';
      else if (char === '`' || (char === '$' && '({['.includes(text[at + 1] ?? '{'))) state = 'lost';
    } else if (char === '\\') at += 1;
    else if (char === '"') state = 'double';
    else if (losing.some((each) => text.startsWith(each, at)) || startsComment(text, at, before)) state = 'lost';
    else if (char === "'") state = 'single';
  }
  return state;
}

const startsComment = (text: string, at: number, before: string) =>
  text[at] === '#' && /^$|[\s;|&()]/.test(at > 0 ? (text[at - 1] ?? '') : before);
