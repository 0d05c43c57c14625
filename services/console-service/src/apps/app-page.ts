import type { ServerResponse } from 'node:http';

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** A plain page in place of the app's own, when there is nothing to show. */
export function answerPage(response: ServerResponse, status: number, title: string, advice: string) {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    ...(status === 503 && { 'retry-after': '2' }),
  });
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
      `<title>${escaped(title)}</title><style>body{font:1rem/1.5 system-ui;margin:20vh auto;max-width:32rem;padding:0 1rem}</style>` +
      `<h1>${escaped(title)}</h1><p>${escaped(advice)}</p></html>`,
  );
}
