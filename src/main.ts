import { startApp } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { GovernanceError } from './core/governance-error.ts';

/** How long a load balancer may take to notice that this replica stops. */
const graceMs = 5000;
/** Some databases do not even answer the end of a connection. */
const longestStopMs = 35_000;

try {
  const app = await startApp(readConfig());
  const stop = (ms: number): void => {
    setTimeout(() => process.exit(1), longestStopMs).unref();
    void app.close(ms).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', () => stop(graceMs));
  process.once('SIGINT', () => stop(0));
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof GovernanceError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
