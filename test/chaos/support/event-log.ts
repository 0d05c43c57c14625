import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { brokerOf } from './processes.ts';

export interface ToldEvent {
  id: string;
  type: string;
  stepId?: string;
}

/** Every event of a session that the product's broker holds, one for each id: consumers count ids. */
export async function eventsOf(data: string, sessionId: string): Promise<ToldEvent[]> {
  const connection = await connect({ servers: brokerOf(data) });
  try {
    const { streams } = await jetstreamManager(connection);
    const { state } = await streams.info('LAB_EVENTS');
    const byId = new Map<string, ToldEvent>();
    for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
      const message = await streams.getMessage('LAB_EVENTS', { seq });
      if (message === null || !message.subject.endsWith(`.${sessionId}`)) continue;
      const event = message.json<{ id: string; type: string; data: { stepId?: string } }>();
      byId.set(event.id, { id: event.id, type: event.type, ...event.data });
    }
    return [...byId.values()];
  } finally {
    await connection.close();
  }
}
