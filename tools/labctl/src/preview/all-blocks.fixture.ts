import { sampleLab } from '@lab-orchestrator/lab-folder/testing';

/** A lab with a page that has one of everything, and texts that would do harm if they were HTML. */
export const labOfEverything = (): Record<string, string> =>
  sampleLab({
    'pages/en/01-start.md': `---
title: 'One of <everything>'
---
## A heading & more

Text with *emphasis*, **strength**, ~~deletion~~, \`<script>code()</script>\`, {{ greeting }}, $x^2$, a note[^1]
and [a link](https://example.org/?a=1&b=2), [a page](02-next.md#there), ![a "picture"](network.svg),
[a file](../../files/readme.txt), :system[the workstation]{name=attacker access=shell}.

| a | b |
| :- | -: |
| 1 | 2 |

- [x] done
- [ ] not done

3. three

> quoted

\`\`\`sh title="A listing"
echo "</pre><script>alert(1)</script>"
\`\`\`

\`\`\`mermaid
graph LR; a-->b
\`\`\`

$$
e = mc^2
$$

---

::video[A film]{src=film.webm captions="en:film.vtt"}
::audio{src=sound.ogg}

:::knowledge{title="Folds <b>out</b>"}
Inside.
:::

:::::step{#ping title="Ping <i>it</i>" points=2}
::command{system=attacker access=shell run="ping -c1 {{ greeting }}"}
::copy{text="to copy"}
::set{name=nick label="Your nickname"}
::::hint[A way]{cost=1}
The hint itself.
::::
::check{system=attacker run="test -e /tmp/x" expect="yes" message="Not yet."}
:::::

::::step{#hand title="By hand"}
::tick{label="I did"}
::::

:::quiz{#ttl title="What does it count?"}
- [ ] seconds
- [x] hops
:::

:::quiz{#port title="Which port?" type=number answer=80 tolerance=1 unit=tcp}
:::

:::quiz{#word title="Which word?" type=text answer="yes" accept="sure"}
:::

[^1]: The note.
`,
    'pages/en/02-next.md': '---\ntitle: Next\n---\n:::step{#there title="There"}\n::tick\n:::\n',
    'pages/en/film.webm': 'x',
    'pages/en/film.vtt': 'WEBVTT',
    'pages/en/sound.ogg': 'x',
  });
