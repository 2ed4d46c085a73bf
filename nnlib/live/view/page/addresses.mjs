// Where things lie, for the scripts of a page: the one place that makes addresses of workers, and of the book's root.

/** The address of the script that this is joined into. */
export const HERE = /** @type {HTMLScriptElement} */ (document.currentScript).src;

/** The edition of the book, a hash: it names the folder with all that runs in a page, below `live`. */
export const EDITION = HERE.split("/").slice(-3)[0];

/** The address of the book's first page, and of all that lies beside it. */
export const ROOT = new URL("../../../", HERE);

/**
 * Start one of the view's workers; `again` asks past the browser's cache. One that has an address obeys what its host
 * sends with it, which many hosts don't; one that is `bound` is written here, and obeys the policy of its page.
 */
export function startWorker(name, again = false, bound = false) {
  const address = new URL(name, HERE);
  if (again) address.searchParams.set("again", "");
  // A frame with an origin of its own may start no worker but one that it has written itself, and no module.
  if (!bound && globalThis.origin !== "null") return new Worker(address, { type: "module" });
  // The worker knows by its name where its script lies.
  const own = new Blob([`importScripts(${JSON.stringify(address.href)});`], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(own), { name: address.href });
}

/** The address of what lies beside the view's scripts, another of them or its looks. */
export const besideScripts = (name) => new URL(name, HERE).href;
