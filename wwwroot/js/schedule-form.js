// A new schedule goes by the clock of whoever makes it.
const zone = document.getElementById("Input_TimeZone");
if (zone && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
document.querySelector("#schedule-form [aria-invalid=true]")?.focus();
