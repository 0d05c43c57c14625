import type { KubeConfig } from '@kubernetes/client-node';
import type { Console } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { CapturedOutput } from '../../streams/captured-output.js';
import { toConsole } from '../../streams/to-console.js';
import { ExecWire } from './exec-wire.js';
import { firstBytes } from './first-bytes.js';
import { openPodExec, type PodPlace } from './pod-exec.js';

/** Where the images' VNC server listens; a socket, so that no other system of the lab can reach it. */
const desktopSocket = '/run/lab/desktop.sock';
const answerMs = 10_000;
const complaintBytes = 500;

/** The bytes of the desktop's VNC server. The relay ends with its input, so it needs no hanging up. */
export async function openContainerDesktop(
  config: KubeConfig,
  place: PodPlace,
  signal?: AbortSignal,
): Promise<Console> {
  const command = ['socat', '-', `UNIX-CONNECT:${desktopSocket}`];
  const said = new CapturedOutput(complaintBytes);
  const wire = new ExecWire((bytes) => said.add('stderr', bytes));
  const stream = await openPodExec(config, place, { command, tty: false, stdin: true, wire, signal });
  if (await firstBytes(stream, answerMs)) return toConsole(stream);
  const { status } = stream;
  stream.on('error', () => undefined).destroy();
  const failure = status !== undefined && 'failure' in status ? status.failure : said.text().stderr.trim();
  throw new RuntimeError('unreachable', `The desktop of ${place.pod} does not answer. ${failure}`.trim(), true);
}
