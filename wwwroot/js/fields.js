const FIELDS = "input, textarea, select";

// A slider stands on the step that is nearest to what the server wrote.
function drawnAt(slider) {
  const fresh = slider.cloneNode();
  fresh.value = slider.defaultValue;
  return fresh.value;
}

const isChanged = (field) =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
  : field.matches("select") ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
  : field.type === "range" ? field.value !== drawnAt(field)
  // A field gives its lines back with "\n" alone, however they came.
  : field.type !== "hidden" && field.value !== field.defaultValue.replaceAll("\r\n", "\n");

/** Whether somebody is in a field of this part. */
export const isTyping = (part) => part.contains(document.activeElement) && document.activeElement.matches(FIELDS);

/** Whether somebody has changed a field of this part since the server drew it. */
export const isEdited = (part) => [...part.querySelectorAll(FIELDS)].some(isChanged);
