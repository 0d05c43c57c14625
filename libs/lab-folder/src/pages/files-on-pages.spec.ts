import { describe, expect, it } from 'vitest';
import { checkFolder } from '../check/check-folder.js';
import { filesOf, sampleLab } from '../testing/sample-lab.js';
import { filesOnPages } from './files-on-pages.js';

const media = Object.fromEntries(
  ['png', 'hint.png', 'option.png', 'said.png', 'note.png', 'cell.png', 'chosen.png'].map((name) => [
    `pages/en/${name === 'png' ? 'a.png' : name}`,
    'x',
  ]),
);
const page = `---
title: All of it
---
- A list with *![a picture](a.png)* and [notes](../../files/notes.pdf)

| cell                |
| ------------------- |
| ![cell](cell.png)   |

::video[A film]{src=film.webm poster=poster.jpg captions="en:film.vtt"}
::audio{src=sound.ogg}
::download[a script]{src="../../files/given.sh"}

Text with a note.[^1]

[^1]: ![note](note.png)

::::step{#look title="Look"}
:::hint{cost=1}
![hint](hint.png)
:::
::check{system=attacker from="files/check.sh" run="sh"}
::::

::::quiz{#which title="Which?"}
- [ ] this ![option](option.png)

  ![said of it](chosen.png)
- [x] that
:::feedback
![said](said.png)
:::
::::
`;
const files = {
  ...media,
  'pages/en/01-start.md': page,
  'pages/en/film.webm': 'x',
  'pages/en/poster.jpg': 'x',
  'pages/en/film.vtt': 'x',
  'pages/en/sound.ogg': 'x',
  'pages/en/unused.png': 'x',
  'files/notes.pdf': 'x',
  'files/given.sh': 'x',
  'files/check.sh': 'true',
};

describe('filesOnPages', () => {
  it('names what pages, hints and feedback show, and nothing else', () => {
    const { instructions, diagnostics } = checkFolder(filesOf(sampleLab(files)));
    expect(diagnostics).toEqual([]);
    expect([...filesOnPages(instructions ?? { languages: [], steps: [], sets: [] })].toSorted()).toEqual(
      [
        ...Object.keys(media),
        'files/given.sh',
        'files/notes.pdf',
        'pages/en/film.vtt',
        'pages/en/film.webm',
        'pages/en/poster.jpg',
        'pages/en/sound.ogg',
      ].toSorted(),
    );
  });
});
