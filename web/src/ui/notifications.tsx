import { notificationsStore, type NotificationsProps } from '@mantine/notifications';
import { useState, useSyncExternalStore } from 'react';
import { later } from './later.js';

const Shown = later<NotificationsProps>(async () => (await import('./notifications-shown.js')).Notifications);
const isAny = () => notificationsStore.getState().notifications.length > 0;

/** Where notifications show: built for the first of them, and kept from then on. */
export function Notifications() {
  const any = useSyncExternalStore(notificationsStore.subscribe, isAny);
  const [needed, setNeeded] = useState(any);
  if (any && !needed) setNeeded(true);
  return needed && <Shown position="top-right" limit={4} />;
}
