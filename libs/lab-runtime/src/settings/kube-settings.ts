import { z } from 'zod';

const flag = z.stringbool({ truthy: ['true', '1', 'yes', 'on'], falsy: ['false', '0', 'no', 'off'] });
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

/** JSON of image references by builtin name. Broken JSON is an issue of the variable, never an exception with its text. */
const references = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON such as {"terminal":"repository/terminal:1"}' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), z.string().min(1)));

const cidrs = list.pipe(z.array(z.union([z.cidrv4(), z.cidrv6()])));

/**
 * Settings of the Kubernetes runtime. The cluster is the one the process runs in, or the current context of
 * `KUBECONFIG`; namespaces begin with `LAB_INSTANCE`.
 */
export const kubeSettings = {
  /** Image references of the project's own images, by builtin name. */
  LAB_KUBE_BUILTIN_IMAGES: references.optional(),
  /** Storage class of the disks of systems and of golden images; the cluster's default unless told. */
  LAB_KUBE_STORAGE_CLASS: z.string().min(1).optional(),
  /** Private ranges that labs with internet may reach; every other private range stays closed to them. */
  LAB_KUBE_ALLOWED_PRIVATE_CIDRS: cidrs.default([]),
  /** Starts labs on a cluster whose network does not enforce policies: they can reach each other. For trials only. */
  LAB_KUBE_ALLOW_UNENFORCED_NETWORKS: flag.default(false),
  /** A virtual machine that was paused for so long is shut down and keeps its disks; its memory is given back. */
  LAB_KUBE_HIBERNATE_AFTER_S: z.coerce.number().int().positive().default(1_800),
};
