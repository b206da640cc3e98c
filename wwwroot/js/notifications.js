// The box of the account page that asks the browser for notifications.
import { canNotify, isWanted, want } from "./notify.js";

const box = document.getElementById("notify");
const line = document.getElementById("notify-said");
const BLOCKED = "This browser blocks them. Allow notifications in its settings for this site, then tick the box again.";
const words = {
  denied: BLOCKED,
  default: "The browser was not given an answer. Tick the box again, and it asks again.",
  unable: "This browser shows none here. It does where Republic is opened over HTTPS, or on the computer it runs on.",
  granted: "This browser shows none that come from a page.",
};

function say(text) {
  line.textContent = text;
}

/** Shows one, which also proves that the browser can: on phones some only do for apps that are installed. */
function show() {
  try {
    new Notification("Notifications are on", { body: "This is how Republic tells you that something waits for you.", tag: "/account" });
    return true;
  } catch {
    return false;
  }
}

async function change() {
  if (!box.checked) {
    want(false);
    say("They are off.");
    return;
  }
  const permission = await Notification.requestPermission();
  want(permission === "granted" && show());
  box.checked = isWanted();
  say(box.checked ? "They are on, in this browser." : words[permission] ?? words.granted);
}

if (canNotify) {
  box.disabled = false;
  box.checked = isWanted();
  if (Notification.permission === "denied") say(BLOCKED);
  box.addEventListener("change", change);
} else {
  say(words.unable);
}
