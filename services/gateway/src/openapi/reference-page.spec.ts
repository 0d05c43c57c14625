import { openApiDocument } from '@lab-orchestrator/contracts/openapi';
import { describe, expect, it } from 'vitest';
import { referencePage } from './reference-page.js';
import { html } from './safe-html.js';

describe('referencePage', () => {
  const page = referencePage(openApiDocument());

  it('shows every operation with its example', () => {
    expect(page).toContain('id="startSession"');
    expect(page.match(/<details id="(?!schema-)/g)?.length).toBeGreaterThan(50);
    expect(page).toContain('&quot;labId&quot;');
  });

  it('has neither script nor inline style, and loads nothing from elsewhere', () => {
    expect(page).not.toMatch(/<script|<style|<[^>]*\s(?:style|on\w+)=|(?:src|href)="(?:https?:)?\/\//i);
  });

  it('links only to what is on the page', () => {
    const targets = new Set([...page.matchAll(/id="([^"]+)"/g)].map(([, id]) => id));
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.filter((id) => !targets.has(id))).toEqual([]);
  });
});

describe('html', () => {
  it('escapes values and keeps templates', () => {
    const evil = '<img src=x onerror="alert(1)">&\'';
    expect(html`<p>${evil}${[html`<b>${'ok'}</b>`]}</p>`.text).toBe(
      '<p>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;<b>ok</b></p>',
    );
  });
});
