/** What a system or a session takes, in the processors and bytes that labs ask for. */
export interface Need {
  cpus: number;
  memoryBytes: number;
}
