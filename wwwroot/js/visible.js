// What nobody looks at can wait.

/** Does it at once, or when the tab is looked at again. */
export function whenVisible(then) {
  if (!document.hidden) then();
  else document.addEventListener("visibilitychange", () => whenVisible(then), { once: true });
}
