import type { Routes } from './router.ts';

export type Controls = Readonly<Record<string, (body: unknown) => Promise<unknown>>>;

/** Mounts control routes; errors are answered with 400. */
export const createControlRoutes = (controls: Controls): Routes =>
  Object.fromEntries(
    Object.entries(controls).map(([route, handle]) => [
      route,
      async ({ body }) => {
        try {
          return { json: (await handle(body)) ?? {} };
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          return { status: 400, json: { error: { code: 'BadArgument', message } } };
        }
      },
    ]),
  );
