// A browser that keeps nothing for a site throws where a script so much as looks at its storage, which ends the scripts
// of the theme and of JupyterLab. They get one that lasts as long as the page. It is no `Storage`: who asks can tell.

{
  const forgetful = () => {
    /** @type {Map<string, string>} */
    const kept = new Map();
    return {
      get length() { return kept.size; },
      key: (index) => [...kept.keys()][index] ?? null,
      getItem: (name) => kept.get(String(name)) ?? null,
      setItem: (name, value) => { kept.set(String(name), String(value)); },
      removeItem: (name) => { kept.delete(String(name)); },
      clear: () => kept.clear(),
    };
  };
  const isThere = (name) => {
    try {
      return Boolean(globalThis[name]); // some browsers give null in its place
    } catch {
      return false;
    }
  };
  for (const name of ["localStorage", "sessionStorage"]) {
    if (!isThere(name)) Object.defineProperty(globalThis, name, { value: forgetful(), configurable: true });
  }
}
