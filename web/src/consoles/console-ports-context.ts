import { createContext, useContext, useEffect, useEffectEvent } from 'react';
import { ConsolePorts, type ConsolePort } from './console-ports.js';
import type { ConsoleTarget } from './use-console.js';

export const ConsolePortsContext = createContext(new ConsolePorts());

/** Lets other parts of this window act on a console while it is there. The port is made once per console. */
export function useConsolePort({ system, access }: ConsoleTarget, port: () => ConsolePort): void {
  const ports = useContext(ConsolePortsContext);
  const make = useEffectEvent(port);
  useEffect(() => ports.register(`${system}/${access}`, make()), [ports, system, access]);
}
