/** The parsed configuration: `@Inject(CONFIG) private readonly config: LabConfig`. */
export const CONFIG = Symbol('config');

/** The process's one NATS connection, for what the platform does not wrap. */
export const NATS_CONNECTION = Symbol('nats connection');
