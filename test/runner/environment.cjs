const process = require('node:process');

const { console } = globalThis;
const { exit } = process;

/** Runs tests among the worker's own globals, where Node keeps its modules, instead of in a sandbox for each file. */
module.exports = class {
  global = globalThis;
  moduleMocker = { restoreAllMocks() {} };

  async setup() {}

  /** Jest replaces these two for each file. */
  async teardown() {
    globalThis.console = console;
    process.exit = exit;
  }

  getVmContext() {
    return null;
  }
};
