import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a program does under confine.ts, like the Playground. */
const confined = async (program: string): Promise<unknown> => {
  const confine = join(process.cwd(), 'simulator/playground/confine.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...['--disable-warning=ExperimentalWarning', '--import', confine, '--input-type=commonjs', '--eval', program],
  ]);
  return JSON.parse(stdout);
};

describe('the process of Microsoft’s Playground', () => {
  it('listens on 127.0.0.1, also if it asks for every interface', async () => {
    const addresses = await confined(`
      const { createServer } = require('node:net');
      const listen = (...given) => new Promise((then) => {
        const server = createServer();
        server.listen(...given, () => { then(server.address().address); server.close(); });
      });
      Promise.all([listen(0), listen(0, '0.0.0.0'), listen({ port: 0, host: '::' })]).then((all) => console.log(JSON.stringify(all)));
    `);
    expect(addresses).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
  });

  it('reaches this machine, and nothing else', async () => {
    const outcomes = await confined(`
      const { createServer, connect } = require('node:net');
      const { get } = require('node:https');
      const server = createServer((socket) => socket.end()).listen(0, () => {
        const { port } = server.address();
        const outcome = (made) => new Promise((then) => made.on('connect', () => then('reached')).on('error', ({ code }) => then(code)));
        Promise.all([
          outcome(connect(port, '127.0.0.1')),
          outcome(connect({ port, host: 'localhost', family: 4 })),
          outcome(connect(80, '169.254.169.254')),
          outcome(get('https://westus-0.in.applicationinsights.azure.com/')),
        ]).then((all) => { console.log(JSON.stringify(all)); process.exit(); });
      });
    `);
    expect(outcomes).toEqual(['reached', 'reached', 'ENETUNREACH', 'ENETUNREACH']);
  });

  it('opens no browser and asks nobody what the machine is called', async () => {
    const outcome = await confined(`
      const { spawn, execSync } = require('node:child_process');
      const said = String(execSync('echo told'));
      spawn('touch', ['/nowhere/at/all']).on('exit', (code) => console.log(JSON.stringify({ said, code })));
    `);
    expect(outcome).toEqual({ said: '', code: 0 });
  });
});

describe('the product', () => {
  it('knows no Playground: neither its source nor what it is shipped with', () => {
    const source = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.(ts|json)$/.test(path),
    );
    const naming = source.filter((path) => /playground/i.test(readFileSync(join('src', path), 'utf8')));
    const { scripts, dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, object>;

    expect(source.length).toBeGreaterThan(100);
    expect(naming).toEqual([]);
    expect(scripts).toHaveProperty('start', 'node src/main.ts');
    expect(Object.keys(dependencies ?? {})).not.toContain('@microsoft/m365agentsplayground');
  });
});
