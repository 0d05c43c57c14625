import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyServerOptions } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MixedList } from 'typeorm';
import type { BaseConfig } from '../config/base-config.js';
import type { Migration } from '../database/migration.js';

export interface ServiceDatabase {
  url: string;
  poolSize: number;
  /** The one schema this service owns; it holds the service's tables, its outbox and its inbox. */
  schema: string;
  entities: MixedList<Function>;
  migrations: readonly Migration[];
}

export interface ServiceHttp {
  port: number;
  host?: string;
  /** Body limits, trusted proxies and so on. */
  fastify?: FastifyServerOptions;
  /** Registers plugins, before the routes exist. */
  setUp?: (app: NestFastifyApplication) => void | Promise<void>;
}

/** What makes a process one of the platform's services. */
export interface ServiceDefinition<C extends BaseConfig = BaseConfig> {
  /** Queue group, durable consumer, event source and log name: `lab-service`. */
  name: string;
  config: C;
  module: Type | DynamicModule;
  database?: ServiceDatabase;
  http?: ServiceHttp;
  /** Requests handled at once, 64 unless told. */
  requestConcurrency?: number;
  /** Events handled at once, 32 unless told. */
  eventConcurrency?: number;
  /** Pauses before the second, third … try of an event. */
  eventRetryDelaysMs?: readonly number[];
}
