import type { LoggerService } from '@nestjs/common';
import type { PlatformLogger } from './create-logger.js';

/** What Nest says about itself at every start. */
const chatter = new Set([
  'NestFactory',
  'InstanceLoader',
  'NestMicroservice',
  'NestApplication',
  'RoutesResolver',
  'RouterExplorer',
]);

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** Nest's logger on top of pino: `new Logger('Sessions').log({ sessionId }, 'text')` becomes one JSON line. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: PlatformLogger) {}

  log(message: unknown, ...rest: unknown[]) {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]) {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]) {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]) {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]) {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]) {
    this.write('fatal', message, rest);
  }

  /** Nest passes the logger's context as the last argument, and a stack before it when there is one. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const texts = rest.filter((part): part is string => typeof part === 'string');
    const context = texts.at(-1);
    if (level === 'info' && context && chatter.has(context)) return this.write('debug', message, rest);
    const [text] = texts.slice(0, -1);
    const errors = rest.filter((part) => part instanceof Error);
    if (message instanceof Error) return this.pino[level]({ context, err: message }, text ?? message.message);
    if (typeof message === 'object' && message !== null) return this.pino[level]({ context, ...message }, text);
    this.pino[level]({ context, err: errors[0], stack: text }, String(message));
  }
}
