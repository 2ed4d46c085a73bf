// A Python in a worker, from the page's side: started, watched over, asked, and given up. The figures of a page share
// one, its exercises another. The worker says how far it is with starting, {kind: "progress", share, sentence}, which
// is a sign of life though the share be the same, then {kind: "ready"}; it answers {id, …} with {kind: "reply", id, …};
// and where it can't, it says {kind: "failed", message}.

const SOON = 2500; // milliseconds until the worker has said something, where it is there
const patience = () => globalThis.nnPatience ?? 20_000; // milliseconds without a sign of life

class EngineError extends Error {
  name = "EngineError";
  /** Whether Python may still come: then it is worth while to wake it once more, which goes on waiting. */
  slow = false;
}

export class Python {
  /** Resolves when Python is there; rejects with a sentence for the reader. @type {Promise<void> | undefined} */
  ready;
  #begin;
  #progress;
  #live;
  #failed;
  #refused;
  #endless;
  /** @type {Worker | null} */
  #worker = null;
  #awake = false;
  #again = false; // after a failure the worker asks past the browser's cache, which may have kept what was wrong
  /** Whether it was silent for too long, so that all were told; whatever it says then takes that back. */
  #doubted = false;
  /** @type {Map<number, {resolve: (reply: any) => void, reject: (error: Error) => void}>} */
  #asked = new Map();
  #count = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #greeting;
  /** Of `ready`. @type {{resolve: () => void, reject: (error: Error) => void}} */
  #told = { resolve() {}, reject() {} };

  /**
   * `begin(again)` makes the worker. `progress(share, sentence)`, `live()` and `failed(message, slow)` hear how it
   * goes. `refused()` hears that the browser has not begun the worker at all, and says whether `begin` knows another
   * way. `endless` says that an answer may take forever: then only the start is watched.
   *
   * @param {{begin: (again: boolean) => any, progress: (share: number, sentence?: string) => void, live?: () => void,
   *   failed?: (message: string, slow: boolean) => void, refused?: () => boolean, endless?: boolean}} how
   */
  constructor({ begin, progress, live, failed, refused = () => false, endless = false }) {
    this.#begin = begin;
    this.#progress = progress;
    this.#live = live;
    this.#failed = failed;
    this.#refused = refused;
    this.#endless = endless;
  }

  get state() {
    if (!this.#worker) return "still";
    if (this.#doubted) return "doubted";
    return this.#awake ? "live" : "waking";
  }

  /** Start Python, if it is not there; keep waiting for it, if it has been silent for too long. */
  wake() {
    if (!this.#worker) {
      this.#promise();
      this.#start();
    }
    if (this.#doubted) this.#trust();
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
    clearTimeout(this.#greeting);
    this.#worker?.terminate();
    this.#worker = null;
    this.#awake = this.#doubted = false;
    this.#again = true;
    this.#disappoint(message);
  }

  /** Tell everybody who waits that nothing comes; `slow` where it may still come. */
  #disappoint(message, slow = false) {
    const error = Object.assign(new EngineError(message), { slow });
    this.#told.reject(error);
    this.#asked.forEach(({ reject }) => reject(error));
    this.#asked.clear();
    this.#failed?.(message, slow);
  }

  #doubt() {
    this.#doubted = true;
    const never = this.#awake ? "does not answer any more" : "does not arrive";
    const who = this.#awake ? "Python" : "The Python engine";
    this.#disappoint(`${who} is slow here, or ${never}: nothing has come for ${patience() / 1000} seconds.`, true);
  }

  #trust() {
    this.#doubted = false;
    this.#promise();
    if (this.#awake) this.#told.resolve();
    this.#watch();
  }

  #promise() {
    this.ready = new Promise((resolve, reject) => { this.#told = { resolve, reject }; });
    this.ready.catch(() => {}); // whoever asks is told; where nobody asks, there is nothing to catch
  }

  #start() {
    try {
      const worker = this.#begin(this.#again);
      this.#worker = worker;
      this.#listen(worker);
    } catch {
      if (this.#refused()) this.#start();
      else this.stop("This browser, or the policy of this page, does not allow the worker that Python runs in.");
    }
  }

  /** @param {Worker} worker */
  #listen(worker) {
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(this.#greeting);
      if (event.message === undefined && this.#refused()) { // what has begun and failed has a message
        this.#start();
        return;
      }
      const never = "The worker that Python runs in can't be reached, or is not allowed here. "
        + "If the book has a new edition, reload the page.";
      this.stop(this.#awake ? `Python stopped: ${event.message}.` : never);
    };
    const absent = "The worker that Python runs in has not come yet. "
      + "It may still come; if it does not, reload the page.";
    this.#greeting = setTimeout(() => this.#progress(0, absent), SOON);
    this.#watch();
  }

  #hear(data) {
    clearTimeout(this.#greeting);
    if (this.#doubted) {
      this.#trust();
      if (this.#awake) this.#live?.();
    }
    if (data.kind === "progress") {
      // later it is a sign of life alone: a module that is read, say
      if (!this.#awake) this.#progress(data.share, data.sentence);
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

  // While Python wakes or owes an answer, it gives a sign of life now and then, or the reader is asked what to do.
  #watch() {
    clearTimeout(this.#watchdog);
    if (this.#awake && (this.#endless || !this.#asked.size)) return;
    this.#watchdog = setTimeout(() => this.#doubt(), patience());
  }
}
