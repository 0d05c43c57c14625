import type { Phase } from '@lab-orchestrator/contracts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClockHour4,
  IconLoader2,
  IconPlayerPause,
  IconSquare,
  type Icon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './status.module.css';

export type Tone = 'ready' | 'busy' | 'warn' | 'bad' | 'quiet';

const looks: Record<Phase, { tone: Tone; icon: Icon }> = {
  requested: { tone: 'busy', icon: IconCircleDashed },
  queued: { tone: 'warn', icon: IconClockHour4 },
  provisioning: { tone: 'busy', icon: IconLoader2 },
  ready: { tone: 'ready', icon: IconCircleCheck },
  pausing: { tone: 'quiet', icon: IconLoader2 },
  paused: { tone: 'quiet', icon: IconPlayerPause },
  resuming: { tone: 'busy', icon: IconLoader2 },
  failed: { tone: 'bad', icon: IconAlertTriangle },
  ending: { tone: 'quiet', icon: IconLoader2 },
  ended: { tone: 'quiet', icon: IconSquare },
};

/** A state by icon, word and colour. */
export function Status({ tone, icon: Glyph, word }: { tone: Tone; icon: Icon; word: string }) {
  return (
    <span className={classes.status} data-tone={tone}>
      <Glyph size={16} aria-hidden className={Glyph === IconLoader2 ? classes.turning : undefined} />
      {word}
    </span>
  );
}

export function PhaseStatus({ phase }: { phase: Phase }) {
  const { t } = useTranslation();
  return <Status {...looks[phase]} word={t(`app.phase.${phase}`)} />;
}
