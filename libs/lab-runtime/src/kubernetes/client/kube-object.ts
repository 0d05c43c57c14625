/** What every object of the API has. Times are strings on the wire; published types say `Date`, so both are taken. */
export type KubeObject = {
  apiVersion: string;
  kind: string;
  metadata: {
    name?: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    finalizers?: string[];
    creationTimestamp?: string | Date;
    deletionTimestamp?: string | Date;
  };
};

/**
 * A published type as it is in JSON: what it calls a `Date` is a string, and what it calls `_from` or `_default`, because
 * those are words of the language, has no `_`. An ingress rule written with `_from` would let everybody in.
 */
export type Wire<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Wire<Item>[]
    : T extends object
      ? { [Key in keyof T as Key extends `_${infer Name}` ? Name : Key]: Wire<T[Key]> }
      : T;

/** A published type with the parts that its fields leave optional and every real object has. */
export type Real<T, ApiVersion extends string, Name extends string> = Omit<
  Wire<T>,
  'apiVersion' | 'kind' | 'metadata'
> & { apiVersion: ApiVersion; kind: Name; metadata: KubeObject['metadata'] };

/** One kind of the API: how it is written, where it is found, and the type of its objects. */
export type Kind<T extends KubeObject = KubeObject> = {
  apiVersion: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  /** Never set: carries the type. */
  readonly object?: T;
};

/** Names one object. */
export type ObjectRef<T extends KubeObject = KubeObject> = { kind: Kind<T>; namespace?: string; name: string };

/** The path of a kind, or of one object, in the API. */
export function pathOf(kind: Kind, namespace?: string, name?: string): string {
  const group = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`;
  const place = kind.namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  return `${group}${place}/${kind.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
}
