const { flushCompileCache } = require('node:module');
const process = require('node:process');

const { console } = globalThis;
const { exit } = process;

// With nothing left open: to take the memory of a hundred test files apart takes longer than the half second that Jest waits for it.
process.once('beforeExit', () => exit());

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
