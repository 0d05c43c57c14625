import { z } from 'zod';
import { clusterSettings } from './cluster-settings.js';
import { jsonSetting } from './json-setting.js';

const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** JSON of names and words. */
const jsonOf = (example: string) => jsonSetting(z.record(z.string().min(1), z.string().min(1)), example);

const cidrs = list.pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])));

/**
 * Settings of the Kubernetes runtime. The cluster is the one the process runs in, or the current context of
 * `KUBECONFIG`; namespaces begin with `LAB_INSTANCE`.
 */
export const kubeSettings = {
  ...clusterSettings,
  /** References of the project's own images, by builtin name; disks are containerDisks. */
  LAB_KUBE_BUILTIN_IMAGES: jsonOf('{"terminal":"repository/terminal:1"}').optional(),
  /** Storage class of the disks of systems and of golden images; the cluster's default unless told. */
  LAB_KUBE_STORAGE_CLASS: z.string().min(1).optional(),
  /** Ranges that labs with internet and imports may not reach although they are public: those of this data centre. */
  LAB_KUBE_CLOSED_CIDRS: cidrs.default([]),
  /** Ranges that imports of images may reach although they are private: a mirror in the data centre. */
  LAB_KUBE_IMPORT_CIDRS: cidrs.default([]),
  /** Starts labs on a cluster whose network does not enforce policies: they can reach each other. For trials only. */
  LAB_KUBE_ALLOW_UNENFORCED_NETWORKS: flag.default(false),
  /** Labs may bring objects of an administrator. Needs rights for all their kinds. */
  LAB_KUBE_EXTRA_OBJECTS: flag.default(false),
  /** What a pause does with a virtual machine: keep its memory, or shut it down and keep its disks. */
  LAB_KUBE_PAUSE_VMS: z.enum(['freeze', 'hibernate']).default('freeze'),
  /** How long a pause lasts before frozen machines are shut down whose disks all last; never unless told. */
  LAB_KUBE_HIBERNATE_AFTER_S: z.coerce.number().positive().optional(),
  /** The least strict level of Pod Security that a lab may ask for. */
  LAB_KUBE_LOWEST_POD_SECURITY: z.enum(['restricted', 'baseline', 'privileged']).default('baseline'),
  /** Labels of the nodes that labs run on; any node unless told. */
  LAB_KUBE_NODE_SELECTOR: jsonOf('{"labs":"true"}').optional(),
  /** Runtime class of containers of labs, such as one with a kernel of its own. */
  LAB_KUBE_RUNTIME_CLASS: z.string().min(1).optional(),
  /** Priority class of what labs run. */
  LAB_KUBE_PRIORITY_CLASS: z.string().min(1).optional(),
};
