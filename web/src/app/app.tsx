import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { queryClient } from '../api/query-client.js';
import { onSessionEnd } from '../auth/session.js';
import { Notifications } from '../ui/notifications.js';
import { chosenTheme } from './preferences.js';
import { router } from './router.js';
import { theme } from './theme.js';

const colorSchemeManager = {
  get: () => {
    const chosen = chosenTheme();
    return chosen === 'system' ? 'auto' : chosen;
  },
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
} as const;

export function App() {
  useEffect(
    () =>
      onSessionEnd((why) => {
        const { href, pathname } = router.state.location;
        if (pathname === '/login') return;
        queryClient.clear();
        void router.navigate({ to: '/login', search: { why, ...(why === 'expired' && { next: href }) } });
      }),
    [],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={colorSchemeManager}>
        <Notifications />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
