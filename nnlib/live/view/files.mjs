// The engine's files, each checked for its length and its SHA-256 before anything is made of it. `files.json` lists them.
// The address of a file has its SHA-256 in it, so what is stored under it can never be out of date. The service worker
// serves from the same store.

export const HOME = new URL("../engine/", import.meta.url);
const STORE = `engine ${HOME.pathname}`; // an origin may have several books
const TYPES = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm", json: "application/json" };
const AGAIN = location.search === "?again"; // then what failed may have been cached

export const address = ({ name, sha256 }) => new URL(`${name}?${sha256}`, HOME).href;

/** What is listed: {version, plain: [file, …], frozen: {state, files: [file, …]} or null}; a file is {name, bytes, sha256}. */
export async function listing() {
  const response = await get(new URL("files.json", HOME), "files.json", { cache: AGAIN ? "reload" : "no-cache" });
  return response.json().catch(() => { throw damaged("files.json"); });
}

/** Fetches checked files, and tells of the whole what share has arrived. */
export class Arrivals {
  #done = 0;
  #total;
  #tell;
  #fromNetwork = [];

  constructor(files, tell) {
    this.#total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#tell = tell;
  }

  /** The bytes of a file. */
  async bytes(file) {
    const stream = await this.#checked(file);
    return whole(stream).catch((error) => { throw stream.fault ?? error; });
  }

  /** The bytes of a file that was packed with gzip. */
  async unpacked(file) {
    return this.#unpack(file, whole);
  }

  /** A packed WebAssembly module, compiled while it arrives. */
  async compiled(file) {
    const headers = { "content-type": "application/wasm" };
    return this.#unpack(file, (stream) => WebAssembly.compileStreaming(new Response(stream, { headers })));
  }

  /** Store what came over the network, for the next page and the next visit. */
  async store() {
    const arrived = this.#fromNetwork.splice(0);
    try {
      const store = await caches.open(STORE);
      await Promise.all(arrived.map(([file, bytes]) => store.put(address(file), typed(file.name, bytes))));
    } catch {
      // No storage, or none that is free: the next visit asks the network again.
    }
  }

  async #unpack(file, take) {
    const stream = await this.#checked(file);
    return take(stream.pipeThrough(new DecompressionStream("gzip"))).catch(() => { throw stream.fault ?? damaged(file.name); });
  }

  // A stream whose end comes only when all that went through it is as listed: what is made of it meanwhile has to wait.
  async #checked(file) {
    const kept = await stored(file);
    const response = kept ?? (await get(address(file), file.name, { priority: "low", cache: AGAIN ? "reload" : "default" }));
    const arrived = new Uint8Array(file.bytes);
    let at = 0;
    const check = new TransformStream({
      transform: (part, controller) => {
        if (at + part.length > file.bytes) return fail(damaged(file.name));
        arrived.set(part, at);
        at += part.length;
        this.#tell((this.#done += part.length) / this.#total);
        controller.enqueue(part);
      },
      flush: async () => {
        // Digests are for secure pages only; elsewhere the length must do.
        if (at !== file.bytes || (crypto.subtle && (await hex(arrived)) !== file.sha256)) fail(damaged(file.name));
        if (!kept) this.#fromNetwork.push([file, arrived]);
      },
    });
    const stream = response.body.pipeThrough(check);
    function fail(error) {
      forget(file); // so that the next try asks the network
      stream.fault = error;
      throw error;
    }
    return stream;
  }
}

// Where there is no storage, as on a page that is not secure, nothing is stored.
async function stored(file) {
  try {
    return await (await caches.open(STORE)).match(address(file));
  } catch {
    return undefined;
  }
}

async function forget(file) {
  if (await stored(file)) await (await caches.open(STORE)).delete(address(file));
}

async function get(url, name, options) {
  const response = await fetch(url, options).catch(() => null);
  if (!response?.ok) throw new Error(`The file ${name} of the Python engine can't be reached.`);
  return response;
}

function damaged(name) {
  return new Error(`The file ${name} of the Python engine arrived damaged.`);
}

function typed(name, bytes) {
  return new Response(bytes, { headers: { "content-type": TYPES[name.split(".").pop()] ?? "application/octet-stream" } });
}

async function whole(stream) {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Run `load` while requests for files of these names, with or without a folder, are answered from memory. */
export async function withFiles(files, load) {
  const network = globalThis.fetch;
  globalThis.fetch = (resource, options) => {
    const name = new URL(resource.url ?? resource, HOME).pathname.split("/").pop();
    if (!files.has(name)) return network(resource, options);
    return Promise.resolve(typed(name, files.get(name)));
  };
  try {
    return await load();
  } finally {
    globalThis.fetch = network;
  }
}
