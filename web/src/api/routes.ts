import type {
  BodyInputOf,
  ParamsOf,
  QueryInputOf,
  Route,
  RouteReplyOf,
  routes as contractRoutes,
} from '@lab-orchestrator/contracts';

type Routes = typeof contractRoutes;
export type RouteName = keyof Routes;
export type ReplyTo<N extends RouteName> = RouteReplyOf<Routes[N]>;
export type BodyFor<N extends RouteName> = BodyInputOf<Routes[N]>;
export type QueryFor<N extends RouteName> = QueryInputOf<Routes[N]>;
/** The item type of a list route. */
export type ItemOf<N extends RouteName> = ReplyTo<N> extends { items: (infer Item)[] } ? Item : never;

/** Absent where the route has none, optional where everything in it is. */
type Part<Key extends string, Value> = string extends keyof Value
  ? unknown
  : Partial<Value> extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value };
type Parts<R extends Route> = Part<'params', ParamsOf<R>> &
  Part<'query', QueryInputOf<R>> &
  Part<'body', BodyInputOf<R>>;

export interface CommonOptions {
  signal?: AbortSignal;
  /** One per user intention: a repeat with the same key is the same request. */
  idempotencyKey?: string;
  /** The revision that was read; the change is refused when another one came in between. */
  ifMatch?: string;
  /** `*`: refused when there is one already. */
  ifNoneMatch?: string;
  /** Sent instead of the JSON body. */
  form?: FormData;
}
export type CallOptions<N extends RouteName> =
  | (Parts<Routes[N]> & CommonOptions)
  | (Omit<Parts<Routes[N]>, 'body'> & CommonOptions & { form: FormData });
/** Routes that can be called without any option. */
export type OptionsArgument<N extends RouteName> =
  Partial<Parts<Routes[N]>> extends Parts<Routes[N]> ? [options?: CallOptions<N>] : [options: CallOptions<N>];
