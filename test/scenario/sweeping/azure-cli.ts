import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as forward, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const answers = (command: string, argument: string): boolean =>
  spawnSync(command, [argument], { stdio: 'ignore', timeout: 60_000 }).status === 0;

/** Why the real Azure CLI cannot be tried here; undefined if it can. */
export const noAzureCli: string | undefined = !answers('which', 'az')
  ? 'the real Azure CLI is not tried: there is no az here (apt-get install azure-cli)'
  : answers('openssl', 'version')
    ? undefined
    : 'the real Azure CLI is not tried: there is no openssl here';

export type AzureCli = {
  /** Runs `az` with the words; its answer as JSON, undefined if it said nothing. Throws with what it wrote to standard error. */
  readonly az: (...words: string[]) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const closed = async (server: Server & { closeAllConnections(): void }): Promise<void> => {
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
};

const certificateIn = (folder: string) => {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key), cert: readFileSync(cert), file: cert };
};

/** The Azure SDKs send no token without TLS, which the simulated Azure does not speak: this gateway stands before it. */
const gatewayTo =
  (azureUrl: string): RequestListener =>
  (request, response) => {
    const headers = { ...request.headers, 'x-forwarded-host': request.headers.host ?? '' };
    const passed = forward(new URL(request.url ?? '/', azureUrl), { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  };

/** The endpoint of a managed identity, as App Service has it: whoever knows the secret is handed the token of that name. */
const identityEndpoint: RequestListener = ({ headers }, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const expires = String(Math.floor(Date.now() / 1000) + 3600);
  response.end(JSON.stringify({ access_token: headers.secret, expires_on: expires, token_type: 'Bearer' }));
};

/** What `az cloud register` and `az login --identity` would leave behind. */
const writeProfile = (folder: string, gateway: string, subscriptionId: string): void => {
  mkdirSync(folder);
  const endpoints = ['resource_manager', 'management', 'active_directory', 'microsoft_graph_resource_id'];
  const lines = endpoints.map((name) => `endpoint_${name} = https://${gateway}`);
  const audience = 'endpoint_active_directory_resource_id = https://management.core.windows.net/';
  writeFileSync(join(folder, 'clouds.config'), ['[Contoso]', ...lines, audience, ''].join('\n'));
  writeFileSync(
    join(folder, 'config'),
    '[cloud]\nname = Contoso\n[core]\ncollect_telemetry = no\nonly_show_errors = yes\n',
  );
  const user = { name: 'systemAssignedIdentity', type: 'servicePrincipal', assignedIdentityInfo: 'MSI' };
  const tenantId = '00000000-0000-4000-8000-000000000001';
  const subscription = { id: subscriptionId, name: 'shop-prod', state: 'Enabled', isDefault: true, tenantId, user };
  writeFileSync(
    join(folder, 'azureProfile.json'),
    JSON.stringify({ subscriptions: [{ ...subscription, environmentName: 'Contoso', homeTenantId: tenantId }] }),
  );
};

/** Microsoft's own command line on the simulated Azure, as the person with this key, in a profile of its own. */
export const openAzureCli = async (azureUrl: string, person: string, subscriptionId: string): Promise<AzureCli> => {
  const folder = mkdtempSync(join(tmpdir(), 'azure-cli-'));
  const certificate = certificateIn(folder);
  const gateway = createSecureServer(certificate, gatewayTo(azureUrl));
  const identity = createServer(identityEndpoint);
  const profile = join(folder, 'profile');
  writeProfile(profile, await listening(gateway), subscriptionId);
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: 'C.UTF-8',
    AZURE_CONFIG_DIR: profile,
    REQUESTS_CA_BUNDLE: certificate.file,
    APPSETTING_WEBSITE_SITE_NAME: 'simulated',
    MSI_ENDPOINT: `http://${await listening(identity)}`,
    MSI_SECRET: person,
  };
  return {
    az: async (...words) => {
      const options = { env: environment, timeout: 120_000 };
      const { stdout } = await promisify(execFile)('az', [...words, '--output', 'json'], options);
      return stdout.trim() === '' ? undefined : (JSON.parse(stdout) as unknown);
    },
    close: async () => {
      await Promise.all([closed(gateway), closed(identity)]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
