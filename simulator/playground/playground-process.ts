import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type PlaygroundOptions = {
  /** The text of its settings file. */
  readonly settings: string;
  /** Where it sends activities. */
  readonly endpoint: string;
  /** A free port, or 0. */
  readonly port: number;
};
export type Playground = {
  /** Of its page. */
  readonly url: string;
  /** Of its connector, without a slash at the end. */
  readonly connectorUrl: string;
  readonly close: () => Promise<void>;
};

const require = createRequire(import.meta.url);
const longestStartMs = 60_000;
const betweenTriesMs = 50;

/** Nothing of the surroundings but what a process needs: no proxy, and none of the variables with which the Playground would ask Entra for tokens. */
const neededVariables = /^(PATH|SystemRoot|TEMP|TMP|TMPDIR)$/i;

const program = (): string => {
  try {
    return require.resolve('@microsoft/m365agentsplayground/cli.js');
  } catch (error) {
    throw new Error('Microsoft’s Agents Playground is not installed: run npm ci.', { cause: error });
  }
};

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/_internal/v1/config`)).ok;
  } catch {
    return false;
  }
};

/** A listener that is always there. The Playground would keep posts that nobody hears for its next page, which breaks on them. */
const listenTo = async (url: string): Promise<WebSocket> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', reject, { once: true });
  });
  return socket;
};

/** Starts Microsoft's Playground on 127.0.0.1, confined by confine.ts. Throws with its last words if it does not start. */
export const startPlayground = async (
  { settings, endpoint, port }: PlaygroundOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Playground> => {
  const folder = await mkdtemp(join(tmpdir(), 'exemption-desk-playground-'));
  await writeFile(join(folder, '.m365agentsplayground.yml'), settings);
  const child = spawn(
    process.execPath,
    [
      ...['--import', new URL('confine.ts', import.meta.url).href, program(), 'start', '--disable-telemetry'],
      ...['--app-endpoint', endpoint, '--channel-id', 'msteams', '--port', port.toString()],
    ],
    {
      cwd: folder,
      env: Object.fromEntries(Object.entries(environment).filter(([name]) => neededVariables.test(name))),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const ended = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));

  let listener: WebSocket | undefined;
  const close = async (): Promise<void> => {
    listener?.close();
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const lastWords = async (): Promise<string> => {
    const log = await readFile(join(folder, 'devTools', 'm365agentsplayground.log'), 'utf8').catch(() => '');
    return `${said}${log.slice(-4000)}`;
  };
  const deadline = performance.now() + longestStartMs;
  for (;;) {
    // It takes another port if somebody was faster.
    const [, listensOn] = /Listening on (\d+)/.exec(said) ?? [];
    const url = `http://127.0.0.1:${listensOn ?? ''}`;
    if (listensOn !== undefined && (await isReady(url))) {
      listener = await listenTo(url);
      return { url, connectorUrl: `${url}/_connector`, close };
    }
    if (child.exitCode !== null || performance.now() > deadline) {
      const words = await lastWords();
      await close();
      throw new Error(`Microsoft’s Agents Playground did not start: ${words}`);
    }
    await pause(betweenTriesMs);
  }
};
