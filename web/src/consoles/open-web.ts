import { call } from '../api/call.js';

/** Opens a web access in a tab of its own. The ticket goes in the body of a form: addresses end up in logs. */
export async function openWeb(sessionId: string, system: string, access: string): Promise<void> {
  const { url, ticket } = await call('openConsole', {
    params: { sessionId },
    body: { system, access, mode: 'control' },
  });
  const form = document.createElement('form');
  form.method = 'post';
  form.action = url;
  form.target = '_blank';
  // The page is written by strangers: it gets no way back to this window. The entrance checks the Origin, which
  // `noreferrer` would hide; it passes no referrer on to the page.
  form.rel = 'noopener';
  const field = document.createElement('input');
  field.type = 'hidden';
  field.name = 'ticket';
  field.value = ticket;
  form.append(field);
  document.body.append(form);
  form.submit();
  form.remove();
}
