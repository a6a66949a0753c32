import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const parts = {
  CHAT_PORT: { usual: 3979, part: 'the chat page' },
  BOT_PORT: { usual: 3978, part: 'the bot' },
  AZURE_PORT: { usual: 3980, part: 'the simulated Azure' },
  ALICE_PORT: { usual: 3981, part: 'the Playground of Alice' },
  BOB_PORT: { usual: 3982, part: 'the Playground of Bob' },
} as const;

type Variable = keyof typeof parts;

const demoPorts = ['CHAT_PORT', 'BOT_PORT', 'AZURE_PORT'] as const;
export const playgroundPorts = ['ALICE_PORT', 'BOB_PORT'] as const;

/** The demo cannot start with these ports. The message has one sentence for each, with the variable to set. */
export class PortProblem extends Error {}

/** Where the demo listens, or the parts of it that are named; 0 takes any free port. Throws PortProblem. */
export const portsOf = <V extends Variable = (typeof demoPorts)[number]>(
  environment: Readonly<Record<string, string | undefined>>,
  variables: readonly V[] = demoPorts as readonly Variable[] as readonly V[],
): Readonly<Record<V, number>> => {
  const portOf = (variable: Variable): number => {
    const text = environment[variable] ?? '';
    if (!/^\d{0,5}$/.test(text) || Number(text) > 65_535)
      throw new PortProblem(`${variable} is not a port number: set it to one from 0 to 65535 (0 takes any free one).`);
    return text === '' ? parts[variable].usual : Number(text);
  };
  return Object.fromEntries(variables.map((variable) => [variable, portOf(variable)])) as Record<V, number>;
};

/** Listens for a moment; undefined where somebody else does already. */
const occupied = async (port: number): Promise<Server | undefined> => {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return server;
  } catch {
    return undefined;
  }
};

/** Throws PortProblem where a port is taken, before the demo has started anything. */
export const refuseTakenPorts = async (ports: Readonly<Partial<Record<Variable, number>>>): Promise<void> => {
  const tried: { readonly variable: Variable; readonly port: number; readonly server: Server | undefined }[] = [];
  for (const [variable, port] of Object.entries(ports) as [Variable, number][])
    tried.push({ variable, port, server: await occupied(port) });
  await Promise.all(tried.map(async ({ server }) => server?.close() && once(server, 'close')));
  const taken = tried.filter(({ server }) => server === undefined);
  if (taken.length === 0) return;
  throw new PortProblem(
    taken
      .map(
        ({ variable, port }) =>
          `Port ${port}, where ${parts[variable].part} listens, is in use: stop what uses it, or set ${variable} to another port (0 takes any free one).`,
      )
      .join('\n'),
  );
};
