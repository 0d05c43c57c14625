import { notifications } from '@mantine/notifications';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsoleActions } from '../instructions/model/console-actions.js';
import { serveWorkspace } from '../instructions/model/window-bridge.js';

/** Instructions in a window of their own, for which this workspace acts on its consoles. */
export function useDetached(sessionId: string, actions: ConsoleActions) {
  const { t } = useTranslation();
  const [detached, setDetached] = useState(false);
  const served = useRef<ReturnType<typeof serveWorkspace>>(undefined);
  useEffect(() => {
    const server = serveWorkspace(sessionId, { actions, onDetached: setDetached });
    served.current = server;
    return () => server.close();
  }, [sessionId, actions]);
  const detach = () => {
    const opened = window.open(
      `/sessions/${sessionId}/instructions`,
      `instructions-${sessionId}`,
      'popup,width=760,height=920',
    );
    if (opened === null) notifications.show({ message: t('instructions.place.blocked'), withBorder: true });
  };
  const attach = () => {
    served.current?.attach();
    setDetached(false);
  };
  return { detached, detach, attach };
}
