import { outputOf } from '../images/command.ts';

/** As much of an object as this tool looks at. */
export interface KubeObject {
  kind?: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string>; creationTimestamp?: string };
  [field: string]: unknown;
}

/** kubectl of one cluster. */
export class Kubectl {
  readonly env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.env = env;
  }

  run(args: readonly string[], input?: string): Promise<string> {
    return outputOf(['kubectl', ...args], { env: this.env, ...(input !== undefined && { input }) });
  }

  async list<T = KubeObject>(args: readonly string[]): Promise<T[]> {
    const { items }: { items: T[] } = JSON.parse(await this.run(['get', ...args, '-o', 'json']));
    return items;
  }

  /** One object, or undefined when there is none of that name. */
  async find<T = KubeObject>(args: readonly string[]): Promise<T | undefined> {
    const text = await this.run(['get', ...args, '--ignore-not-found', '-o', 'json']);
    return text.trim() === '' ? undefined : JSON.parse(text);
  }

  apply(objects: readonly object[]): Promise<string> {
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.run(['apply', '--server-side', '--field-manager=lab-cluster-tool', '-f', '-'], JSON.stringify(list));
  }
}
