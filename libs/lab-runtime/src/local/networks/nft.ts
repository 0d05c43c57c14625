import { execFile, type ExecFileException } from 'node:child_process';
import { RuntimeError } from '../../port/runtime-error.js';

/** Rules of many programs on one machine wait for each other. */
const timeoutMs = 30_000;

/** Runs one atomic nftables transaction: all of it holds, or nothing of it. */
export async function nft(script: string): Promise<string> {
  return run(['-f', '-'], script);
}

/** May this process read and write firewall rules? */
export async function canFilter(): Promise<boolean> {
  const probe = `lab_probe_${process.pid}`;
  return run(['-f', '-'], `add table inet ${probe}\ndelete table inet ${probe}\n`).then(
    () => true,
    () => false,
  );
}

function run(parameters: string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;
    const child = execFile('nft', parameters, { env: { PATH: path }, timeout: timeoutMs }, (error, stdout, stderr) => {
      if (error) reject(refused(stderr.trim() || error.message, error));
      else resolve(stdout);
    });
    child.stdin?.end(input);
  });
}

function refused(why: string, cause: ExecFileException): RuntimeError {
  if (cause.killed) {
    const text = `The firewall of this machine does not answer (nft took longer than ${timeoutMs / 1000} s).`;
    return new RuntimeError('unreachable', text, true, { cause });
  }
  const text = `The firewall rules that isolate labs cannot be set (nft: ${why}), so no lab is started.`;
  return new RuntimeError('isolation_impossible', text, false, { cause });
}
