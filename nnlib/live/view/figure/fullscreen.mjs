// A figure over the full screen, for a projector or a small phone: by the browser where it can, else over the page.

/** Let `button` show `element` over the full screen, and bring it back. */
export function offerFullScreen(element, button) {
  const show = (full) => {
    element.classList.toggle("nn-full", full);
    button.textContent = full ? "Leave full screen" : "Full screen";
  };
  const leave = (event) => {
    if (event.key === "Escape" && !document.fullscreenElement) show(false); // where the browser did not fill the screen
  };
  const isFull = () => element.classList.contains("nn-full");
  element.addEventListener("fullscreenchange", () => show(document.fullscreenElement === element));
  element.addEventListener("keydown", leave);
  button.addEventListener("click", async () => {
    if (document.fullscreenElement === element) return document.exitFullscreen();
    if (isFull()) return show(false);
    show(true);
    await element.requestFullscreen?.().catch(() => {}); // refused, say in a frame: it still fills the page
    return undefined;
  });
}
