// Which keys a page may take for its own: none that somebody types, and none while something covers the page.
const TYPED = "input, select, textarea, [contenteditable]:not([contenteditable=false]), [role=combobox], [role=listbox], [role=menu], [role=textbox]";
// The second one is a dialog that is on its way.
const DIALOGS = "dialog[open], .htmx-request[hx-target=body]";
const COVERS = `${DIALOGS}, :popover-open, details:is(.menu, .me-menu)[open]`;
const SWITCH = "single-key-shortcuts";
/** The code of a key while an input method has not said yet what is meant. */
export const UNDECIDED = 229;

let isOn = true;
try {
  isOn = localStorage.getItem(SWITCH) !== "off";
} catch {
  // Where nothing can be stored they are on.
}

/** Whoever dictates, or hits keys by accident, switches keys of one letter off. */
export const areKeysOn = () => isOn;

export function switchKeys(on) {
  isOn = on;
  try {
    if (on) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  } catch {
    // It holds for this page alone.
  }
}

addEventListener("storage", ({ key, newValue }) => { if (key === SWITCH) isOn = newValue !== "off"; });

/** A dialog is open, or will be in a moment. */
export const hasDialog = () => document.querySelector(DIALOGS) !== null;

export function isFree(event) {
  const isPart = event.isComposing || event.keyCode === UNDECIDED || event.ctrlKey || event.metaKey || event.altKey || event.getModifierState?.("AltGraph");
  return !event.defaultPrevented && !isPart && !event.target.closest?.(TYPED) && !document.querySelector(COVERS);
}
