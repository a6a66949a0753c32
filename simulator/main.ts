import { readFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { keep: { type: 'string' } } });
const port = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);

// Lets a second start reuse the compiled modules; applies only to modules loaded after this.
enableCompileCache();
const [{ startWorld }, { tellDemoStory }] = await Promise.all([import('./start.ts'), import('./demo-story.ts')]);

const governance = await readFile(new URL('demo-governance.yaml', import.meta.url), 'utf8');
const world = await startWorld({
  governance,
  chatPort: port('CHAT_PORT', 3979),
  botPort: port('BOT_PORT', 3978),
  azurePort: port('AZURE_PORT', 3980),
  keep: values.keep,
  everyMinute: true,
});
if ((await world.app().desk.database.requests.list({})).length === 0) await tellDemoStory(world);
console.log(`Exemption Desk demo ready at ${world.teams.url}`);

const stop = () => void world.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
