// What the reader has read and done: small marks in the sidebar, and a panel to save, load and clear it.

import { button, download, html } from "../dom.mjs";
import { ROOT } from "../page/addresses.mjs";
import { handIn } from "./hand_in.mjs";
import { clear, follow, keep, keeping, kept, PART, takeIn } from "../page/store.mjs";

const LARGEST = 10_000_000; // bytes: no browser has room for more
const KEPT = {
  browser: "Kept in this browser, and nowhere else. A private window forgets it when it is closed.",
  full: "This browser has no room for more: save your progress to a file before you leave the page.",
  nowhere: "This browser keeps nothing: save your progress to a file before you leave the page.",
};
const DONE = { exercise: (value) => value.solved, question: (value) => value.right, prediction: () => true };

/** The name of a page of this book: its path without the ending. What is of no book is in none of its lists. */
function pageOf(address) {
  const [path, root] = [new URL(address, location.href).pathname, ROOT.pathname];
  return path.startsWith(root) ? path.slice(root.length).replace(/\.html$/, "") : "no page";
}

/** How much of a page is done: [done, of]. To have read it counts as one. */
function share(page, tasks, all) {
  const done = tasks.filter(([kind, label]) => label in all[PART[kind]] && DONE[kind](all[PART[kind]][label]));
  return [done.length + (all.read[page] ? 1 : 0), tasks.length + 1];
}

/** A list of the book, or null: what there is to do on each page, {page: [(kind, label), …]}, or what it asks for. */
async function listed(name) {
  try {
    return await (await fetch(new URL(`live/${name}.json`, ROOT))).json();
  } catch {
    return null; // not reached, or something else in its place
  }
}

export async function showProgress() {
  /** @type {HTMLElement | null} */
  const sidebar = document.querySelector(".bd-links");
  if (!sidebar) return;
  sidebar.dataset.mounted = "";
  const pages = await listed("lessons");
  if (!pages) {
    const missing = "Your progress can't be shown: lessons.json, the list of what there is to do, can't be loaded.";
    sidebar.append(html("p", { className: "nn-dead", textContent: missing }));
    return;
  }
  noteReading(pages);
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const all = sidebar.querySelectorAll("a.reference.internal");
  const links = [...all].filter(({ href }) => pageOf(href) in pages);
  const marks = links.map((link) => {
    const mark = html("span", { className: "nn-pie" });
    mark.setAttribute("role", "img");
    link.append(mark);
    return { mark, page: pageOf(link.href) };
  });
  const chapters = marks.map(({ page }, i) => ({ title: links[i].textContent.trim(), tasks: pages[page] }));
  const panel = new Panel(sidebar, chapters);
  follow(() => {
    const all = kept();
    const sum = [0, 0];
    for (const { mark, page } of marks) {
      const [done, of] = share(page, pages[page], all);
      sum[0] += done;
      sum[1] += of;
      mark.style.setProperty("--done", `${(100 * done) / of}%`);
      mark.ariaLabel = mark.title = `${done} of ${of} done`;
      mark.dataset.done = done === 0 ? "none" : done === of ? "all" : "some";
    }
    panel.show(...sum);
  });
}

/** A page is read when its end has been seen. */
function noteReading(pages) {
  const page = pageOf(location.href.split(/[?#]/)[0]) || "index";
  const article = document.querySelector(".bd-article");
  if (!(page in pages) || !article || kept().read[page]) return;
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    keep("read", page, true);
  });
  const end = html("span", { className: "nn-page-end" });
  article.append(end);
  seen.observe(end);
}

class Panel {
  summary = html("summary");
  note = html("p", { className: "nn-note" });
  status = html("p", { className: "nn-status" });
  file = html("input", { type: "file", accept: ".json,application/json", hidden: true });
  clear = button("Clear", () => this.#ask(true));
  yes = button("Yes, forget it all", () => this.#clear());
  sure = html("span", { hidden: true }, this.yes, button("No", () => this.#ask(false)));

  constructor(sidebar, chapters) {
    this.status.setAttribute("role", "status");
    this.file.addEventListener("change", () => this.#load());
    const save = button("Save to a file", () => this.#save());
    const load = button("Load a file", () => this.file.click());
    const tell = button("Summary to hand in", () => this.#handIn(chapters));
    const buttons = html("div", { className: "nn-buttons" }, save, load, tell, this.clear, this.sure, this.file);
    sidebar.append(html("details", { className: "nn-progress-panel" }, this.summary, this.note, buttons, this.status));
  }

  show(done, of) {
    this.summary.textContent = `Your progress: ${done} of ${of}`;
    this.note.textContent = KEPT[keeping()];
  }

  #save() {
    download("neural-networks-live-progress.json", JSON.stringify(kept(), null, 1), "application/json");
    this.status.textContent = "Saved.";
  }

  async #handIn(chapters) {
    const asked = await listed("asked");
    const page = asked && handIn(chapters, kept(), asked, new Date());
    if (page) download("neural-networks-live-summary.html", page, "text/html");
    const missing = "What was asked can't be loaded, so there is no summary. Try again online.";
    const sentence = "Saved: open the file to read or print it. Your answers leave this device only if you send it.";
    this.status.textContent = page ? sentence : missing;
  }

  async #load() {
    try {
      const file = this.file.files?.[0];
      if (!file) return;
      if (file.size > LARGEST) throw new Error("This file is too large to hold progress of this book.");
      const newer = takeIn(await file.text());
      const stays = newer ? ` What is newer here stays (${newer}).` : "";
      this.status.textContent = `Loaded.${stays} Reload the page to see your answers in it.`;
    } catch (error) {
      this.status.textContent = error.message;
    }
    this.file.value = "";
  }

  #ask(open) {
    this.sure.hidden = !open;
    this.clear.hidden = open;
    (open ? this.yes : this.clear).focus();
  }

  #clear() {
    clear();
    this.#ask(false);
    this.status.textContent = "Cleared. Reload the page to begin afresh.";
  }
}
