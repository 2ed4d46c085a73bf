// The keys of a presentation. PageDown and PageUp, the two of a presenter's remote, always step; the arrows where
// nothing else has a use for them; F5, the third of some remotes, does nothing, since it would load the page anew.

const STEPS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
const HAS_USE_FOR_ARROWS = "input, textarea, select, [contenteditable], [tabindex='0']";
// It closes a card, ends a drag, or gives Tab back to the page.
const HAS_USE_FOR_ESCAPE = ".nn-card:not([hidden]), .nn-figure :active, .nn-editor textarea:focus";

/** Whether a key is pressed by itself, and for the page. @param {KeyboardEvent} event */
function isAlone({ altKey, ctrlKey, metaKey, shiftKey, isComposing }) {
  return !(altKey || ctrlKey || metaKey || shiftKey || isComposing || document.querySelector("dialog:modal"));
}

/**
 * Heed the keys until `signal` says that it is over.
 *
 * @param {{ step: (way: number) => void, leave: () => void }} acts
 */
export function heedKeys({ step, leave }, signal) {
  // First of all who listen: what has the focus never hears of these.
  addEventListener("keydown", (event) => {
    const { key } = event;
    if (!isAlone(event) || (key === "Escape" && document.querySelector(HAS_USE_FOR_ESCAPE))) return;
    if (key === "Escape") leave();
    else if (key.startsWith("Page")) step(STEPS[key]);
    else if (key !== "F5") return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal, capture: true });
  // Last of all.
  addEventListener("keydown", (event) => {
    const { key, target, defaultPrevented } = event;
    if (!key.startsWith("Arrow") || !STEPS[key] || defaultPrevented || !isAlone(event)) return;
    if (!(target instanceof Element) || !target.closest(HAS_USE_FOR_ARROWS)) step(STEPS[key]);
  }, { signal });
}
