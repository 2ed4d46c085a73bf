// The theme's buttons whose scripts stood in the page itself, where the book's policy allows none.

const PRESSED = { ".btn-fullscreen-button": () => globalThis.toggleFullScreen(), ".btn-download-pdf-button": () => globalThis.print() };

for (const [buttons, act] of Object.entries(PRESSED)) {
  for (const button of document.querySelectorAll(buttons)) button.addEventListener("click", act);
}
