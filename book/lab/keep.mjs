// What is done in every page of the lab before JupyterLab starts, and what is said there once it has started. What the
// reader has is JupyterLite's, under a name that stays; a new edition of the book puts its chapters beside.

import { beside, editionOf, gathered, named, withoutWidgets } from "./gather.mjs";

const ROOT = new URL(".", import.meta.url);
const STORE = `JupyterLite Storage - ${ROOT.pathname}`; // JupyterLite's own name for it
const FILES = "files";
const OLDER = /^nnlib lab [0-9a-f]{12}$/; // each edition had a name of its own once
const NOTES = `nnlib lab ${ROOT.pathname}`;
const SAID = {
  forgetful: "This browser keeps nothing: download what you want to keep before you close the page.",
  memory: "Files that cells write stay in Python's memory, in /home/pyodide, outside the list of files, until it ends.",
  endless: "Python can't be interrupted here. Kernel, Restart Kernel ends what runs: your cells stay, their values go.",
  older: "This notebook is yours, of an older edition of the book. The new edition of it lies beside it, untouched.",
  put: "The book has a new edition. Your notebooks stay as they are; the new ones lie beside them.",
  found: "What you have made in an older edition of this lab is here again.",
};

/** What there is to say: keys of SAID, each with the path that it leads to, if any. @type {[string, string?][]} */
let news = [];
try {
  news = await prepare();
} catch (error) {
  if (localStorage instanceof Storage) reportError(error); // else it was to be expected
}
tell(news).catch(reportError);

/** @returns {Promise<[string, string?][]>} */
async function prepare() {
  const notes = { moved: [], put: {}, ...JSON.parse(localStorage.getItem(NOTES) ?? "{}") };
  const stores = (await indexedDB.databases?.() ?? []).map(({ name }) => name ?? "");
  const older = stores.filter((name) => OLDER.test(name) && !notes.moved.includes(name));
  if (!older.length && !stores.includes(STORE)) return [];
  const wanted = older.length ? () => true : (path) => path.endsWith(".ipynb");
  const [own, ...others] = await Promise.all([STORE, ...older].map((name) => read(name, wanted)));
  const changes = gathered(own, others);
  /** @type {[string, string?][]} */
  const news = changes.size ? [["found"]] : [];
  const all = new Map([...own, ...changes]);
  for (const [path, file] of all) {
    const bare = withoutWidgets(file);
    if (bare !== file) changes.set(path, bare);
  }
  for (const [path, edition] of Object.entries(await editions())) {
    const mine = all.get(path);
    if (!mine || editionOf(mine) === edition) continue;
    const aside = beside(path, `new edition ${edition.slice(0, 6)}`);
    const isHere = new URLSearchParams(location.search).get("path") === path;
    if (isHere) news.push(["older", aside]);
    if (notes.put[path] === edition) continue; // it has been put there, and the reader may have taken it away
    changes.set(aside, await fresh(path, aside));
    notes.put[path] = edition;
    if (!isHere) news.push(["put"]);
  }
  if (changes.size) await write(changes);
  notes.moved.push(...older);
  localStorage.setItem(NOTES, JSON.stringify(notes));
  return news;
}

async function editions() {
  return (await fetch(new URL("editions.json", ROOT), { cache: "no-cache" })).json();
}

/** The book's notebook of this path, as a file for another one. */
async function fresh(path, aside) {
  const content = await (await fetch(new URL(`files/${path}`, ROOT), { cache: "no-cache" })).json();
  const now = new Date().toISOString();
  const size = JSON.stringify(content).length;
  const kind = { type: "notebook", format: "json", mimetype: "application/json", writable: true };
  return named({ ...kind, content, size, created: now, last_modified: now }, aside);
}

/** The files of a store whose paths are wanted. @returns {Promise<Map<string, any>>} */
async function read(name, wanted) {
  const base = await opened(name);
  try {
    const files = base.transaction(FILES).objectStore(FILES);
    const paths = (await answered(files.getAllKeys())).filter(wanted);
    return new Map(await Promise.all(paths.map(async (path) => [path, await answered(files.get(path))])));
  } finally {
    base.close();
  }
}

async function write(changes) {
  const base = await opened(STORE);
  try {
    const transaction = base.transaction(FILES, "readwrite");
    for (const [path, file] of changes) transaction.objectStore(FILES).put(file, path);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    base.close();
  }
}

/** A database with a store for files, as JupyterLite makes it. @returns {Promise<IDBDatabase>} */
async function opened(name, version) {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => request.result.createObjectStore(FILES);
  const base = await answered(request);
  if (base.objectStoreNames.contains(FILES)) return base;
  base.close();
  return opened(name, base.version + 1);
}

/** @param {IDBRequest} request @returns {Promise<any>} */
function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Say the news, as JupyterLab says things, and what else the reader should know of this browser. */
async function tell(news) {
  const app = await started();
  const say = (what, ...actions) => {
    const options = { autoClose: false, actions };
    app.commands.execute("apputils:notify", { message: SAID[what], type: "info", options });
  };
  for (const [what, path] of new Map(news)) {
    say(what, ...(path ? [{ label: "Open the new one", commandId: "docmanager:open", args: { path } }] : []));
  }
  if (!(localStorage instanceof Storage)) say("forgetful", { label: "Download", commandId: "docmanager:download" });
  else if (!navigator.serviceWorker) say("memory"); // it would bring Python to the list of files
  app.commands.commandExecuted.connect((_, { id }) => id.endsWith(":interrupt-kernel") && say("endless"));
}

/** JupyterLab, once it has started. @returns {Promise<any>} */
async function started() {
  while (!globalThis.jupyterapp) await new Promise((later) => { setTimeout(later, 100); });
  await globalThis.jupyterapp.started;
  return globalThis.jupyterapp;
}
