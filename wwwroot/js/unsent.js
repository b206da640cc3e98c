// What a person typed and the server does not have yet stays in their browser, under their id: it stands a reload, and goes with them.
const ROOT = "unsent/";

/** A slot for one value; an empty one is removed. Where the browser refuses to store, it lasts as long as the page. */
export function slot(person, name) {
  const key = `${ROOT}${person}/${name}`;
  let spare = null;
  return {
    read() {
      try {
        return spare ?? JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(value) {
      spare = null;
      try {
        localStorage.removeItem(key);
        if (value?.length) localStorage.setItem(key, JSON.stringify(value));
      } catch {
        spare = value;
      }
    },
  };
}

/** Removes what others left on this browser; without a person, everything. */
export function forgetAllBut(person) {
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith(ROOT) && !(person && key.startsWith(`${ROOT}${person}/`)))
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // Nothing can be stored here, so nothing was.
  }
}
