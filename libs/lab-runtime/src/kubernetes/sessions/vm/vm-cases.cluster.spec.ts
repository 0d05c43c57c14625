import { afterAll, beforeAll } from 'vitest';
import { type ConformanceSubject, missingImage, smallDisk, terminalImage } from '../../../conformance/subject.js';
import { describeVmCases } from '../../../conformance/vm-cases.js';
import { kinds } from '../../client/kinds.js';
import { label } from '../../labels.js';
import { describeOnCluster } from '../../testing/test-cluster.js';
import { TestRuntimes } from '../../testing/test-runtimes.js';

/** The project's own images, as the cluster knows them. */
const terminal = process.env['LAB_TEST_TERMINAL_IMAGE'] ?? 'registry.test/terminal:1';
const smallVm = process.env['LAB_TEST_SMALL_VM_IMAGE'] ?? 'registry.test/small-vm:1';

/** KubeVirt from 1.9 on lets a disk fill its volume at boot; the test cluster does not. */
const expandsDisks = process.env['LAB_TEST_EXPANDS_DISKS'] === '1';

describeOnCluster('the Kubernetes runtime', (cluster) => {
  const runtimes = new TestRuntimes(cluster, 'v');
  let subject: ConformanceSubject;

  beforeAll(async () => {
    const options = { builtinImages: { terminal }, builtinDisks: { 'small-vm': smallVm } };
    const runtime = await runtimes.open(options);
    subject = {
      runtime,
      second: await runtimes.open(options),
      image: terminalImage,
      missingImage,
      forbidden: [],
      lacks: new Set([
        'frozen containers',
        'container files over a restart',
        'own addresses in guests',
        'exact sizes of disks',
        'names without a domain',
        ...(expandsDisks ? [] : (['larger copies of disks'] as const)),
      ]),
      disks: { small: smallDisk },
      leftovers: async (sessionId) => {
        const found = await cluster().list(kinds.namespace, { labelSelector: `${label.session}=${sessionId}` });
        return found.map(({ metadata }) => metadata.name ?? '');
      },
    };
  }, 120_000);
  afterAll(() => runtimes.close(), 180_000);

  describeVmCases(() => subject);
});
