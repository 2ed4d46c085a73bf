// What programs of readers do not find in their worker: what outlives it, or what pages and other workers share. A
// worker that one of them started would have all of it anew. Other hosts are kept away by the policy, see startWorker.

const SHARED = [
  "caches", "indexedDB", "BroadcastChannel", "Worker", "SharedWorker",
  "webkitRequestFileSystem", "webkitRequestFileSystemSync",
  "webkitResolveLocalFileSystemURL", "webkitResolveLocalFileSystemSyncURL",
];
const OF_NAVIGATOR = ["storage", "storageBuckets", "locks", "serviceWorker"];

/** Take it away for good, wherever on the way up it is defined; raise where no policy at all binds this worker. */
export function confine() {
  // One that its page has written has a name, and the page's policy. Asked for all, this would be told on the console.
  if (!globalThis.name && !isBound()) throw new Error("No policy binds the worker that programs run in: none is run.");
  takeAway(globalThis, SHARED);
  takeAway(navigator, OF_NAVIGATOR);
}

function takeAway(inside, names) {
  for (let owner = inside; owner; owner = Object.getPrototypeOf(owner)) {
    for (const name of names) Reflect.deleteProperty(owner, name);
  }
}

function isBound() {
  try {
    new Function();
    return false;
  } catch {
    return true;
  }
}
