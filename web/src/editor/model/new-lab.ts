import type { LabFiles } from './lab-files.js';

export interface NewLab {
  id: string;
  title: string;
  language: 'en' | 'de';
}

export const isLabId = (id: string): boolean => /^[a-z][a-z0-9-]{0,39}$/.test(id);

/** An id that the title suggests: `Zwei Rechner, ein Netz` → `zwei-rechner-ein-netz`. */
export const idFor = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');

const pages = {
  en: `---
title: First steps
---

Welcome. You work on :system[a computer of your own]{name=desk access=shell}.

:::step{#hello title="Leave a note" points=1}
Write a file named \`note.txt\` into your home folder:

::command{system=desk access=shell run="echo hello > ~/note.txt"}

::check{system=desk run="test -s /home/lab/note.txt" message="There is no file note.txt in your home folder yet."}
:::
`,
  de: `---
title: Erste Schritte
---

Willkommen. Sie arbeiten an :system[einem eigenen Rechner]{name=desk access=shell}.

:::step{#hello title="Eine Notiz hinterlassen" points=1}
Legen Sie in Ihrem Home-Verzeichnis eine Datei \`note.txt\` an:

::command{system=desk access=shell run="echo hallo > ~/note.txt"}

::check{system=desk run="test -s /home/lab/note.txt" message="In Ihrem Home-Verzeichnis gibt es noch keine Datei note.txt."}
:::
`,
};
const workstation = { en: 'Your computer', de: 'Ihr Rechner' };

/** A small lab that works as it is: one container with a terminal, one page with a step and its check. */
export const newLab = ({ id, title, language }: NewLab): LabFiles =>
  new Map([
    [
      'lab.yaml',
      `apiVersion: lab/v1
id: ${id}
title: ${JSON.stringify(title)}
summary: ""
languages: [${language}]
level: beginner
duration: 30m

systems:
  - name: desk
    title: ${workstation[language]}
    kind: container
    image: terminal
    access:
      - { name: shell, kind: terminal }
`,
    ],
    [`pages/${language}/01-start.md`, pages[language]],
  ]);
