import type { CheckOptions } from '../options.js';
import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';

/** The one door to raw objects of the cluster is for admins only; there are no other privileges to ask for. */
export function checkPrivileges({ kubernetes }: Outline, { allowKubernetesObjects }: CheckOptions, report: Reporter) {
  if (allowKubernetesObjects === false && kubernetes && kubernetes.objects.length > 0)
    report.error(
      ['kubernetes', 'objects'],
      'not_allowed',
      'only an admin may import a lab with Kubernetes objects of its own',
    );
}
