import { afterAll, beforeAll, describe } from 'vitest';
import { describeConsoles } from './console-cases.js';
import { describeFailures } from './failure-cases.js';
import { describeLifecycle } from './lifecycle-cases.js';
import { describeNetworks } from './network-cases.js';
import type { ConformanceSubject } from './subject.js';

export type { ConformanceSubject, Lack } from './subject.js';
export * from './steps.js';
export { describeVmCases } from './vm-cases.js';

/** Makes a subject and says how it is put away. */
export type SubjectFactory = () => Promise<{ subject: ConformanceSubject; stop(): Promise<void> }>;

/** What every runtime must do, against a real one. */
export function describeRuntime(name: string, factory: SubjectFactory): void {
  describe(name, () => {
    let made: Awaited<ReturnType<SubjectFactory>> | undefined;
    const subject = (): ConformanceSubject => {
      if (!made) throw new Error('The runtime under test was not made.');
      return made.subject;
    };
    beforeAll(async () => {
      made = await factory();
    }, 300_000);
    afterAll(() => made?.stop());

    describeLifecycle(subject);
    describeNetworks(subject);
    describeConsoles(subject);
    describeFailures(subject);
  });
}
