// While the picture of a run that plays is drawn, its next request is on its way: Python does not wait for the page.

import { isSame } from "./history.mjs";

export class Ahead {
  #send;
  /** What was sent before it was asked for. @type {{message: any, reply: Promise<Reply>} | null} */
  #sent = null;

  constructor(send) {
    this.#send = send;
  }

  /** Send what will be asked next, if nothing changes until then. */
  send(message) {
    const reply = this.#send(message);
    reply.catch(() => {}); // it is for the one who asks, if anyone does
    this.#sent = { message, reply };
  }

  /** The reply to a request: that to the one on its way, if it asks the same. */
  request(message) {
    const sent = this.#sent;
    this.#sent = null;
    return sent && isSameRequest(sent.message, message) ? sent.reply : this.#send(message);
  }
}

function isSameRequest(one, other) {
  return one.state === other.state && one.steps === other.steps && !one.edits && !other.edits
    && isSame(one.settings, other.settings);
}
