// Freeze Python right after it has imported NumPy and nnlib: node freeze.mjs ENGINE WHEEL FOLDER
//
// It writes into FOLDER: `state.json`, `memory.bin` (the pages that Python has changed), `libraries.bin` (NumPy's
// shared libraries, and the data of nnlib) and `library.bin` (all Python modules, for readers' programs). Nothing in it
// may differ from run to run, so time stands still here and chance is a counter.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { checksum, startWith, thaw } from "../../nnlib/live/view/engine/thaw.mjs";
import { bundle } from "./bundle.mjs";

process.on("uncaughtException", (error) => { // Node would print the line of the source with it: all of Pyodide is one line
  process.stderr.write(`${error.stack ?? error}\n`);
  process.exit(1);
});

const PAGE = 64;
const [engine, wheel, folder] = process.argv.slice(2);
const indexURL = join(engine, "/");
const here = (name) => new URL(name, import.meta.url);
const nothing = join(folder, "nothing"); // in the place of the archive that Pyodide's Python comes in
writeFileSync(nothing, "");

Date.now = () => Date.UTC(2020, 0, 1);
performance.now = () => 0;
let chance = 0;
crypto.getRandomValues = (view) => {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  bytes.forEach((_, at) => { bytes[at] = (chance += 1); });
  return view;
};

const { loadPyodide } = await import(pathToFileURL(join(engine, "pyodide.mjs")).href);
await import(pathToFileURL(join(engine, "pyodide.asm.js")).href);

const files = await compile();
const { frozen, libraries, answers } = await freeze();
await write(frozen, libraries, answers);

/** All files below /lib, as pairs of path and bytes. */
async function compile() {
  const python = await loadPyodide({ indexURL, env: { PYTHONNODEBUGRANGES: "1" } });
  const numpy = JSON.parse(readFileSync(join(engine, "pyodide-lock.json"), "utf8")).packages.numpy.file_name;
  const archives = { "/standard.zip": join(engine, "python_stdlib.zip"), "/numpy.zip": join(engine, numpy), "/nnlib.zip": wheel };
  for (const [name, path] of Object.entries(archives)) python.FS.writeFile(name, readFileSync(path));
  python.runPython(readFileSync(here("compiled.py"), "utf8"));
  return python.runPython(`list(compiled(*${JSON.stringify(Object.keys(archives))}))`).toJs().map(([path, bytes]) => [`/${path}`, bytes.slice()]);
}

/** Start Python from these files, import, ask each figure for its first picture, and take the memory. */
async function freeze() {
  const shared = new Map(files.filter(([path]) => path.endsWith(".so")));
  const wanted = await libraryPaths(shared);
  const libraries = wanted.map((path) => [path, new WebAssembly.Module(shared.get(path))]);
  const { python, module, heapStart } = await start(libraries, shared);
  const answers = warmUp(python);
  for (const name of Object.keys(python.loadedPackages)) delete python.loadedPackages[name]; // JavaScript's, not Python's
  eraseFreeMemory(module, heapStart);
  const snapshot = python.makeMemorySnapshot();
  const [, header, length] = new Uint32Array(snapshot.buffer, 0, 4);
  const handles = Object.entries(module.LDSO.loadedLibsByHandle).filter(([handle]) => handle !== "0");
  const frozen = {
    heap: snapshot.subarray(header),
    heapStart,
    table: module.wasmTable.length,
    handles: handles.map(([handle, { name }]) => [Number(handle), name]),
    hiwire: JSON.parse(new TextDecoder().decode(snapshot.subarray(48, 48 + length))),
    countArgs: module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_COUNT_ARGS_OFFSET / 4],
  };
  return { frozen, libraries: wanted.map((path) => [path, shared.get(path)]), answers };
}

/** Which shared libraries are loaded, in a run that is thrown away. */
async function libraryPaths(shared) {
  const { python, module } = await start([], new Map());
  warmUp(python);
  return [...shared.keys()].filter((path) => path in module.LDSO.loadedLibsByName);
}

async function start(libraries, preloaded) {
  let module, heapStart;
  const python = await startWith(
    libraries,
    loadPyodide,
    {
      indexURL,
      stdLibURL: nothing,
      _makeSnapshot: true,
      fsInit: (FS) => files.forEach(([path, bytes]) => put(FS, path, preloaded.has(path) ? new Uint8Array() : bytes)),
    },
    (...given) => { [module, heapStart] = given; },
  );
  return { python, module, heapStart };
}

// Free memory still has in it what once was there. The allocator's chunks lie one after another, each with its length
// and a bit that says whether it is in use; the first words of a free one are the allocator's own.
function eraseFreeMemory({ HEAPU8, HEAPU32, resolveGlobalSymbol }, heapStart) {
  const end = resolveGlobalSymbol("sbrk").sym(0);
  for (let at = Math.ceil(heapStart / 16) * 16, size; at < end; at += size) {
    const head = HEAPU32[at / 4 + 1];
    size = head & ~7;
    if (size < 16 || at + size > end) throw new Error("The allocator's chunks are not where they should be.");
    if (!(head & 2)) HEAPU8.fill(0, Math.min(at + 32, at + size), at + size);
  }
}

function put(FS, path, bytes) {
  FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
  FS.writeFile(path, bytes);
}

function warmUp(python) {
  return python.runPython(`${readFileSync(here("warm_up.py"), "utf8")}\nwarm_up()`);
}

/** Write all files, but only if Python can be thawed from them and gives the answers that it gave before. */
async function write(frozen, libraries, answers) {
  const compiledLibraries = libraries.map(([path, bytes]) => [path, new WebAssembly.Module(bytes)]);
  const ground = await groundOf(frozen, compiledLibraries);
  const { state, memory } = pagesOf(frozen, ground);
  const data = files.filter(([path]) => /\/nnlib\/data\//.test(path));
  const core = new WebAssembly.Module(readFileSync(join(engine, "pyodide.asm.wasm")));
  const parts = Promise.resolve({ core, libraries: compiledLibraries, memory, files: data });
  const thawed = await thaw(state, parts, loadPyodide, { indexURL, stdLibURL: nothing });
  if (warmUp(thawed) !== answers) throw new Error("Thawed Python gives other answers than the Python that was frozen.");
  writeFileSync(join(folder, "state.json"), JSON.stringify(state));
  writeFileSync(join(folder, "memory.bin"), memory);
  writeFileSync(join(folder, "libraries.bin"), bundle([...libraries, ...data]));
  writeFileSync(join(folder, "library.bin"), bundle(files.filter(([path]) => !path.endsWith(".so") && !/\/nnlib\/data\//.test(path))));
}

/** The memory as it is where Python is about to be thawed, and its checksum. */
async function groundOf(frozen, libraries) {
  let ground;
  const settings = { INITIAL_MEMORY: frozen.heap.length };
  const options = { indexURL, stdLibURL: nothing, settings, _loadSnapshot: new Uint8Array(1) };
  const stopped = startWith(libraries, loadPyodide, options, (module) => {
    module.API.restoreSnapshot = () => {
      if (module.wasmTable.length !== frozen.table) throw new Error("The table of functions has grown since the libraries were loaded.");
      ground = { bytes: module.HEAPU8.slice(), sum: (range) => checksum(module, { ...range, countArgs: frozen.countArgs }) };
      throw new Error("enough seen");
    };
  });
  await stopped.catch((error) => { if (error.message !== "enough seen") throw error; });
  return ground;
}

/** The pages of the frozen memory that differ from the ground, and how they lie. */
function pagesOf({ heap, ...state }, ground) {
  const runs = [];
  const pages = [];
  let skipped = 0;
  let length = 0;
  const flush = () => {
    if (length) runs.push(skipped, length);
    [skipped, length] = [0, 0];
  };
  const heapStart = Math.floor(state.heapStart / PAGE) * PAGE;
  const nothing = Buffer.alloc(PAGE);
  for (let at = 0; at < heap.length; at += PAGE) {
    const page = heap.subarray(at, at + PAGE);
    const same = Buffer.compare(page, at < heapStart ? ground.bytes.subarray(at, at + PAGE) : nothing) === 0;
    if (same && length) flush();
    if (same) skipped += 1;
    else length = pages.push(page) && length + 1;
  }
  flush();
  const memory = Buffer.concat([Buffer.from(Uint32Array.from(runs).buffer), ...pages]);
  const top = Math.ceil(ground.bytes.findLastIndex((byte) => byte !== 0) / 65536) * 65536;
  const whole = { ...state, heapStart, page: PAGE, runs: runs.length / 2, size: heap.length, ground: top };
  return { state: { ...whole, checksum: ground.sum(whole) }, memory: new Uint8Array(memory) };
}
