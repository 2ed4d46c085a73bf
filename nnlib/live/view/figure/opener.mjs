// A field for a text that the figure can open, such as a link of another page: Python reads it.

import { html } from "../dom.mjs";

/** Let a button, where there is one, open what stands in the field beside it; return what forgets what was said. */
export function offerToOpen(figure, button) {
  if (!button) return () => {};
  const row = button.closest(".nn-opener");
  const [field, told] = ["input", ".nn-told"].map((name) => row.querySelector(name));
  const open = async () => {
    const request = { kind: "opened", explorable: figure.name, text: field.value };
    const reply = await figure.host.request(request).catch(() => null); // the reader has been told
    if (!reply) return;
    told.replaceChildren(...(reply.error ? [reply.error.message, " The figure stays as it was."] : listed(reply.said)));
    if (reply.error) return;
    figure.run.restart();
    figure.change(reply.settings, false);
    figure.hiding.hide(reply.hide);
  };
  const forget = () => told.replaceChildren();
  button.addEventListener("click", open);
  field.addEventListener("keydown", ({ key }) => key === "Enter" && open());
  return forget;
}

/** What was said, as a list that can be folded; it stays while the settings can be those of the text. */
function listed(said) {
  if (!said.length) return ["Opened."];
  const list = html("ul", {}, ...said.map((sentence) => html("li", { textContent: sentence })));
  return [html("details", { open: true }, html("summary", { textContent: "Opened. What differs:" }), list)];
}
