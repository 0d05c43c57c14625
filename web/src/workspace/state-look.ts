import type { SessionSystem } from '@lab-orchestrator/contracts';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconLoader2,
  IconPlayerPause,
  type Icon,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Tone } from '../ui/status.js';

/** A system's state by icon, word and colour. */
export function stateLook({ state, stage }: SessionSystem, t: TFunction): { tone: Tone; icon: Icon; word: string } {
  switch (state) {
    case 'ready':
      return { tone: 'ready', icon: IconCircleCheck, word: t('app.stage.ready') };
    case 'paused':
      return { tone: 'quiet', icon: IconPlayerPause, word: t('app.phase.paused') };
    case 'starting':
      return { tone: 'busy', icon: IconLoader2, word: t(`app.stage.${stage}`) };
    case 'absent':
      return { tone: 'quiet', icon: IconCircleDashed, word: t('app.phase.queued') };
    default:
      return { tone: 'bad', icon: IconAlertTriangle, word: t('app.phase.failed') };
  }
}
