/** What a line begins with before its text. */
export interface LineStart {
  /** Signs that open or continue quotes, lists and footnotes. */
  containers: number;
  /** Columns of white space and numbers. */
  indent: number;
  /** Characters before the text. */
  length: number;
  isEmpty: boolean;
}

/** Reads white space and the signs of containers, in any order; rather too many than too few. */
export function startOf(line: string): LineStart {
  let at = 0;
  let containers = 0;
  let indent = 0;
  for (; at < line.length; at += 1) {
    const char = line[at] ?? '';
    const next = line[at + 1];
    const isBeforeSpace = next === undefined || next === ' ' || next === '\t';
    if (char === ' ') indent += 1;
    else if (char === '\t') indent += 4;
    else if (char === '>' || (isBeforeSpace && '-*+.)'.includes(char))) containers += 1;
    else if (char === '[' && next === '^') {
      const end = line.indexOf(']', at);
      if (end < 0 || line[end + 1] !== ':') break;
      containers += 1;
      at = end + 1;
    } else if (char < '0' || char > '9') break;
  }
  return { containers, indent, length: at, isEmpty: at === line.length && containers === 0 };
}
