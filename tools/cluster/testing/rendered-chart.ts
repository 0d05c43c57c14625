import { parseAllDocuments } from 'yaml';
import { checkout } from '../../setup/checkout.mjs';
import { chartFolder } from '../helm/chart-folder.ts';
import { helmProgram } from '../helm/helm-program.ts';
import { outputOf } from '../images/command.ts';

export interface Rule {
  apiGroups?: string[];
  resources?: string[];
  verbs: string[];
  nonResourceURLs?: string[];
}
interface Container {
  name: string;
  env?: { name: string; value?: string }[];
  securityContext?: Record<string, unknown>;
  resources?: { limits?: unknown; requests?: unknown };
}
export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  securityContext?: Record<string, unknown>;
  initContainers?: Container[];
  containers: Container[];
  volumes?: Record<string, unknown>[];
}
export interface Rendered {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  rules?: Rule[];
  roleRef?: { kind: string; name: string };
  subjects?: { kind: string; name: string; namespace?: string }[];
  spec?: PodSpec & { template?: { metadata: { labels: Record<string, string> }; spec: PodSpec } };
}

export const chart = chartFolder(checkout);

/** Why the chart cannot be rendered on this machine, or undefined. The first time helm is built, which takes minutes. */
export const withoutHelm = await helmProgram(checkout, process.env).then(
  () => undefined,
  (error: Error) => error.message,
);

/** Runs helm on the chart as it would for a cluster of 1.34. */
export async function helm(verb: string[], settings: string[]): Promise<string> {
  const program = await helmProgram(checkout, process.env);
  return outputOf([program, ...verb, '--kube-version', '1.34.0', ...settings.flatMap((setting) => ['--set', setting])]);
}

/** The objects of the chart with these settings. */
export async function render(...settings: string[]): Promise<Rendered[]> {
  const text = await helm(['template', 'lab-orchestrator', chart, '--namespace', 'platform'], settings);
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Rendered | null)
    .filter((object) => object !== null);
}

/** Every pod that comes of an object. */
export function podOf({ kind, spec }: Rendered): PodSpec | undefined {
  return kind === 'Pod' ? spec : spec?.template?.spec;
}
