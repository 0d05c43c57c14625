import { createServer } from 'node:net';
import { freePort } from '@lab-orchestrator/dev';
import { Advice } from '../../setup/advice.mjs';

/** The port people asked for, or a clear refusal when somebody else has it. */
export async function publicPort(wanted: number): Promise<number> {
  if (wanted === 0) return freePort();
  const trouble = await troubleWith(wanted);
  if (trouble === undefined) return wanted;
  if (trouble === 'EACCES') throw new Advice(`Port ${wanted} needs root. Choose one above 1023 with --port N.`);
  throw new Advice(
    `Port ${wanted} is in use by another program. Stop that program, or choose another port with --port N.`,
  );
}

/** The wanted port if it is free, else any other: for doors whose number nobody types. */
export async function preferredPort(wanted: number): Promise<number> {
  return wanted <= 65_535 && (await troubleWith(wanted)) === undefined ? wanted : freePort();
}

/** Why a port cannot be listened on, on every address, as the gateway may do. */
function troubleWith(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port }, () => server.close(() => resolve(undefined)));
  });
}
