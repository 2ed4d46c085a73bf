// A figure's page in a frame of another site: light or dark as its host is, and as tall as it tells its host. It says
// {type: "nn-height", name, height}, the height in pixels, whenever that changes, and hears {type: "nn-theme", theme},
// "light" or "dark", from its host alone. Nothing else crosses. This runs before the rest of the page.

const THEMES = ["light", "dark"];

const dark = matchMedia("(prefers-color-scheme: dark)");
/** What the address, or the host, has asked for. @type {unknown} */
let asked = new URLSearchParams(location.search).get("theme");

function showTheme() {
  const theme = THEMES.includes(String(asked)) ? String(asked) : THEMES[Number(dark.matches)];
  document.documentElement.dataset.theme = theme; // the policy allows this script, by its digest
}

dark.addEventListener("change", showTheme);
addEventListener("message", ({ data, source }) => {
  if (source !== parent || data?.type !== "nn-theme" || !THEMES.includes(data.theme)) return;
  asked = data.theme;
  showTheme();
});
showTheme();

if (parent !== window) {
  let told = 0;
  const name = location.pathname.split("/").at(-1)?.replace(/\.html$/, "");
  const size = new ResizeObserver(() => {
    const height = Math.ceil(document.body?.getBoundingClientRect().height ?? 0);
    if (!height || height === told || document.querySelector(".nn-full")) return; // which fills the frame, however tall
    told = height;
    parent.postMessage({ type: "nn-height", name, height }, "*");
  });
  addEventListener("DOMContentLoaded", () => size.observe(document.body));
}
