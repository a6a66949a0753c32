import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { copyAsBuilt } from './dockerfile.ts';

type Lock = { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> };

/** Somebody who owns nothing; whoever is not root already is unprivileged. */
export const unprivileged = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** Undefined when another user can read the repository, else the sentence that says why not. */
export const whyNotReadable = (): string | undefined => {
  for (let path = resolve('.'); path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0 && unprivileged.uid !== undefined)
      return `The container was left out: only its owner may look into ${path}`;
  }
  return undefined;
};

/** The packages that `npm ci --omit=dev` would install at the top. */
const productionPackages = (): string[] => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(path))
    .map(([path]) => path)
    .filter((path) => path.lastIndexOf('node_modules/') === 0);
};

const freeze = (path: string): void => {
  for (const entry of readdirSync(path, { withFileTypes: true }))
    if (entry.isDirectory()) freeze(join(path, entry.name));
    else if (entry.isFile()) chmodSync(join(path, entry.name), 0o444);
  chmodSync(path, 0o555);
};

const thaw = (path: string): void => {
  chmodSync(path, 0o755);
  for (const entry of readdirSync(path, { withFileTypes: true })) if (entry.isDirectory()) thaw(join(path, entry.name));
};

/** What the image holds, read-only in a folder of its own; packages are links, so it needs `--preserve-symlinks`. */
export const productionTree = (): { readonly path: string; readonly remove: () => void } => {
  const path = mkdtempSync(join(tmpdir(), 'exemption-desk-image-'));
  copyAsBuilt(path);
  for (const name of productionPackages()) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    symlinkSync(resolve(name), join(path, name));
  }
  freeze(path);
  return {
    path,
    remove() {
      thaw(path);
      rmSync(path, { recursive: true });
    },
  };
};
