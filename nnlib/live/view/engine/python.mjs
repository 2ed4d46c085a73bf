// A Python in a worker, from the page's side: started, watched over, asked, and given up. The figures of a page share
// one, its exercises another. The worker says how far it is with starting, {kind: "progress", share}, then {kind:
// "ready"}; it answers {id, …} with {kind: "reply", id, …}; and where it can't, it says {kind: "failed", message}.

const patience = () => globalThis.nnPatience ?? 20_000; // milliseconds without a sign of life

class EngineError extends Error {
  name = "EngineError";
}

export class Python {
  /** Resolves when Python is there; rejects with a sentence for the reader. @type {Promise<void> | undefined} */
  ready;
  #begin;
  #progress;
  #live;
  #failed;
  #endless;
  /** @type {Worker | null} */
  #worker = null;
  #awake = false;
  #again = ""; // after a failure the worker asks past the browser's cache, which may have kept what was wrong
  /** @type {Map<number, {resolve: (reply: any) => void, reject: (error: Error) => void}>} */
  #asked = new Map();
  #count = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  /** Of `ready`. @type {{resolve: () => void, reject: (error: Error) => void}} */
  #told = { resolve() {}, reject() {} };

  /**
   * `begin(query)` makes the worker. `progress(share)`, `live()` and `failed(message)` hear how it goes. `endless` says
   * that an answer may take forever: then only the start is watched.
   *
   * @param {{begin: (query: string) => any, progress: (share: number) => void, live?: () => void,
   *   failed?: (message: string) => void, endless?: boolean}} how
   */
  constructor({ begin, progress, live, failed, endless = false }) {
    this.#begin = begin;
    this.#progress = progress;
    this.#live = live;
    this.#failed = failed;
    this.#endless = endless;
  }

  get state() {
    if (!this.#worker) return "still";
    return this.#awake ? "live" : "waking";
  }

  /** Start Python, if it is not there. */
  wake() {
    if (!this.#worker) this.#start();
    return /** @type {Promise<void>} */ (this.ready);
  }

  /** Ask Python, which has been woken; resolve to its reply. */
  async request(message, transfer = []) {
    await this.ready;
    const worker = /** @type {Worker} */ (this.#worker);
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#asked.set(id, { resolve, reject });
      worker.postMessage({ id, ...message }, transfer);
      this.#watch();
    });
  }

  /** End Python, whatever it does; all that is asked is answered with this message. */
  stop(message) {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#awake = false;
    this.#again = "?again";
    const error = new EngineError(message);
    this.#told.reject(error);
    this.#asked.forEach(({ reject }) => reject(error));
    this.#asked.clear();
    this.#failed?.(message);
  }

  #start() {
    this.ready = new Promise((resolve, reject) => { this.#told = { resolve, reject }; });
    this.ready.catch(() => {}); // whoever asks is told; where nobody asks, there is nothing to catch
    try {
      const worker = this.#begin(this.#again);
      this.#worker = worker;
      this.#listen(worker);
    } catch {
      this.stop("This browser, or the policy of this page, does not allow the worker that Python runs in.");
    }
  }

  /** @param {Worker} worker */
  #listen(worker) {
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      const never = "The worker that Python runs in can't be reached, or is not allowed here.";
      this.stop(this.#awake ? `Python stopped: ${event.message}.` : never);
    };
    this.#watch();
  }

  #hear(data) {
    if (data.kind === "progress") {
      this.#progress(data.share);
    } else if (data.kind === "ready") {
      this.#awake = true;
      this.#told.resolve();
      this.#live?.();
    } else if (data.kind === "failed") {
      this.stop(data.message);
      return;
    } else {
      this.#asked.get(data.id)?.resolve(data);
      this.#asked.delete(data.id);
    }
    this.#watch();
  }

  // While Python wakes or owes an answer, it gives a sign of life now and then, or it is given up.
  #watch() {
    clearTimeout(this.#watchdog);
    if (this.#awake && (this.#endless || !this.#asked.size)) return;
    const late = `The Python engine does not arrive: nothing has come for ${patience() / 1000} seconds.`;
    const silence = this.#awake ? "Python does not answer any more." : late;
    this.#watchdog = setTimeout(() => this.stop(silence), patience());
  }
}
