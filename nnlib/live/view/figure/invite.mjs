// What invites a hand: the first thing to drag in a figure beats a few times, until the figure is touched.

// The first of these that there is.
const HANDLES = [".nn-panels .nn-handle", ".nn-pad", '.nn-controls input[type="range"]'];
const SHARE = 0.3; // of the figure, or of the window

/** Let a figure that the reader sees, and has not touched, say where a hand can begin; return what ends that. */
export function invite(element) {
  const over = new AbortController();
  /** @type {Element | null} */
  let inviting = null;
  const end = () => {
    over.abort();
    seen.disconnect();
    inviting?.classList.remove("nn-inviting");
  };
  const seen = new IntersectionObserver(([{ intersectionRatio: share, intersectionRect, rootBounds }]) => {
    if (share < SHARE && intersectionRect.height < SHARE * (rootBounds?.height ?? Infinity)) return;
    const places = HANDLES.flatMap((selector) => [...element.querySelectorAll(selector)]);
    inviting ??= places.find((place) => place.checkVisibility()) ?? null;
    inviting?.classList.add("nn-inviting");
  }, { threshold: [0, 0.1, 0.2, SHARE, 0.6] });
  seen.observe(element);
  for (const touch of ["pointerdown", "keydown", "input"]) {
    element.addEventListener(touch, end, { signal: over.signal, capture: true });
  }
  return end;
}
