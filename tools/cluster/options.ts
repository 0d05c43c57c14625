import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Advice } from '../setup/advice.mjs';

export interface Options {
  command: 'install' | 'uninstall' | 'test' | 'help';
  namespace: string;
  release: string;
  /** Begins every namespace of a session. */
  instance: string;
  /** Where images are pushed to and pulled from; without it they are loaded. */
  registry: string | undefined;
  /** Program that loads an image into the cluster's nodes: `PROGRAM NAME:TAG FILE`. */
  imageLoader: string | undefined;
  /** Files with values for the chart, read last. */
  values: string[];
  /** Lab images to take along. */
  images: string[];
  /** On localhost; 0 takes any free port. */
  port: number;
  build: boolean;
  /** Goes on answering on localhost until it is stopped. */
  forward: boolean;
  json: boolean;
  /** What `--test` hands on to Vitest. */
  rest: string[];
}

const LAB_IMAGES = ['terminal', 'small-vm', 'desktop'];

export const HELP = `npm run cluster -- [options]        installs Lab Orchestrator on a Kubernetes cluster

  --registry REF        push the images there (host/path), for clusters that pull; needs podman or docker, signed in
  --image-loader FILE   a program that loads an image into the nodes instead: FILE NAME:TAG ARCHIVE
  --values FILE         values for the chart, more than once if need be; without a publicUrl it answers on localhost
  --images a,b          lab images to take along (default ${LAB_IMAGES.join(',')})
  --namespace NAME      (default lab-orchestrator)
  --release NAME        (default lab-orchestrator)
  --instance NAME       begins the namespaces of sessions (default lab); another one for a second installation
  --port N              port on localhost (default 8480, 0 for any free port)
  --no-build            take what is built already
  --no-forward          do not answer on localhost; return when all is ready
  --json                when all is ready, print one line of JSON: the address and the administrator's login
  --uninstall           end all labs and remove everything again, its data included
  --test [-- FILES]     run the conformance suite and the end-to-end specs against the cluster (npm run test:cluster)
  --help                this text

The cluster is the one of KUBECONFIG. Without it, a test cluster is used whose folder LAB_TEST_CLUSTER names (or
../shared/cluster): it has the programs up and load-image.`;

/** Reads the command line. Relative paths are meant from where the person stands. */
export function parseOptions(args: string[], from: string): Options {
  const { values, positionals } = read(args);
  return {
    command: values.help ? 'help' : values.uninstall ? 'uninstall' : values.test ? 'test' : 'install',
    namespace: dnsLabel('--namespace', values.namespace),
    release: dnsLabel('--release', values.release),
    instance: instanceName(values.instance),
    registry: values.registry?.replace(/\/+$/, ''),
    imageLoader: values['image-loader'] === undefined ? undefined : resolve(from, values['image-loader']),
    values: (values.values ?? []).map((file) => resolve(from, file)),
    images: values.images?.split(',').filter(Boolean) ?? LAB_IMAGES,
    port: portOf(values.port),
    build: !values['no-build'],
    forward: !values['no-forward'],
    json: values.json,
    rest: positionals,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        uninstall: { type: 'boolean', default: false },
        test: { type: 'boolean', default: false },
        namespace: { type: 'string', default: 'lab-orchestrator' },
        release: { type: 'string', default: 'lab-orchestrator' },
        instance: { type: 'string', default: 'lab' },
        registry: { type: 'string' },
        'image-loader': { type: 'string' },
        values: { type: 'string', multiple: true },
        images: { type: 'string' },
        port: { type: 'string', default: '8480' },
        'no-build': { type: 'boolean', default: false },
        'no-forward': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new Advice(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  }
}

function dnsLabel(option: string, name: string): string {
  if (/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return name;
  throw new Advice(`${option} ${name}: up to 40 lower-case letters, digits and "-", beginning with a letter.`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Advice(`--port ${text}: a port is a number from 0 to 65535.`);
}

/** Where this tool keeps archives and layers. */
export const clusterCache = (checkout: string) => join(checkout, '.cache/cluster');

/** As the chart takes it: the beginning of many names. */
function instanceName(text: string): string {
  if (/^[a-z][a-z0-9]{0,11}$/.test(text)) return text;
  throw new Advice(`--instance is "${text}"; it must be 1 to 12 small letters and digits, beginning with a letter.`);
}
