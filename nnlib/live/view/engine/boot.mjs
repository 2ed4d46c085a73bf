// The boot of Python. Each worker that runs Python begins with it.
//
// No WebAssembly is started before its file has been checked, because Pyodide itself waits forever for one that is
// missing or damaged. Python is thawed where the build has frozen it (see thaw.mjs), which takes a fraction of the
// time; a browser in which that fails starts it plainly.

import { address, AGAIN, Arrivals, HOME, listing, withFiles } from "./files.mjs";
import { startPlain } from "./start_plain.mjs";
import { thaw } from "./thaw.mjs";

const PLAINLY = "Python starts from scratch here, which takes longer …"; // what the reader is told meanwhile

/**
 * Resolve to Pyodide, with NumPy and nnlib at hand; reject with a sentence for the reader. `tell` is called on the way
 * with the share that is done, 0 to 1, and a sentence where the way is an unusual one. `library` brings all of Python's
 * modules, which programs of readers may import.
 */
export async function boot(tell, { library = false } = {}) {
  if (!canCompile()) {
    throw new Error("This browser, or the policy of this page, does not allow WebAssembly, which Python needs.");
  }
  const { frozen, plain } = await listing();
  const start = () => startPlain(plain, (share) => tell(share, PLAINLY));
  if (!frozen || typeof DecompressionStream !== "function") return start();
  const named = Object.fromEntries(frozen.files.map((file) => [file.name.split("/").pop(), file]));
  if (!library) delete named["library.packed"];
  const arrivals = new Arrivals(Object.values(named), (share) => tell(0.9 * share));
  const parts = fetchParts(named, arrivals);
  const scripts = fetchScripts(named, arrivals);
  const thawed = scripts.then((loadPyodide) => startThawed(frozen.state, parts, loadPyodide));
  thawed.catch(() => {}); // see below
  await Promise.all([parts, scripts]); // what can't be fetched is told; what can't be thawed has another way
  tell(0.95);
  try {
    const pyodide = await thawed;
    // Python was frozen with its random state: without this, the programs of every reader would draw the same numbers.
    if (library) pyodide.runPython("import random, numpy; random.seed(); numpy.random.seed()");
    return pyodide;
  } catch (error) {
    console.warn("Python can't be thawed here, so it is started plainly:", error);
    return start();
  } finally {
    arrivals.storeLater();
  }
}

function canCompile() {
  try {
    return Boolean(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))); // the smallest module there is
  } catch {
    return false;
  }
}

/** What Python is thawed from: see thaw.mjs. */
async function fetchParts(named, arrivals) {
  const compile = async (bytes) => {
    const module = await WebAssembly.compile(bytes);
    arrivals.giveSign(); // where a browser is slow, each takes seconds
    return module;
  };
  const bundle = async (name) => (named[name] ? opened(await arrivals.bytes(named[name])) : []);
  const [core, libraries, memory, modules] = await Promise.all([
    arrivals.bytes(named["python.wasm.packed"]).then(compile),
    bundle("libraries.packed").then((files) => compiled(files, compile)),
    arrivals.bytes(named["memory.packed"]),
    bundle("library.packed"),
  ]);
  return { core, memory, libraries: libraries.shared, files: [...libraries.others, ...modules] };
}

async function compiled(files, compile) {
  const [shared, others] = [true, false].map((is) => files.filter(([path]) => path.endsWith(".so") === is));
  return { shared: await Promise.all(shared.map(async ([path, bytes]) => [path, await compile(bytes)])), others };
}

/** Pyodide's scripts, which are checked while they are read; it is the check that tells what is wrong with one. */
async function fetchScripts(named, arrivals) {
  const [, { loadPyodide }] = await Promise.all(["pyodide.asm.js", "pyodide.js"].map(async (name) => {
    const checked = arrivals.bytes(named[name]);
    if (AGAIN) await checked; // only then the browser's own copy, which may be what was wrong, is a new one
    const script = import(address(named[name]));
    script.catch(() => {});
    await checked;
    return script;
  }));
  return loadPyodide;
}

function startThawed(state, parts, loadPyodide) {
  const files = new Map(Object.entries({ // Pyodide asks for three files of its own, of which it needs none any more
    "pyodide.asm.wasm": "",
    "python_stdlib.zip": "",
    "pyodide-lock.json": JSON.stringify(state.lock),
  }));
  return withFiles(files, () => thaw(state, parts, loadPyodide, { indexURL: HOME.href }));
}

/** The files of a bundle, as pairs of path and bytes: see book/engine/bundle.mjs. */
function opened(bundle) {
  const length = new DataView(bundle.buffer, bundle.byteOffset).getUint32(0, true);
  const list = JSON.parse(new TextDecoder().decode(bundle.subarray(4, 4 + length)));
  let at = 4 + length;
  return list.map(([path, bytes]) => [path, bundle.subarray(at, (at += bytes))]);
}
