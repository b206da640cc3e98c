/** Tells a screen reader; every page of a chat has the region for it. */
export function announce(words) {
  const region = document.getElementById("announce");
  if (region) region.textContent = words.trim();
}
