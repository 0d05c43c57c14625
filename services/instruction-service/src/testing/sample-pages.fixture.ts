import { sampleLab } from '@lab-orchestrator/lab-folder/testing';

/** A lab whose pages have a step of each kind; its systems are those of the sample lab. */
export const labWithPages = (changes: Record<string, string> = {}): Record<string, string> =>
  sampleLab({
    'files/check.sh': '# Reads nothing of what the lab holds.\ntest -e marker-two && echo found two\n',
    'pages/en/01-start.md': `---
title: Start
---
Your flag is {{ flag }}, the server is {{ system.server.address }}, you are {{ user.name }}, and you like {{ colour }}.

:::step{#look title="Look around" points=2}
::tick
:::

::::step{#reach title="Reach the server" points=3}
::check{system=attacker run="test -e marker-one" message="Make the first marker."}

::check{system=attacker from=files/check.sh timeout=2s message="Make the second marker."}

:::hint{cost=1}
Try {{ flag }}.
:::

:::hint{cost=5}
Look at the script.
:::
::::

:::quiz{#ttl title="What does TTL count?" points=1 attempts=2}
- [ ] seconds
- [x] hops

:::
`,
    'pages/en/02-next.md': `---
title: Next
---
::set{name=colour label="Your colour"}

::command{system=attacker run="echo {{ colour }}"}

:::step{#said title="Say it" points=1}
::check{system=attacker run="printf %s {{ colour }}" expect="{{ colour }}" auto=10s}
:::

:::quiz{#flag title="What is the flag?" points=2 type=text answer="{{ flag }}"}
:::
`,
    ...changes,
  });
