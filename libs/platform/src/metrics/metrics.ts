import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const durationBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The process's measurements, served on /metrics of the internal port. Services add their own to `registry`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly requests = this.histogram('lab_request_duration_seconds', 'Requests answered over NATS', [
    'subject',
    'outcome',
  ]);
  private readonly events = this.histogram('lab_event_duration_seconds', 'Events handled', ['type', 'outcome']);
  private readonly http = this.histogram('lab_http_request_duration_seconds', 'HTTP requests answered', [
    'method',
    'route',
    'status',
  ]);
  private readonly duplicates = this.counter('lab_inbox_duplicates_total', 'Events dropped as repeats', ['type']);
  private readonly published = this.counter('lab_outbox_published_total', 'Events published from the outbox', []);
  private readonly unsent = this.gauge('lab_outbox_unsent', 'Events written and not published yet');
  private readonly lag = this.gauge('lab_outbox_lag_seconds', 'Age of the oldest event not published yet');

  constructor(options: { service: string }) {
    this.registry.setDefaultLabels({ service: options.service });
    collectDefaultMetrics({ register: this.registry });
  }

  requestDone(subject: string, outcome: string, ms: number) {
    this.requests.observe({ subject, outcome }, ms / 1000);
  }
  eventDone(type: string, outcome: string, ms: number) {
    this.events.observe({ type, outcome }, ms / 1000);
  }
  httpDone(method: string, route: string, status: number, ms: number) {
    this.http.observe({ method, route, status: String(status) }, ms / 1000);
  }
  duplicate(type: string) {
    this.duplicates.inc({ type });
  }
  outboxPublished(count: number) {
    this.published.inc(count);
  }
  outboxState(unsent: number, lagS: number) {
    this.unsent.set(unsent);
    this.lag.set(lagS);
  }

  /** A counter in this process's registry, for a service's own measurements. */
  counter<L extends string>(name: string, help: string, labelNames: L[]) {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
  gauge<L extends string>(name: string, help: string, labelNames: L[] = []) {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
  histogram<L extends string>(name: string, help: string, labelNames: L[]) {
    return new Histogram({ name, help, labelNames, buckets: durationBuckets, registers: [this.registry] });
  }
}
