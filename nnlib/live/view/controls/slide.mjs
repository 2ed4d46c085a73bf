// A slider under a finger: one that only scrolls the page may begin there as well, and changes nothing.

const SURE = 8; // so many pixels to the side are no scroll

/** Call `act` when a slider is moved: under a finger, once it is sure that the finger does not scroll the page. */
export function onSlide(slider, act) {
  /** What it was and where it was touched, while that is not sure. @type {{ value: string, x: number } | null} */
  let held = null;
  const on = (kind, heard) => slider.addEventListener(kind, heard);
  const take = () => {
    const isMoved = held !== null && slider.value !== held.value;
    held = null;
    if (isMoved) act();
  };
  on("input", () => held || act());
  on("pointerdown", ({ pointerType, clientX }) => {
    if (pointerType === "touch") held = { value: slider.value, x: clientX };
  });
  on("pointermove", ({ clientX }) => held && Math.abs(clientX - held.x) > SURE && take());
  on("pointerup", take);
  on("pointercancel", () => {
    if (held) slider.value = held.value;
    held = null;
  });
}
