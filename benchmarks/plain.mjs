// The other side of the comparison: Python and NumPy as Pyodide's manual starts them, in a worker of a page without a book.
import { loadPyodide } from "./pyodide.mjs";

const python = await loadPyodide({ indexURL: new URL(".", import.meta.url).href });
await python.loadPackage("numpy", { messageCallback() {} });
postMessage(python.runPython("import numpy; float(numpy.ones(3).sum())"));
