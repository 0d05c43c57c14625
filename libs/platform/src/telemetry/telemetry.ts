import type { BaseConfig } from '../config/base-config.js';

/** Tracing that runs; `stop` sends what is left. */
export interface Telemetry {
  stop(): Promise<void>;
}

/**
 * Sends spans to an OpenTelemetry collector when `OTEL_EXPORTER_OTLP_ENDPOINT` names one. Otherwise nothing is loaded,
 * and spans cost a function call.
 * @see https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export async function startTelemetry(service: string, config: BaseConfig): Promise<Telemetry | undefined> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return undefined;
  const { startTracing } = await import('./tracing.js');
  return startTracing(service, endpoint);
}
