import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { GovernanceError } from './core/governance-error.ts';

try {
  const app = await startApp(readConfig());
  const stop = () => void app.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof GovernanceError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
