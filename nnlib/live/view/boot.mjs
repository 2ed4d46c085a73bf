// The boot of Python: fetch and check every file of the engine, start Pyodide, make nnlib importable. Each worker that runs
// Python begins with it. Nothing is started before every file has been checked, because Python's own loader waits forever
// for a WebAssembly file that is missing or damaged.

const HOME = new URL("../engine/", import.meta.url);
const MIME = { wasm: "application/wasm", json: "application/json" };

/** Start Python and resolve to it (`pyodide`); call `tell(share)` on the way, 0 to 1. Reject with a sentence for the reader. */
export async function boot(tell) {
  if (typeof WebAssembly !== "object") throw new Error("This browser does not allow WebAssembly, which Python needs.");
  const files = await (await get("files.json")).json().catch(() => { throw damaged("files.json"); });
  const bytes = await fetchAll(files, tell);
  const { loadPyodide } = await import(new URL("pyodide.mjs", HOME).href);
  const pyodide = await withFiles(bytes, async () => {
    const python = await loadPyodide({ indexURL: HOME.href });
    tell(0.8);
    await python.loadPackage("numpy", { messageCallback() {} });
    tell(0.9);
    return python;
  });
  const wheel = files.find(({ name }) => name.startsWith("nnlib-"));
  pyodide.unpackArchive(bytes.get(wheel.name), "wheel");
  return pyodide;
}

async function get(name) {
  const response = await fetch(new URL(name, HOME)).catch(() => null);
  if (!response?.ok) throw new Error(`The file ${name} of the Python engine can't be reached.`);
  return response;
}

async function fetchAll(files, tell) {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let done = 0;
  const grow = (more) => {
    done += more;
    tell((0.5 * done) / total); // the rest is starting Python
  };
  return new Map(await Promise.all(files.map(async (file) => [file.name, await fetchOne(file, grow)])));
}

async function fetchOne({ name, bytes, sha256 }, grow) {
  const response = await get(name);
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (let reader = response.body.getReader(), part; !(part = await reader.read()).done; ) {
    if (at + part.value.length > bytes) throw damaged(name);
    whole.set(part.value, at);
    at += part.value.length;
    grow(part.value.length);
  }
  // Digests are for secure pages only; elsewhere the length must do.
  if (at !== bytes || (crypto.subtle && (await hex(whole)) !== sha256)) throw damaged(name);
  return whole.buffer;
}

function damaged(name) {
  return new Error(`The file ${name} of the Python engine arrived damaged.`);
}

async function hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Run `load` while requests for the checked files are answered from memory, each with its proper type. */
async function withFiles(bytes, load) {
  const network = globalThis.fetch;
  globalThis.fetch = (resource, options) => {
    const name = new URL(resource.url ?? resource, HOME).pathname.split("/").pop();
    if (!bytes.has(name)) return network(resource, options);
    const type = MIME[name.split(".").pop()] ?? "application/octet-stream";
    return Promise.resolve(new Response(bytes.get(name), { headers: { "content-type": type } }));
  };
  try {
    return await load();
  } finally {
    globalThis.fetch = network;
  }
}
