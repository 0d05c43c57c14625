/** A system as pages know it. */
export interface SystemFacts {
  name: string;
  access: ReadonlyArray<{ name: string; kind?: string }>;
}

/** What the compiler gets of a lab folder. It reads nothing by itself. */
export interface LabSources {
  /** The folder of the pages, `pages`; each language has a folder in it. */
  folder: string;
  /** The first is the one to fall back to. */
  languages: readonly string[];
  /** Paths of all files, from the top of the lab folder. */
  files: { has(path: string): boolean; keys(): Iterable<string> };
  /** The text of a file; undefined when it is not UTF-8. Called for pages and SVG pictures. */
  read(path: string): string | undefined;
  systems: readonly SystemFacts[];
  /** Names of the lab's variables. */
  variables: Iterable<string>;
}
