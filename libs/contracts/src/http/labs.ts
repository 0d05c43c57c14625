import { z } from 'zod';
import { Diagnostic } from '../lab-file/diagnostic.js';
import { labLevels, LabSlug } from '../lab-file/lab-file.js';
import { DnsLabel } from '../session/session-spec.js';
import { Instant, Paging, QueryFlag } from './paging.js';
import { freeText } from './free-text.js';

export const visibilities = ['private', 'course', 'public'] as const;

const SystemSummary = z.strictObject({
  name: DnsLabel,
  title: z.string(),
  kind: z.enum(['container', 'vm']),
  image: z.string(),
  networks: z.array(DnsLabel),
  access: z.array(z.strictObject({ name: DnsLabel, kind: z.enum(['terminal', 'serial', 'desktop', 'web']) })),
});

export const Lab = z.strictObject({
  id: z.uuid(),
  slug: LabSlug,
  title: z.string(),
  summary: z.string(),
  level: z.enum(labLevels),
  durationS: z.int(),
  tags: z.array(z.string()),
  languages: z.array(z.string()),
  visibility: z.enum(visibilities),
  archived: z.boolean(),
  ownerId: z.uuid(),
  /** The newest version. */
  version: z.int().positive(),
  systems: z.array(SystemSummary),
  networks: z.array(z.strictObject({ name: DnsLabel, internet: z.boolean() })),
  needs: z.strictObject({ cpus: z.number(), memoryBytes: z.int(), vms: z.int(), containers: z.int() }),
  rules: z.strictObject({
    deadlineS: z.int(),
    idleS: z.int(),
    extendByS: z.int(),
    extensions: z.int(),
    pause: z.boolean(),
  }),
  /** The caller's open session of this lab, to continue. */
  openSessionId: z.uuid().optional(),
  /** Changes with each edit; the ETag. */
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Lab = z.infer<typeof Lab>;

export const ListLabs = Paging.extend({
  search: freeText(100).optional(),
  tag: freeText(40).optional(),
  level: z.enum(labLevels).optional(),
  mine: QueryFlag.optional(),
  archived: QueryFlag.optional(),
  sort: z.enum(['title', '-title', 'updatedAt', '-updatedAt', 'level', 'durationS']).default('title'),
});

export const LabVersion = z.strictObject({
  labId: z.uuid(),
  version: z.int(),
  digest: z.string(),
  title: z.string(),
  createdAt: Instant,
  createdById: z.uuid(),
  source: z.string(),
  openSessions: z.int().optional(),
});
export type LabVersion = z.infer<typeof LabVersion>;

/** Body of POST /labs in JSON; a zip comes as multipart field `archive`. */
export const ImportLabFromGit = z.strictObject({
  git: z.strictObject({
    url: z.url().max(2048),
    ref: freeText(200).min(1).default('HEAD'),
    path: freeText(1024).default(''),
  }),
});
/** `created: false`: the same content was there already. */
export const ImportedLab = z.strictObject({
  lab: Lab,
  version: z.int(),
  /** Names the version by its content; in quotes it is the ETag of the version's archive. */
  digest: z.string().optional(),
  created: z.boolean(),
  warnings: z.array(Diagnostic),
});
export const LabValidation = z.strictObject({
  valid: z.boolean(),
  diagnostics: z.array(Diagnostic),
  lab: z.strictObject({ slug: LabSlug, title: z.string() }).optional(),
});
export const UpdateLab = z.strictObject({
  visibility: z.enum(visibilities).optional(),
  archived: z.boolean().optional(),
});
