// When a figure is drawn anew though nothing of it has changed: at another size, in another theme, on paper.

const PAPER = "38rem"; // the text on A4 and on Letter is a little wider

/** Call `redraw` whenever `element` must look another way; return what ends that. */
export function onNewLooks(element, redraw) {
  const size = new ResizeObserver(redraw);
  size.observe(element);
  const theme = new MutationObserver(redraw);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  const paper = new AbortController(); // no observer is told of a printed page's width before the page is printed
  for (const [event, width] of Object.entries({ beforeprint: PAPER, afterprint: "" })) {
    addEventListener(event, () => { element.style.width = width; redraw(); }, { signal: paper.signal });
  }
  return () => {
    size.disconnect();
    theme.disconnect();
    paper.abort();
  };
}
