// The clipboard, where there is one.

/**
 * @param button The one that was pressed: it keeps the focus.
 * @returns Whether it was copied.
 */
export async function writeText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Off localhost and without TLS there is no clipboard to write to, only a selection to copy.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    button.focus();
    return isCopied;
  }
}
