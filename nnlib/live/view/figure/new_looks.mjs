// When a figure is drawn anew though nothing of it has changed: at another size, in another theme.

/** Call `redraw` whenever `element` must look another way; return what ends that. */
export function onNewLooks(element, redraw) {
  const size = new ResizeObserver(redraw);
  size.observe(element);
  const theme = new MutationObserver(redraw);
  theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  theme.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  return () => {
    size.disconnect();
    theme.disconnect();
  };
}
