// The engine's files, each checked for its length and its SHA-256 before anything is made of it. `files.json` lists them.

const HOME = new URL("../engine/", import.meta.url);

export const address = (name) => new URL(name, HOME).href;

/** What is listed: {version, plain: [file, …], frozen: {state, files: [file, …]} or null}; a file is {name, bytes, sha256}. */
export async function listing() {
  const response = await get("files.json");
  return response.json().catch(() => { throw damaged("files.json"); });
}

/** Fetches checked files, and tells of the whole what share has arrived. */
export class Arrivals {
  #done = 0;
  #total;
  #tell;

  constructor(files, tell) {
    this.#total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#tell = tell;
  }

  /** The bytes of a file. */
  async bytes(file) {
    return new Uint8Array(await new Response(await this.#checked(file)).arrayBuffer());
  }

  /** The bytes of a file that was packed with gzip. */
  async unpacked(file) {
    return this.#unpack(file, async (stream) => new Uint8Array(await new Response(stream).arrayBuffer()));
  }

  /** A packed WebAssembly module, compiled while it arrives. */
  async compiled(file) {
    const headers = { "content-type": "application/wasm" };
    return this.#unpack(file, (stream) => WebAssembly.compileStreaming(new Response(stream, { headers })));
  }

  async #unpack(file, take) {
    const stream = await this.#checked(file);
    return take(stream.pipeThrough(new DecompressionStream("gzip"))).catch(() => { throw stream.fault ?? damaged(file.name); });
  }

  // A stream whose end comes only when all that went through it is as listed: what is made of it meanwhile has to wait.
  async #checked(file) {
    const response = await get(file.name);
    const whole = new Uint8Array(file.bytes);
    let at = 0;
    const check = new TransformStream({
      transform: (part, controller) => {
        if (at + part.length > file.bytes) return fail(damaged(file.name));
        whole.set(part, at);
        at += part.length;
        this.#tell((this.#done += part.length) / this.#total);
        controller.enqueue(part);
      },
      flush: async () => {
        // Digests are for secure pages only; elsewhere the length must do.
        if (at !== file.bytes || (crypto.subtle && (await hex(whole)) !== file.sha256)) fail(damaged(file.name));
      },
    });
    const stream = response.body.pipeThrough(check);
    function fail(error) {
      stream.fault = error;
      throw error;
    }
    return stream;
  }
}

async function get(name) {
  const response = await fetch(address(name)).catch(() => null);
  if (!response?.ok) throw new Error(`The file ${name} of the Python engine can't be reached.`);
  return response;
}

function damaged(name) {
  return new Error(`The file ${name} of the Python engine arrived damaged.`);
}

async function hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Run `load` while requests for files of these names, with or without a folder, are answered from memory. */
export async function withFiles(files, load) {
  const types = { wasm: "application/wasm", json: "application/json" };
  const network = globalThis.fetch;
  globalThis.fetch = (resource, options) => {
    const name = new URL(resource.url ?? resource, HOME).pathname.split("/").pop();
    if (!files.has(name)) return network(resource, options);
    const type = types[name.split(".").pop()] ?? "application/octet-stream";
    return Promise.resolve(new Response(files.get(name), { headers: { "content-type": type } }));
  };
  try {
    return await load();
  } finally {
    globalThis.fetch = network;
  }
}
