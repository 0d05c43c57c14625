import type { Lab, LabVersion } from '@lab-orchestrator/contracts';
import type { ResolvedLab, ResolvedSystem } from '@lab-orchestrator/lab-folder';
import type { z } from 'zod';
import type { LabEntity } from './lab.entity.js';
import type { LabVersionEntity } from './lab-version.entity.js';

/** A lab as the API shows it. */
export function labView(lab: LabEntity, resolved: ResolvedLab, openSessionId?: string): z.input<typeof Lab> {
  return {
    id: lab.id,
    slug: lab.slug,
    title: lab.title,
    summary: lab.summary,
    level: lab.level,
    durationS: lab.durationS,
    tags: lab.tags,
    languages: resolved.languages,
    visibility: lab.visibility,
    archived: lab.archived,
    ownerId: lab.ownerId,
    version: lab.version,
    systems: resolved.systems.map(systemSummary),
    networks: resolved.networks,
    needs: needsOf(resolved),
    rules: {
      deadlineS: resolved.rules.deadlineS,
      idleS: resolved.rules.idleS,
      extendByS: resolved.rules.extendByS,
      extensions: resolved.rules.extensions,
      pause: resolved.rules.pause,
    },
    ...(openSessionId && { openSessionId }),
    revision: lab.revision,
    createdAt: lab.createdAt.toISOString(),
    updatedAt: lab.updatedAt.toISOString(),
  };
}

export const versionView = (version: LabVersionEntity, openSessions?: number): LabVersion => ({
  labId: version.labId,
  version: version.version,
  digest: version.digest,
  title: version.title,
  createdAt: version.createdAt.toISOString(),
  createdById: version.createdById,
  source: version.source,
  ...(openSessions !== undefined && { openSessions }),
});

/** What one session of a lab takes. */
export function needsOf({ systems }: Pick<ResolvedLab, 'systems'>) {
  const vms = systems.filter(({ kind }) => kind === 'vm').length;
  return {
    // Quarters add up exactly; tenths would not.
    cpus: Math.round(systems.reduce((sum, { cpus }) => sum + cpus, 0) * 1000) / 1000,
    memoryBytes: systems.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    vms,
    containers: systems.length - vms,
  };
}

const systemSummary = (system: ResolvedSystem) => ({
  name: system.name,
  title: system.title,
  kind: system.kind,
  image: imageOf(system),
  networks: system.networks,
  access: system.access.map(({ name, kind }) => ({ name, kind })),
});

function imageOf(system: ResolvedSystem) {
  if (system.kind === 'container') return system.image;
  for (const disk of system.disks) if (disk.kind !== 'empty') return disk.image;
  return '';
}
