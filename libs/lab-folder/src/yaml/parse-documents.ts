import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/** People nest about ten levels. */
const maxDepth = 100;

/**
 * Parses YAML of strangers. The parser keeps its own stack while the composer behind it recurses: so the depth is
 * checked before, token by token. (A composer that runs out of stack can take the whole process with it.)
 * @throws RangeError when the text is nested too deeply
 */
export function parseDocuments(text: string, lines?: LineCounter): Document.Parsed[] {
  const parser = new Parser(lines?.addNewLine);
  lines?.addNewLine(0);
  const tokens = boundedTokens(parser, text);
  // Repeated keys are searched for by `repeatedKeys`: the composer compares each key with every other one.
  return [...new Composer({ prettyErrors: false, uniqueKeys: false, logLevel: 'silent' }).compose(tokens)].filter(
    isParsed,
  );
}

function* boundedTokens(parser: Parser, text: string) {
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > maxDepth) throw new RangeError('nested too deeply');
  }
  yield* parser.end();
}

const isParsed = (document: Document.Parsed | Document): document is Document.Parsed => 'range' in document;
