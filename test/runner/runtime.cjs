const { pathToFileURL } = require('node:url');
const { default: Runtime } = require('jest-runtime');

const loaded = new Set();

/**
 * Lets Node load the modules, once per worker; Jest would load all of Azure's and Teams' libraries anew for each file.
 * Only what Jest loads by itself starts afresh: the setup file, its own state, the test file.
 */
exports.default = class extends Runtime {
  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    const { href } = pathToFileURL(path);
    const url = loaded.has(href) ? `${href}?time=${loaded.size}` : href;
    loaded.add(href).add(url);
    return import(url);
  }

  requireInternalModule(path) {
    delete require.cache[path];
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return require(path);
  }

  setGlobalsForRuntime(globals) {
    Object.assign(globalThis, globals);
  }

  // Jest's own would replace the one of the worker, not of a sandbox.
  installGetBuiltinModule() {}
};
exports.__esModule = true;
