/** One change of the schema, as SQL written and read by hand. Runs with the service's schema as search path. */
export interface Migration {
  /** Sorts and never changes: `0001-sessions`. */
  readonly name: string;
  readonly up: string;
  /** Really undoes `up`. */
  readonly down: string;
}
