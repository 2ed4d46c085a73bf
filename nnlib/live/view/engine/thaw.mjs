// Thawing Python: it goes on where it was when its memory was written down, with NumPy and nnlib imported.
//
// NumPy's shared libraries are loaded before Python's own memory begins, so that they lie where they lay when it was
// frozen; then the frozen memory is laid over what is there. `book/engine/freeze.mjs`, which freezes, starts in the
// same way.

// These become part of Python's memory, so they are the same for every reader, whatever the language.
const PROGRAM = "python";
const ENVIRONMENT = {
  HOME: "/home/pyodide",
  USER: "reader",
  LOGNAME: "reader",
  LANG: "C.UTF-8",
  PYTHONHASHSEED: "0",
  _: PROGRAM,
};

/**
 * Start Pyodide, with `libraries`, pairs of a path and its WebAssembly.Module, loaded before Python runs: they must be
 * there when the core is. `prepare` is called with Pyodide's module right after that, and with the address at which the
 * memory of Python begins.
 */
export function startWith(libraries, loadPyodide, options, prepare) {
  return new Promise((resolve, reject) => {
    const create = globalThis._createPyodideModule;
    globalThis._createPyodideModule = (settings) => {
      globalThis._createPyodideModule = create;
      Object.assign(settings, { thisProgram: PROGRAM }, options.settings);
      settings.preRun.push((module) => {
        try {
          for (const [path, library] of libraries) load(module, path, library);
          prepare(module, module.getMemory(0));
        } catch (error) {
          reject(error); // Pyodide itself would wait forever
          throw error;
        }
      });
      return create(settings);
    };
    loadPyodide({ env: ENVIRONMENT, ...options }).then(resolve, reject);
  });
}

function load(module, path, library) {
  const loaded = Object.assign(module.newDSO(path, undefined, "loading"), { refcount: Infinity, global: false });
  loaded.exports = module.loadWebAssemblyModule(library, {}, path, {});
}

/**
 * Thaw what was frozen. `state` tells how the memory lies; `parts` is a promise, so that Pyodide starts meanwhile, of
 * {core, libraries, memory, files}: the core's WebAssembly.Module, the libraries' as above, the pages of the memory
 * that are not as they are at first, and pairs of path and bytes for Python's file system.
 */
export async function thaw(state, parts, loadPyodide, options) {
  /** @type {Record<string, any[]>} */
  const arrived = { libraries: [] };
  let fail;
  const failed = new Promise((_, reject) => { fail = reject; });
  const instantiateWasm = (imports, done) => {
    parts.then(async ({ core, libraries, ...others }) => {
      arrived.libraries.push(...libraries);
      Object.assign(arrived, others);
      const instance = /** @type {any} */ (await WebAssembly.instantiate(core, imports));
      done({ exports: asInTable(instance.exports, imports.env.__indirect_function_table) }, core);
    }).catch(fail); // Pyodide itself would wait forever
    return {};
  };
  const fsInit = (FS) => arrived.files.forEach(([path, bytes]) => {
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, bytes, { canOwn: true });
  });
  const settings = { instantiateWasm, INITIAL_MEMORY: state.size };
  const all = { ...options, settings, fsInit, _loadSnapshot: new Uint8Array(1) };
  const thawed = startWith(arrived.libraries, loadPyodide, all, (module) => {
    module.API.restoreSnapshot = () => {
      const functions = module.wasmTable.length + (module._PyEM_CountArgsPtr ? 0 : 1); // see below
      if (functions !== state.table) throw new Error("The table of functions is not as it was.");
      if (checksum(module, state) !== state.checksum) throw new Error("The memory below Python is not as it was.");
      layOver(module.HEAPU8, state, arrived.memory);
      module.HEAPU32[state.countArgs / 4] = module._PyEM_CountArgsPtr; // the one function that not every browser has
      const { loadedLibsByHandle, loadedLibsByName } = module.LDSO;
      for (const [handle, path] of state.handles) loadedLibsByHandle[handle] = loadedLibsByName[path];
      return state.hiwire;
    };
  });
  return Promise.race([thawed, failed]);
}

// Pyodide knows an exported function by its object, and gives it a new entry of the table where it finds it in none.
// For one function WebKit has two objects, one in the exports and one in the table, so each export is taken from the
// table. The name of a function of WebAssembly is its number.
function asInTable(exports, table) {
  const known = new Map();
  for (let at = 0; at < table.length; at += 1) {
    const entry = table.get(at);
    if (entry) known.set(entry.name, entry);
  }
  const same = (value) => (typeof value === "function" && known.get(value.name)) || value;
  return Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, same(value)]));
}

/** A checksum of the memory as it is before anything is laid over it. */
export function checksum({ HEAPU8, HEAPU32, _PyEM_CountArgsPtr }, { ground, countArgs }) {
  if (HEAPU32[countArgs / 4] !== _PyEM_CountArgsPtr) return null;
  HEAPU32[countArgs / 4] = 0;
  const words = new Uint32Array(HEAPU8.buffer, 0, ground / 4);
  let sum = 0;
  for (let at = 0; at < words.length; at += 1) sum = (Math.imul(sum, 31) + words[at]) | 0;
  return sum;
}

// The memory begins with the runs of changed pages, as pairs: how many pages are skipped, how many follow.
function layOver(heap, { heapStart, page, runs }, memory) {
  heap.fill(0, heapStart);
  const pairs = new Uint32Array(memory.buffer, memory.byteOffset, 2 * runs);
  let at = 0;
  let from = pairs.byteLength;
  for (let run = 0; run < pairs.length; run += 2) {
    at += pairs[run] * page;
    const length = pairs[run + 1] * page;
    heap.set(memory.subarray(from, from + length), at);
    at += length;
    from += length;
  }
}
