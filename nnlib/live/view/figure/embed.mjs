// "Embed": the line of HTML that shows a figure, as it is now, in a page of somebody else.

import { change, html } from "../dom.mjs";
import { showText } from "./dialog.mjs";
import { carried } from "./share.mjs";

/**
 * What the frame may do. The figure runs by scripts; with its own origin the browser keeps Python for the next visit;
 * the last three open the book's page in a window that is none of the frame's, and save files. It can't lead its host's
 * page away, nor ask it anything.
 */
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
const MORE = 20; // pixels: the link back into the book may take a line

export function showFrame(figure) {
  const { element, host } = figure;
  const { changed, settings, hidden, but } = carried(figure);
  // What its page gives the figure is not what its page for frames begins with.
  for (const name of element.dataset.given?.split(",") ?? []) {
    if (name in settings) changed[name] = settings[name];
  }
  const frame = html("iframe");
  change(frame, {
    src: host.frame(figure.name, changed, hidden),
    title: element.ariaLabel,
    width: "100%",
    height: Math.ceil(element.offsetHeight) + MORE,
    loading: "lazy",
    frameborder: 0, // a style would need the leave of the page's policy
    allow: "clipboard-write; fullscreen",
    sandbox: SANDBOX,
  });
  const note = `Paste this line into a page of yours: it shows the figure with these settings${but}. `
    + "It is light or dark as the page is; ?theme=dark or ?theme=light in its address decides.";
  const head = [html("b", { textContent: "Embed. " }), note];
  const { text } = showText(element, { label: "Embed this figure", called: "the line of HTML", head });
  text.classList.add("nn-line-of-html");
  text.textContent = frame.outerHTML;
}
