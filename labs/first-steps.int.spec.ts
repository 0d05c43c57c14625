import { afterAll, beforeAll, expect, it } from 'vitest';
import { LabChecks } from './checks.js';
import { runLab, type LabRun } from './lab-run.js';

const motto = `it's $HOME, "quoted" & \`whoami\``;
let lab: LabRun;
let checks: LabChecks;
beforeAll(async () => {
  lab = await runLab('first-steps', ['terminal']);
  const { stdout } = await lab.sh('workstation', 'cut -d" " -f4 /home/lab/letters/.hidden | tr -d .');
  checks = new LabChecks(lab, 'first-steps', { word: stdout.trim(), motto });
}, 600_000);
afterAll(() => lab?.end());

/** What a learner does in each step that is checked. */
const work: Record<string, string> = {
  read: 'cp letters/ada.txt letter.txt',
  hidden: `cut -d" " -f4 letters/.hidden | tr -d . > word.txt`,
  motto: String.raw`printf '%s\n' 'it'\''s $HOME, "quoted" & ` + "`whoami`' > motto.txt",
  count: 'grep WARNING harbour.log > warnings.txt',
  busiest: `grep -v WARNING harbour.log | cut -d' ' -f2 | sort | uniq -c | sort -rn | head -n1 | grep -o '[A-Z].*' > ship.txt`,
  json: `echo '{"ship": {"name": "Delfin", "tons": 900}}' > ship.json`,
  private: `echo 'Dear Ada' > answer.txt; chmod 600 answer.txt`,
};

it('has checks that fail before the work is done and pass after it', async () => {
  expect(checks.steps).toEqual(Object.keys(work));
  for (const [step, command] of Object.entries(work)) {
    expect(await checks.pass(step), `${step} before`).not.toContain(true);
    expect(await lab.sh('workstation', `cd /home/lab; ${command}`), step).toMatchObject({ exitCode: 0 });
    expect(await checks.pass(step), `${step} after`).not.toContain(false);
  }
}, 120_000);
