/** Whether somebody has changed a field since the server drew it. */
export const isChanged = (field) =>
  field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
  : field.matches("select") ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
  : field.type !== "hidden" && field.value !== field.defaultValue;
