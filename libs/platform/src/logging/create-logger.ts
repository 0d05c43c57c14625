import { type DestinationStream, pino } from 'pino';
import { currentContext } from './call-context.js';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields whose values never reach a log, at the top and up to two levels down. */
const secretFields = [
  'authorization',
  'cookie',
  '"set-cookie"',
  'password',
  'newPassword',
  'currentPassword',
  'secret',
  'clientSecret',
  'token',
  'accessToken',
  'refreshToken',
  'idToken',
  'ticket',
  'apiKey',
  'privateKey',
  'passwordHash',
  'loginToken',
];
const atDepth = (prefix: string) =>
  secretFields.map((field) => (field.startsWith('"') ? `${prefix.slice(0, -1)}[${field}]` : `${prefix}${field}`));

/** One JSON line per entry, with the service's name and the id of the current call, without secrets. */
export function createLogger(options: { service: string; level: LogLevel; destination?: DestinationStream }) {
  const paths = [
    ...secretFields.map((field) => (field.startsWith('"') ? `[${field}]` : field)),
    ...atDepth('*.'),
    ...atDepth('*.*.'),
  ];
  return pino(
    {
      level: options.level,
      base: { service: options.service, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths, censor: '[redacted]' },
      mixin: () => {
        const context = currentContext();
        return context ? { correlationId: context.correlationId } : {};
      },
    },
    options.destination ?? pino.destination({ dest: 1, sync: false }),
  );
}

export type PlatformLogger = ReturnType<typeof createLogger>;
