import type { Session, SessionSystem } from '@lab-orchestrator/contracts';
import type { ResolvedLab, ResolvedSystem } from '@lab-orchestrator/lab-folder';
import type { z } from 'zod';
import type { RuntimeFeatures } from '../admission/runtime-capacity.js';
import type { ImageLookup } from '../images/image-catalog.js';
import { pauseLosses } from './pause-losses.js';
import type { SessionRole } from './session-access.js';
import type { SessionEntity, SystemStatus } from './session.entity.js';

/** What the view needs beside the session's row. */
export interface SessionSurroundings {
  resolved: ResolvedLab;
  role: SessionRole;
  queue?: { place: number; estimateS?: number } | undefined;
  usualStartS?: number | undefined;
  features?: RuntimeFeatures | undefined;
  image: ImageLookup;
}

/** A session as the API shows it to one caller. */
export function sessionView(
  session: SessionEntity,
  { resolved, role, queue, usualStartS, features, image }: SessionSurroundings,
): z.input<typeof Session> {
  const { rules } = resolved;
  const idleAt =
    session.phase === 'ready' && session.activeAt
      ? new Date(session.activeAt.getTime() + session.idleS * 1000)
      : undefined;
  return {
    id: session.id,
    lab: { id: session.labId, version: session.labVersion, title: resolved.title, slug: resolved.slug },
    ownerId: session.ownerId,
    ownerName: session.ownerName,
    desired: session.desired,
    phase: session.phase,
    ...(session.reason && { reason: session.reason }),
    ...(session.endReason && { endReason: session.endReason }),
    ...(queue && { queue }),
    systems: resolved.systems.map((system) =>
      systemView(
        system,
        session.systems.find(({ name }) => name === system.name),
      ),
    ),
    createdAt: session.createdAt.toISOString(),
    ...(session.readyAt && { readyAt: session.readyAt.toISOString() }),
    ...(session.endedAt && { endedAt: session.endedAt.toISOString() }),
    deadlineAt: session.deadlineAt.toISOString(),
    ...(idleAt && { idleAt: idleAt.toISOString() }),
    extensionsLeft: Math.max(0, rules.extensions - session.extensionsUsed),
    extendByS: rules.extendByS,
    canPause: rules.pause || role === 'staff',
    ...pauseLosses(resolved, features, (name) => image(name, 'disk')),
    ...(usualStartS !== undefined && { usualStartS }),
    generation: session.generation,
    role,
  };
}

const systemView = (system: ResolvedSystem, status?: SystemStatus): SessionSystem => ({
  name: system.name,
  title: system.title,
  kind: system.kind,
  stage: status?.stage ?? 'image',
  state: status?.state ?? 'absent',
  ...(status?.percent !== undefined && { percent: status.percent }),
  ...(status?.reason && { reason: status.reason }),
  access: system.access.map(({ name, kind, title }) => ({ name, kind, ...(title && { title }) })),
  hasCredentials: system.credentials !== undefined,
});
