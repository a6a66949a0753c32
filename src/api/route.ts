import type { z } from 'zod';
import type { GuestUse } from '../core/access/guest-rights.ts';
import type { ListPage } from '../core/list-page.ts';
import type { Desk } from '../workflow/desk.ts';
import type { Asker } from '../workflow/rights/take-viewpoint.ts';
import type { Caller, Need } from './caller.ts';

type Shape = z.ZodObject;
type Given<S extends Shape | undefined> = S extends Shape ? z.infer<S> : undefined;

type Call<Params, Query, Body> = {
  readonly caller: Caller;
  /** The caller as somebody who reads in private. */
  readonly asker: Asker;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Of a list, from 1. */
  readonly page: number;
};

export type Answered<Body> = {
  readonly body: Body;
  /** Of a list: which page it is. */
  readonly page?: Pick<ListPage<unknown>, 'number' | 'size' | 'found' | 'isOpen'>;
};

type Definition<
  P extends Shape | undefined,
  Q extends Shape | undefined,
  B extends Shape | undefined,
  A extends z.ZodType,
> = {
  readonly method: 'GET' | 'POST';
  /** Below /api/v1, with the names of its parameters in braces. */
  readonly path: string;
  /** The name of the operation, in camel case. */
  readonly name: string;
  readonly summary: string;
  readonly needs: Need;
  readonly guests: GuestUse;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** It is a list with pages, found by cursors. */
  readonly isList?: true;
  readonly status: 200 | 201;
  readonly answer: A;
  readonly run: (desk: Desk, call: Call<Given<P>, Given<Q>, Given<B>>) => Promise<Answered<z.input<A>>>;
};

/** One operation of the interface: what it takes and gives as schemas, and the use case that it calls. */
export type Route = Omit<Definition<Shape, Shape, Shape, z.ZodType>, 'run'> & {
  readonly run: (desk: Desk, call: Call<unknown, unknown, unknown>) => Promise<Answered<unknown>>;
};

/** Keeps the types of one operation together; the schemas have checked what `run` gets. */
export const route = <
  A extends z.ZodType,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  definition: Definition<P, Q, B, A>,
): Route => definition as unknown as Route;
