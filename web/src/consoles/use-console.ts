import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../api/call.js';
import { ConsoleConnection, type ConsoleMode } from './console-connection.js';

export interface ConsoleTarget {
  sessionId: string;
  system: string;
  access: string;
  mode: ConsoleMode;
}

/** A connection to one console that lives as long as the component. Start it once there is something to attach to. */
export function useConsole({ sessionId, system, access }: ConsoleTarget) {
  const [connection] = useState(
    () =>
      new ConsoleConnection({
        issueTicket: (mode) => call('openConsole', { params: { sessionId }, body: { system, access, mode } }),
      }),
  );
  const state = useSyncExternalStore(connection.subscribe, connection.snapshot);
  useEffect(() => () => connection.stop(), [connection]);
  return { connection, state };
}
