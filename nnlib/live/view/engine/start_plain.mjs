// The plain start of Python: as Pyodide does it, from its own files. It is the way where there is nothing to thaw.

import { Arrivals, HOME, withFiles } from "./files.mjs";

export async function startPlain(files, tell) {
  const arrivals = new Arrivals(files, (share) => tell(0.5 * share)); // the rest is starting Python
  const arrived = await Promise.all(files.map(async (file) => [file.name, await arrivals.bytes(file)]));
  const bytes = new Map(arrived);
  delete globalThis._createPyodideModule; // a frozen engine may have left its own
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
