import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

const parts = {
  CHAT_PORT: { usual: 3979, part: 'the chat page' },
  BOT_PORT: { usual: 3978, part: 'the bot' },
  AZURE_PORT: { usual: 3980, part: 'the simulated Azure' },
} as const;

type Variable = keyof typeof parts;
type Ports = Readonly<Record<Variable, number>>;

const variables = Object.keys(parts) as Variable[];

/** The demo cannot start with these ports. The message has one sentence for each, with the variable to set. */
export class PortProblem extends Error {}

/** Where the demo listens; 0 takes any free port. Throws PortProblem. */
export const portsOf = (environment: Readonly<Record<string, string | undefined>>): Ports => {
  const portOf = (variable: Variable): number => {
    const text = environment[variable] ?? '';
    if (!/^\d{0,5}$/.test(text) || Number(text) > 65_535)
      throw new PortProblem(`${variable} is not a port number: set it to one from 0 to 65535 (0 takes any free one).`);
    return text === '' ? parts[variable].usual : Number(text);
  };
  return { CHAT_PORT: portOf('CHAT_PORT'), BOT_PORT: portOf('BOT_PORT'), AZURE_PORT: portOf('AZURE_PORT') };
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
export const refuseTakenPorts = async (ports: Ports): Promise<void> => {
  const tried: { readonly variable: Variable; readonly server: Server | undefined }[] = [];
  for (const variable of variables) tried.push({ variable, server: await occupied(ports[variable]) });
  await Promise.all(tried.map(async ({ server }) => server?.close() && once(server, 'close')));
  const taken = tried.filter(({ server }) => server === undefined);
  if (taken.length === 0) return;
  throw new PortProblem(
    taken
      .map(
        ({ variable }) =>
          `Port ${ports[variable]}, where ${parts[variable].part} listens, is in use: stop what uses it, or set ${variable} to another port (0 takes any free one).`,
      )
      .join('\n'),
  );
};
