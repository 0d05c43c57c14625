import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runLab, type LabRun } from './lab-run.js';

let lab: LabRun;
beforeAll(async () => {
  lab = await runLab('desktop', ['desktop']);
}, 600_000);
afterAll(() => lab?.end());

it('speaks RFB on its screen', async () => {
  const screen = await lab.runtime.open({ sessionId: lab.session.sessionId, system: 'desk', channel: 'desktop' });
  const [greeting] = await once(screen, 'data');
  screen.destroy();
  expect(String(greeting)).toBe('RFB 003.008\n');
});

it('runs panel, window manager and desktop as the learner, and shows no process of root', async () => {
  await expect.poll(() => lab.sh('desk', 'ps -eo comm=').then(({ stdout }) => stdout), { timeout: 60_000 }).toMatch(
    /xfce4-panel/,
  );
  const { stdout } = await lab.sh('desk', 'ps -eo user:20=,comm=');
  expect(stdout).toContain('xfwm4');
  expect(stdout).toContain('xfdesktop');
  expect(stdout).not.toMatch(/^root /m);
});

it('shows a page in its browser without a user namespace of its own', async () => {
  await lab.sh('desk', 'busybox httpd -p 8000 -h /home/lab/public');
  expect((await lab.sh('desk', 'curl -fsS http://localhost:8000/readme.txt')).stdout).toContain('shown to others');
  const shot = 'timeout 90 firefox-esr --headless --screenshot /tmp/page.png http://localhost:8000/readme.txt';
  const { sessionId } = lab.session;
  await lab.runtime.exec({ sessionId, system: 'desk' }, ['sh', '-c', shot], { timeoutMs: 100_000 });
  expect((await lab.sh('desk', 'head -c8 /tmp/page.png | od -c')).stdout).toContain('P   N   G');
}, 120_000);
