/** What a child process does when it is told to: functions by name. */
export type Commands = Record<string, (...values: never[]) => unknown>;

export interface Call {
  id: number;
  name: string;
  values: unknown[];
}
export interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** In the child: answers calls of its parent, and ends with it. */
export function serveCommands(commands: Commands): void {
  const known = new Map<string, (...values: never[]) => unknown>(Object.entries(commands));
  process.on('message', (call: Call) => void answer(call, known.get(call.name)).then((reply) => process.send?.(reply)));
  process.on('disconnect', () => process.exit());
  process.send?.('ready');
}

async function answer({ id, name, values }: Call, command: ((...values: never[]) => unknown) | undefined) {
  try {
    if (command === undefined) throw new Error(`there is no command ${name}`);
    return { id, value: await command(...(values as never[])) } satisfies Answer;
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) } satisfies Answer;
  }
}
