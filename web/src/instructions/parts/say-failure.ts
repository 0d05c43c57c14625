import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import type { Outcome } from '../model/console-actions.js';

/** Why a click did nothing, in the words of a learner. */
export function sayFailure(outcome: Outcome, title: string, t: TFunction): void {
  if (outcome === 'done') return;
  notifications.show({
    message: t(`instructions.failure.${outcome}`, { title }),
    color: 'yellow',
    autoClose: 8_000,
    withBorder: true,
    role: 'alert',
  });
}
