// The engine's files, each checked for its length and its SHA-256 before anything is made of it. `files.json` lists
// them. They lie in the folder of an edition of the book, with the scripts. The store knows a file by its SHA-256, so
// what is stored can never be out of date, and a new edition asks for what is new alone. The service worker serves from
// the same store.

const SELF = new URL(globalThis.name || location.href); // the worker's: see startWorker of page/addresses.mjs
export const HOME = new URL("../engine/", SELF);
const KEPT = new URL("../../engine/", HOME); // of all editions
const STORE = `engine ${KEPT.pathname}`; // an origin may have several books
const STORES = /** @type {CacheStorage} */ (stores()); // where it is missing, what asks it fails
const LATER = 500; // milliseconds: the first picture is not kept waiting by storing what arrived
const TYPES = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm", json: "application/json" };
export const AGAIN = SELF.searchParams.has("again"); // then what failed may have been cached

export const address = ({ name, sha256 }) => new URL(`${name}?${sha256}`, HOME).href;

/**
 * What is listed: {plain: [file, …], frozen: {state, files: [file, …]} or null}. A file is {name, bytes, sha256}; one
 * that is packed has `unpacked`, {bytes, sha256} of what is in it.
 */
export async function listing() {
  const response = await get(new URL("files.json", HOME), "files.json", { cache: AGAIN ? "reload" : "default" });
  return response.json().catch(() => { throw damaged("files.json"); });
}

/** Fetches checked files, and tells of the whole what share has arrived, by steps of a hundredth or once a second. */
export class Arrivals {
  #done = 0;
  #told = 0;
  #toldAt = 0;
  #total;
  #tell;
  #fromNetwork = [];

  constructor(files, tell) {
    this.#total = files.reduce((sum, file) => sum + content(file).bytes, 0);
    this.#tell = tell;
  }

  /** The bytes of a file, unpacked if it was packed with gzip. */
  async bytes(file) {
    const kept = await stored(file);
    const options = { priority: "low", cache: AGAIN ? "reload" : "default" };
    const response = kept ?? (await get(address(file), file.name, options));
    try {
      const { bytes: length, sha256 } = content(file);
      const stream = () => (file.unpacked ? unpacking(response.body) : response.body);
      const bytes = await (kept ? this.#whole(response) : this.#read(stream(), length));
      // Digests are for secure pages only; elsewhere the length must do.
      if (bytes.length !== length || (crypto.subtle && (await hex(bytes)) !== sha256)) throw damaged(file.name);
      if (!kept) this.#fromNetwork.push([file, bytes]);
      return bytes;
    } catch {
      if (kept) await forget(file); // so that the next try asks the network
      throw damaged(file.name);
    }
  }

  /** Store what came over the network, for the next page and the next visit. */
  storeLater() {
    setTimeout(() => this.#store(), LATER);
  }

  async #store() {
    const arrived = this.#fromNetwork.splice(0);
    try {
      const store = await STORES.open(STORE);
      await Promise.all(arrived.map(([file, bytes]) => store.put(keptAt(file), typed(file.name, bytes))));
    } catch {
      // No storage, or none that is free: the next visit asks the network again.
    }
  }

  /** Tell the share once more, as a sign of life. */
  giveSign() {
    this.#tell(this.#told / 100);
  }

  // What is stored is there at once, and quicker as a whole.
  async #whole(response) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    this.#tellMore(bytes.length);
    return bytes;
  }

  async #read(stream, length) {
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const reader = stream.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes.set(value, at); // raises where more comes than was listed
      at += value.length;
      this.#tellMore(value.length);
    }
    return bytes.subarray(0, at);
  }

  #tellMore(length) {
    this.#done += length;
    const hundredths = Math.floor((100 * this.#done) / this.#total);
    if (hundredths === this.#told && performance.now() < this.#toldAt + 1000) return;
    this.#toldAt = performance.now();
    this.#tell((this.#told = hundredths) / 100);
  }
}

// What is stored is stored unpacked: the next start has no time for it.
const content = (file) => file.unpacked ?? file;
const keptAt = (file) => new URL(`${file.name}?${content(file).sha256}`, KEPT).href;
const unpacking = (stream) => stream.pipeThrough(new DecompressionStream("gzip"));

// The browser's stores, which programs of readers are kept from later: see confine.mjs.
function stores() {
  try {
    return globalThis.caches;
  } catch {
    return undefined; // a frame with an origin of its own has none
  }
}

// Where there is no storage, as on a page that is not secure, nothing is stored.
async function stored(file) {
  try {
    return await (await STORES.open(STORE)).match(keptAt(file));
  } catch {
    return undefined;
  }
}

async function forget(file) {
  await (await STORES.open(STORE)).delete(keptAt(file));
}

async function get(url, name, options) {
  const response = await fetch(url, options).catch(() => null);
  if (!response?.ok) {
    const gone = response?.status === 404 ? " If the book has a new edition, reload the page." : "";
    throw new Error(`The file ${name} of the Python engine can't be reached.${gone}`);
  }
  return response;
}

function damaged(name) {
  return new Error(`The file ${name} of the Python engine arrived damaged.`);
}

function typed(name, bytes) {
  const type = TYPES[name.split(".").pop()] ?? "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type } });
}

async function hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Run `load` while requests for files of these names, with or without a folder, are answered from memory. */
export async function withFiles(files, load) {
  const network = globalThis.fetch;
  globalThis.fetch = (resource, options) => {
    const name = new URL(resource instanceof Request ? resource.url : resource, HOME).pathname.split("/").pop();
    if (!files.has(name)) return network(resource, options);
    return Promise.resolve(typed(name, files.get(name)));
  };
  try {
    return await load();
  } finally {
    globalThis.fetch = network;
  }
}
