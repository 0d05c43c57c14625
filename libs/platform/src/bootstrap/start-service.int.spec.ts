import { defineEvent, defineRequest, type DataOf, type RequestOf } from '@lab-orchestrator/contracts';
import { testDatabase, testNats } from '@lab-orchestrator/dev/testing';
import { Controller, Injectable, Module } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import {
  BaseConfig,
  Database,
  HandleEvent,
  HandleRequest,
  Inbox,
  Outbox,
  type ReceivedEvent,
  RequestClient,
  type RequestContext,
  type RunningService,
  startService,
  UserError,
} from '../index.js';

const Created = defineEvent('note.created.v1', z.object({ noteId: z.uuid() }), (data) => data.noteId);
const Create = defineRequest('notes.notes.create', {
  request: z.object({ text: z.string().min(1) }),
  reply: z.object({ noteId: z.uuid() }),
});

@Entity('notes')
class Note {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') text!: string;
  @Column('int') echoes!: number;
}

@Injectable()
class Notes {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly inbox: Inbox,
  ) {}

  create(text: string) {
    return this.db.transaction(async (tx) => {
      if (text === 'taken') throw new UserError('note_taken', { status: 409, detail: 'There is one already.' });
      const note = await tx.save(Note, { id: randomUUID(), text, echoes: 0 });
      await this.outbox.add(tx, Created, { noteId: note.id });
      return { noteId: note.id };
    });
  }

  countEcho(event: ReceivedEvent<typeof Created>) {
    return this.inbox.once(event, (tx) => tx.increment(Note, { id: event.data.noteId }, 'echoes', 1));
  }

  find(id: string) {
    return this.db.transaction((tx) => tx.findOneByOrFail(Note, { id }));
  }
}

@Controller()
class NotesController {
  constructor(private readonly notes: Notes) {}

  @HandleRequest(Create) create(request: RequestOf<typeof Create>, _context: RequestContext) {
    return this.notes.create(request.text);
  }

  @HandleEvent(Created) onCreated(_data: DataOf<typeof Created>, event: ReceivedEvent<typeof Created>) {
    return this.notes.countEcho(event);
  }
}

@Module({ controllers: [NotesController], providers: [Notes] })
class NotesModule {}

const migrations = [
  {
    name: '0001-notes',
    up: 'CREATE TABLE notes (id uuid CONSTRAINT notes_pkey PRIMARY KEY, text text NOT NULL, echoes int NOT NULL);',
    down: 'DROP TABLE notes;',
  },
];

let database: Awaited<ReturnType<typeof testDatabase>>;
let nats: Awaited<ReturnType<typeof testNats>>;
let service: RunningService;
let client: RequestClient;

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase(), testNats()]);
  service = await startService({
    name: 'notes',
    config: BaseConfig.parse({ LAB_NATS_URL: nats.url, LAB_LOG_LEVEL: 'silent', LAB_HEALTH_PORT: '0' }),
    module: NotesModule,
    database: { url: database.url, poolSize: 5, schema: 'notes', entities: [Note], migrations },
  });
  client = service.app.get(RequestClient);
});

afterAll(async () => {
  await service.stop();
  await nats.stop();
  await database.drop();
});

it('answers a request, publishes the event of the same transaction and handles it', async () => {
  const { noteId } = await client.call(Create, { text: 'hello' });
  await vi.waitFor(async () => expect((await service.app.get(Notes).find(noteId)).echoes).toBe(1));
});

it('carries a user error across with everything the caller needs', async () => {
  await expect(client.call(Create, { text: 'taken' })).rejects.toMatchObject({
    name: 'UserError',
    code: 'note_taken',
    status: 409,
    detail: 'There is one already.',
  });
});

it('is ready, live and measured', async () => {
  const door = `http://127.0.0.1:${service.healthPort}`;
  const ready = async () => {
    const response = await fetch(`${door}/health/ready`);
    return [response.status, await response.json()];
  };
  const parts = { start: { ok: true }, nats: { ok: true }, postgres: { ok: true }, events: { ok: true } };
  await vi.waitFor(async () => expect(await ready()).toEqual([200, { status: 'ready', parts }]), 5_000);
  const metrics = await (await fetch(`${door}/metrics`)).text();
  const counts = metrics.split('\n').filter((line) => line.startsWith('lab_request_duration_seconds_count'));
  expect(counts).toContainEqual(expect.stringMatching(/subject="notes.notes.create".*outcome="ok".* 1$/));
});
