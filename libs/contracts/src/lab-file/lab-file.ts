import { z } from 'zod';
import { KubernetesObject, mostKubernetesObjects } from '../session/kubernetes-object.js';
import { DnsLabel } from '../session/session-spec.js';
import { Duration } from './quantities.js';
import { LabPreset, LabSystem } from './systems.js';

/** A lab's slug. */
export const LabSlug = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected 1 to 40 lower-case letters, digits or "-", starting with a letter');
export const labLevels = ['beginner', 'intermediate', 'advanced'] as const;
export const VariableName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected lower-case letters, digits and "_", starting with a letter');
export const Language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'expected a language tag such as en or de');

/** One value per session: generated, or given. */
export const LabVariable = z.union([
  z.strictObject({
    generate: z.enum(['hex', 'password', 'number', 'uuid']),
    length: z.int().min(1).max(128).default(16),
    secret: z.boolean().default(false),
  }),
  z.strictObject({ value: z.string().max(4096), secret: z.boolean().default(false) }),
]);
export type LabVariable = z.infer<typeof LabVariable>;

export const LabSessionRules = z.strictObject({
  deadline: Duration.default('2h'),
  idle: Duration.default('30m'),
  extend: z.strictObject({ by: Duration, times: z.int().min(0).max(20) }).default({ by: '30m', times: 2 }),
  pause: z
    .union([z.boolean(), z.literal('hibernate')])
    .default(true)
    .describe('Learners may pause; hibernate: a cluster then shuts machines down whose disks all last'),
  perUser: z.int().min(1).max(10).default(1).describe('Open sessions of this lab that one user may have'),
});

/** `lab.yaml`. Unknown fields are refused; fields are only ever added as optional ones. */
export const LabFile = z.strictObject({
  apiVersion: z.literal('lab/v1'),
  id: LabSlug,
  title: z.string().min(1).max(120),
  summary: z.string().max(500).default(''),
  languages: z.array(Language).min(1).max(10).default(['en']),
  tags: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,29}$/))
    .max(20)
    .default([]),
  level: z.enum(labLevels).default('beginner'),
  duration: Duration.default('45m'),
  session: LabSessionRules.prefault({}),
  variables: z.record(VariableName, LabVariable).default({}),
  networks: z
    .record(DnsLabel, z.strictObject({ internet: z.boolean().default(false) }))
    .default({ lan: { internet: false } }),
  presets: z.record(DnsLabel, LabPreset).default({}),
  systems: z.array(LabSystem).min(1).max(20),
  kubernetes: z
    .strictObject({ objects: z.array(KubernetesObject).max(mostKubernetesObjects) })
    .optional()
    .describe('Admins only'),
  instructions: z.string().max(200).default('pages'),
});
export type LabFile = z.infer<typeof LabFile>;
