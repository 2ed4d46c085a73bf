// What the lab keeps in a browser, put together so that nothing of the reader's is lost. The files are as JupyterLite
// stores them, by their paths: {name, path, type, format, content, last_modified, …}.

/** The path with some words more in its name, before the ending. */
export function beside(path, words) {
  return path.replace(/(\.[^./]*)?$/, (ending) => ` (${words})${ending}`);
}

/**
 * What is to be written to `own`, so that it has what all the `others` have: of each path the newest, and beside it,
 * under its date, what differs from that.
 *
 * @param {Map<string, any>} own
 * @param {Map<string, any>[]} others
 */
export function gathered(own, others) {
  const all = new Map(own);
  for (const other of others) {
    for (const [path, file] of other) {
      const mine = all.get(path) ?? file;
      const [older, newer] = file.last_modified < mine.last_modified ? [file, mine] : [mine, file];
      all.set(path, newer);
      if (JSON.stringify(older.content) === JSON.stringify(newer.content)) continue;
      const date = older.last_modified.slice(0, 19).replace("T", " ").replaceAll(":", ".");
      const aside = beside(path, date);
      if (!all.has(aside)) all.set(aside, named(older, aside));
    }
  }
  return new Map([...all].filter(([path, file]) => own.get(path) !== file));
}

/** The same file under another path. */
export function named(file, path) {
  return { ...file, path, name: path.split("/").pop() };
}

/** The edition of the book that a file is of; a copy of an older one tells that, or nothing. */
export function editionOf(file) {
  return file.content?.metadata?.nnlib?.edition;
}

/**
 * The same notebook without its widgets, whose kernel is gone with the page that they were in: what else an output has
 * is shown in their place. Where there is none, it is the very notebook.
 */
export function withoutWidgets(file) {
  let some = false;
  const bare = (output) => {
    const { [WIDGET]: widget, ...rest } = output.data ?? {};
    if (widget === undefined || !Object.keys(rest).length) return output;
    some = true;
    return { ...output, data: rest };
  };
  const bared = ({ outputs, ...cell }) => (outputs ? { ...cell, outputs: outputs.map(bare) } : cell);
  const cells = file.content?.cells?.map(bared);
  return some ? { ...file, content: { ...file.content, cells } } : file;
}

const WIDGET = "application/vnd.jupyter.widget-view+json";
