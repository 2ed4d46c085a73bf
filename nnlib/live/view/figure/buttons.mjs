// What the buttons of a figure do; those of its panels and controls have modules of their own.

import { showFrame } from "./embed.mjs";
import { offerFullScreen } from "./fullscreen.mjs";
import { offerToOpen } from "./opener.mjs";
import { copyLink, exportProgram } from "./share.mjs";

export function mountButtons(figure) {
  const find = (name) => figure.element.querySelector(`[data-do="${name}"]`);
  const acts = {
    retry: () => figure.host.wake(),
    wait: () => figure.host.keepWaiting?.(),
    step: () => figure.run.step(),
    play: () => figure.run.playOrPause(),
    restart: () => figure.run.restart(),
    reset: () => {
      forget();
      figure.panels.letGo();
      figure.run.reopen();
      figure.change(figure.defaults, false);
    },
    copy: () => copyLink(figure),
    embed: () => showFrame(figure),
    code: () => exportProgram(figure),
  };
  for (const [name, act] of Object.entries(acts)) find(name)?.addEventListener("click", act);
  offerFullScreen(figure.element, find("full"));
  const forget = offerToOpen(figure, find("open"));
  for (const preset of figure.element.querySelectorAll("[data-preset]")) {
    preset.addEventListener("click", () => {
      forget();
      figure.run.restart();
      figure.change(JSON.parse(preset.dataset.preset), false);
    });
  }
}
