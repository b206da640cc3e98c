const FIELDS = "input, textarea, select";

// A slider stands on the step that is nearest to what the server wrote.
function drawnAt(slider) {
  const fresh = slider.cloneNode();
  fresh.value = slider.defaultValue;
  return fresh.value;
}

const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const drawnIndex = (select) => Math.max(0, [...select.options].findIndex((option) => option.defaultSelected));

const isChanged = (field) =>
  isTicked(field) ? field.checked !== field.defaultChecked
  : field.matches("select") ? field.selectedIndex !== drawnIndex(field)
  : field.type === "range" ? field.value !== drawnAt(field)
  // A field gives its lines back with "\n" alone, however they came.
  : field.type !== "hidden" && field.value !== field.defaultValue.replaceAll("\r\n", "\n");

const valueOf = (field) => (isTicked(field) ? field.checked : field.value);

/** The value of each field of this part. */
export const valuesOf = (part) => new Map([...part.querySelectorAll(FIELDS)].map((field) => [field, valueOf(field)]));

/** Shows what the server drew in each field that still holds what was sent: a field that was typed in keeps its text when it is drawn anew. */
export function showDrawn(sent) {
  for (const [field, value] of sent) {
    if (valueOf(field) !== value) continue;
    if (isTicked(field)) field.checked = field.defaultChecked;
    else if (field.matches("select")) field.selectedIndex = drawnIndex(field);
    else field.value = field.defaultValue;
  }
}

/** Whether somebody is in a field of this part. */
export const isTyping = (part) => part.contains(document.activeElement) && document.activeElement.matches(FIELDS);

/** Whether somebody has changed a field of this part since the server drew it. */
export const isEdited = (part) => [...part.querySelectorAll(FIELDS)].some(isChanged);
