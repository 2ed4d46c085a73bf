// The boot of Python. Each worker that runs Python begins with it.
//
// Nothing is started before its file has been checked, because Pyodide itself waits forever for a WebAssembly file that is
// missing or damaged. Python is thawed where the build has frozen it (see thaw.mjs), which takes a fraction of the time; a
// browser in which that fails starts it plainly.

import { address, Arrivals, HOME, listing, withFiles } from "./files.mjs";
import { startPlain } from "./plain.mjs";
import { thaw } from "./thaw.mjs";

/**
 * Resolve to Pyodide, with NumPy and nnlib at hand; reject with a sentence for the reader. `tell` is called on the way with
 * the share that is done, 0 to 1. `library` brings all of Python's modules, which programs of readers may import.
 */
export async function boot(tell, { library = false } = {}) {
  if (!canCompile()) throw new Error("This browser, or the policy of this page, does not allow WebAssembly, which Python needs.");
  const { frozen, plain } = await listing();
  if (!frozen || typeof DecompressionStream !== "function") return startPlain(plain, tell);
  const parts = await fetchFrozen(frozen, library, tell);
  try {
    const pyodide = await start(frozen.state, parts);
    parts.arrivals.store();
    return pyodide;
  } catch (error) {
    console.warn("Python can't be thawed here, so it is started plainly:", error);
    return startPlain(plain, tell);
  }
}

function canCompile() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))); // the smallest module there is
  } catch {
    return false;
  }
}

async function fetchFrozen({ files }, library, tell) {
  const named = Object.fromEntries(files.map((file) => [file.name.split("/").pop(), file]));
  if (!library) delete named["library.packed"];
  const arrivals = new Arrivals(Object.values(named), (share) => tell(0.9 * share));
  const scripts = ["pyodide.asm.js", "pyodide.mjs"].map(async (name) => {
    await arrivals.bytes(named[name]);
    return import(address(named[name]));
  });
  const [core, libraries, memory, modules, , { loadPyodide }] = await Promise.all([
    arrivals.compiled(named["python.wasm.packed"]),
    arrivals.unpacked(named["libraries.packed"]).then(takeLibraries),
    arrivals.unpacked(named["memory.packed"]),
    library ? arrivals.unpacked(named["library.packed"]).then(opened) : [],
    ...scripts,
  ]);
  tell(0.9);
  return { arrivals, core, memory, loadPyodide, libraries: libraries.compiled, files: [...libraries.files, ...modules] };
}

async function takeLibraries(bundle) {
  const files = opened(bundle);
  const shared = files.filter(([path]) => path.endsWith(".so"));
  const compiled = await Promise.all(shared.map(async ([path, bytes]) => [path, await WebAssembly.compile(bytes)]));
  return { compiled, files: files.filter(([path]) => !path.endsWith(".so")) };
}

async function start(state, { core, memory, loadPyodide, libraries, files }) {
  const instantiateWasm = (imports, done) => {
    WebAssembly.instantiate(core, imports).then((instance) => done(instance, core));
    return {};
  };
  const fsInit = (FS) => {
    for (const [path, bytes] of files) {
      FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      FS.writeFile(path, bytes, { canOwn: true });
    }
  };
  // Pyodide asks for three files of its own, of which it needs none any more.
  const nothing = ["pyodide.asm.wasm", "python_stdlib.zip"].map((name) => [name, ""]);
  const lock = ["pyodide-lock.json", JSON.stringify(state.lock)];
  const options = { indexURL: HOME.href, settings: { instantiateWasm }, fsInit };
  const pyodide = await withFiles(new Map([...nothing, lock]), () => thaw(state, memory, libraries, loadPyodide, options));
  pyodide.runPython("import random, numpy; random.seed(); numpy.random.seed()"); // else chance is the same for every reader
  return pyodide;
}

/** The files of a bundle, as pairs of path and bytes: see frozen/bundle.mjs. */
function opened(bundle) {
  const length = new DataView(bundle.buffer, bundle.byteOffset).getUint32(0, true);
  const list = JSON.parse(new TextDecoder().decode(bundle.subarray(4, 4 + length)));
  let at = 4 + length;
  return list.map(([path, bytes]) => [path, bundle.subarray(at, (at += bytes))]);
}
