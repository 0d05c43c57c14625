import { describe, expect, it } from 'vitest';
import { environmentOf, SERVICES } from './service-list.ts';

const around = {
  databaseUrl: 'postgres://secret',
  natsUrl: 'nats://here',
  redisUrl: 'redis://secret',
  engineUrl: 'unix:///engine.sock',
  instance: 'abcd',
  runtimeDir: '/data/runtime',
  cacheDir: '/cache',
  webDir: '/web/dist',
  firstAdminPasswordFile: '/data/first',
  authSecret: 'secret',
  sessionSecret: 'secret',
  publicUrl: 'http://localhost:8080',
  port: 8080,
  consolePort: 8081,
};
const holders = (variable: string) => SERVICES.filter((name) => variable in environmentOf(name, around));

describe('environmentOf', () => {
  it.each([
    ['LAB_DATABASE_URL', ['auth-service', 'lab-service', 'instruction-service']],
    ['LAB_ENGINE_URL', ['provisioner', 'console-service']],
    ['LAB_AUTH_SECRET', ['auth-service']],
    ['LAB_SESSION_SECRET', ['lab-service']],
    ['LAB_FIRST_ADMIN_PASSWORD_FILE', ['auth-service']],
    ['LAB_PORT', ['gateway']],
    ['LAB_NATS_URL', [...SERVICES]],
  ])('gives %s only to %j', (variable, expected) => {
    expect(holders(variable)).toEqual(expected);
  });
});
