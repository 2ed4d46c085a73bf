// Taking hold of things: one way for mouse, pen, touch and keyboard.

/**
 * Call `begin`, `move` and `end` with the pointer events of a drag that starts on `element`.
 *
 * @param {any} element
 * @param {{begin?: (event) => boolean | void, move: (event) => void, end?: (event) => void}} acts
 */
export function draggable(element, { begin, move, end }) {
  // Chromium heeds touch-action on no part of an SVG: without this a finger that drags a handle scrolls the page.
  element.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || begin?.(event) === false) return;
    event.preventDefault();
    event.stopPropagation();
    element.focus?.({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const held = new AbortController();
    const on = (target, kind, act) => target.addEventListener(kind, act, { signal: held.signal, capture: true });
    // A second finger is another pointer.
    const mine = (act) => (next) => next.pointerId === event.pointerId && act(next);
    const over = (last) => {
      held.abort();
      end?.(last);
    };
    // The button may come up where no one sees it: outside the window, or under a menu.
    on(element, "pointermove", mine((next) => (next.buttons & 1 ? move(next) : over(next))));
    for (const kind of ["pointerup", "pointercancel", "lostpointercapture"]) on(element, kind, mine(over));
    on(window, "contextmenu", over);
    on(window, "blur", (next) => next.target === window && over(next));
    on(window, "keydown", (next) => next.key === "Escape" && over(next));
  });
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Call `act(direction, strength)` for the arrow keys, ten times stronger with Shift; other keys go to `others`. */
export function arrowKeys(element, act, others = {}) {
  element.addEventListener("keydown", (event) => {
    const direction = ARROWS[event.key];
    if (!direction && !others[event.key]) return;
    event.preventDefault();
    event.stopPropagation(); // a notebook must not take them for its own
    if (direction) act(direction, event.shiftKey ? 10 : 1);
    else others[event.key](event);
  });
}
