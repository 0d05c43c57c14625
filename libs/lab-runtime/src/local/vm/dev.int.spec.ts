import { it } from 'vitest';
import { applied, client, sessionWith, until, vm, vmLab } from './testing/vm-lab.js';
import { Screen } from './testing/screen.js';

it('dev', async () => {
  const lab = await vmLab();
  const t0 = Date.now();
  const log = (...x: unknown[]) => console.log(Date.now() - t0, ...x);
  try {
    const session = sessionWith(
      vm('server', {
        cloudInit: {
          userData: '#cloud-config\nusers:\n  - name: lab\n    plain_text_passwd: geheim\n    lock_passwd: false\n',
        },
        access: [
          { kind: 'serial', name: 'console' },
          { kind: 'web', name: 'site', port: 80, path: '/' },
        ],
      }),
      client('client'),
    );
    await applied(lab, session);
    log('applied');
    await new Promise((r) => setTimeout(r, 1500));
    let serial;
    for (;;) {
      try {
        serial = await lab.runtime.open({ sessionId: session.sessionId, system: 'server', channel: 'serial' });
        break;
      } catch (e) {
        await new Promise((r) => setTimeout(r, 200));
      }
    }
    log('serial open');
    const screen = new Screen(serial);
    void screen.shows(/[^]/).then(() => log('first byte'));
    until(lab, session, 'server', ['ready', 'broken']).then((o) => log(JSON.stringify(o)));
    await screen.shows(/login:/).catch(() => log(screen.text));
    log('login');
    screen.type('lab');
    await screen.shows(/assword:/);
    screen.type('geheim');
    await screen.shows(/[$#] /);
    log('logged in');
    log(await screen.run('id; ip addr; cat /etc/resolv.conf; ip route; hostname; uname -a; ps | tail -30'));
    for (const c of [
      ['curl', '-sS', '-m5', 'http://server/'],
      ['ping', '-c2', 'server'],
      ['cat', '/etc/hosts', '/etc/resolv.conf'],
    ])
      log(c, await lab.runtime.exec({ sessionId: session.sessionId, system: 'client' }, c, { timeoutMs: 10000 }));
    log(await screen.run('ping -c1 -W2 client; nslookup client; curl -sS http://client/'));
  } finally {
    await lab.end();
  }
}, 200_000);
