import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { ApiError } from '../api/api-error.js';
import { wordsFor } from './problem.js';

const closeButton = () => ({ 'aria-label': i18next.t('app.action.close') });

/** Says in passing that something was done. */
export const notifyDone = (message: string) =>
  notifications.show({ message, autoClose: 4_000, withBorder: true, closeButtonProps: closeButton() });

/** Says that something failed; stays until it is closed. */
export function notifyError(error: unknown): void {
  if (error instanceof ApiError && error.code === 'signed_out') return;
  const { text, advice } = wordsFor(error, i18next.t);
  const request =
    error instanceof ApiError && error.requestId !== undefined
      ? `${i18next.t('app.error.requestId')} ${error.requestId}`
      : '';
  notifications.show({
    title: text,
    message: [advice, request].filter(Boolean).join(' '),
    color: 'red',
    autoClose: false,
    withBorder: true,
    closeButtonProps: closeButton(),
    role: 'alert',
  });
}
