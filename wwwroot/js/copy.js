// The clipboard, where there is one.

/** @param button The one that was pressed: it keeps the focus. */
export async function writeText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Off localhost and without TLS there is no clipboard to write to, only a selection to copy.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    button.focus();
  }
}
