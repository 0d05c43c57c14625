import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Advice } from '../setup/advice.mjs';

export interface Options {
  command: 'start' | 'clean' | 'help';
  dataDir: string;
  /** 0 takes any free port. */
  port: number;
  reset: boolean;
  /** Answers yes to every question. */
  yes: boolean;
  json: boolean;
  /** Base images to build; empty means all. */
  images: string[];
}

export const HELP = `npm start -- [options]        runs Lab Orchestrator on this machine

  --port N         port of the web page (default 8080, 0 for any free port)
  --data DIR       folder for everything that is kept (default .data in this checkout)
  --json           when all is ready, print one line of JSON: the address and the administrator's login
  --images A,B     base images to build when they are missing (default all); labs that need another one say so
  --reset          first remove all running labs, people and sessions of the data folder (asks before it does)
  --clean          remove them and do not start (npm run clean)
  --yes            do not ask
  --help           this text

Environment: LAB_DATABASE_URL, LAB_NATS_URL, LAB_REDIS_URL and LAB_ENGINE_URL use servers you run yourself;
LAB_PUBLIC_URL is the address people type, if it is not http://localhost:<port>; LAB_NO_INSTALL=1 never installs
Debian packages.`;

/** Reads the command line. Relative folders are meant from where the person stands. */
export function parseOptions(args: string[], checkout: string, from: string): Options {
  const { values } = read(args);
  return {
    command: values.help ? 'help' : values.clean ? 'clean' : 'start',
    dataDir: values.data === undefined ? join(checkout, '.data') : resolve(from, values.data),
    port: portOf(values.port),
    reset: values.reset,
    yes: values.yes,
    json: values.json,
    images: values.images?.split(',').filter(Boolean) ?? [],
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        data: { type: 'string' },
        port: { type: 'string', default: '8080' },
        reset: { type: 'boolean', default: false },
        clean: { type: 'boolean', default: false },
        yes: { type: 'boolean', short: 'y', default: false },
        json: { type: 'boolean', default: false },
        images: { type: 'string' },
      },
    });
  } catch (error) {
    throw new Advice(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Advice(`--port ${text}: a port is a number from 0 to 65535.`);
}
