const { flushCompileCache } = require('node:module');
const process = require('node:process');

const { console } = globalThis;
const { exit } = process;

const set = globalThis.setTimeout;

const isSetByPglite = () => new Error().stack.includes('/@electric-sql/pglite/');

// PGlite wakes itself 1 and 10 seconds after its last work, to look for deadlocks and to update statistics, even once it is closed. No worker stays for that.
globalThis.setTimeout = Object.defineProperties((...given) => {
  const timer = set(...given);
  return isSetByPglite() ? timer.unref() : timer;
}, Object.getOwnPropertyDescriptors(set));

const isWorker = /[\\/]jest-worker[\\/]/.test(process.argv[1]);

// A worker with nothing left open is done, and what Node compiled is written. An ordinary exit would wait until the engine's compiler threads end and
// its memory is taken apart; that takes as long as the half second after which Jest complains.
process.once('beforeExit', () => {
  if (!isWorker) return;
  process.emit('exit', 0);
  process.kill(process.pid, 'SIGKILL');
});

/** Runs tests among the worker's own globals, where Node keeps its modules, instead of in a sandbox for each file. */
module.exports = class {
  global = globalThis;
  moduleMocker = { restoreAllMocks() {} };

  async setup() {}

  async teardown() {
    // Jest replaces these two for each file.
    globalThis.console = console;
    process.exit = exit;
    flushCompileCache();
  }

  getVmContext() {
    return null;
  }
};
