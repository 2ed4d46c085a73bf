// The plain start of Python: as Pyodide does it, from its own files. It is the way where there is nothing to thaw.

import { address, Arrivals, HOME, withFiles } from "./files.mjs";

export async function startPlain(files, tell) {
  const arrivals = new Arrivals(files, (share) => tell(0.5 * share)); // the rest is starting Python
  const arrived = await Promise.all(files.map(async (file) => [file.name, await arrivals.bytes(file)]));
  const bytes = new Map(arrived);
  delete globalThis._createPyodideModule; // a frozen engine may have left its own
  // Both scripts have their SHA-256 in their address, for the service worker to find them in the store: see boot.mjs.
  const scripts = ["pyodide.asm.js", "pyodide.js"].map((script) => files.find(({ name }) => name === script));
  const [, { loadPyodide }] = await Promise.all(scripts.map((file) => import(address(file))));
  const signs = new SignsOfLife(tell);
  signs.now(0.5);
  const pyodide = await withFiles(bytes, async () => {
    const python = await loadPyodide({ indexURL: HOME.href, fsInit: (FS) => signs.hearFiles(FS) });
    signs.now(0.8);
    await python.loadPackage("numpy", { messageCallback: () => signs.now(0.8) });
    signs.now(0.9);
    return python;
  });
  const wheel = files.find(({ name }) => name.startsWith("nnlib-"));
  pyodide.unpackArchive(bytes.get(wheel.name), "wheel");
  arrivals.storeLater();
  return pyodide;
}

// Python starts and imports in runs of many seconds where a browser is slow. Files are all that is heard of it
// meanwhile.
class SignsOfLife {
  #tell;
  #share = 0;
  #last = 0;

  constructor(tell) {
    this.#tell = tell;
  }

  now(share) {
    this.#share = share;
    this.#last = performance.now();
    this.#tell(share);
  }

  hearFiles(FS) {
    for (const name of ["open", "stat", "read"]) {
      const act = FS[name];
      FS[name] = (...given) => {
        if (performance.now() > this.#last + 500) this.now(this.#share);
        return act(...given);
      };
    }
  }
}
