// One run, live: an event says that something changed, the page fetches what the server renders, and the chart the points it lacks.
import { on, silence, start } from "./live.js";

const LOOK_MS = 700;
const run = () => document.getElementById("run");
const isWorking = () => run()?.dataset.working === "true";

// --- What the server renders -----------------------------------------------------------

let last = 0;
let waits;

function look() {
  clearTimeout(waits);
  waits = setTimeout(() => {
    if (!run()) return;
    last = Date.now();
    htmx.ajax("GET", `/training/${run().dataset.run}?handler=Live&working=${isWorking()}`, { source: "#run-head", target: "#run-head", swap: "outerMorph" });
    drawNew();
  }, Math.max(0, last + LOOK_MS - Date.now()));
}

on("changed", ({ name, subject }) => {
  if (name.startsWith("training") && subject === run()?.dataset.run) look();
});
on("missed", look);

// Whatever happened to the stream: work that is under way is looked at from time to time.
setInterval(() => {
  if (silence() > 4000 && !document.hidden && isWorking()) look();
}, 2000);

// What a person opened stays open, and a log that stands at its end follows.
let open = [];
let isAtEnd = true;
document.addEventListener("htmx:before:swap", () => {
  open = [...document.querySelectorAll("#run details[open][id]")].map((details) => details.id);
  const log = document.getElementById("run-lines");
  isAtEnd = !log || log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
});
document.addEventListener("htmx:after:swap", settle);

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function settle() {
  if (!run()) return;
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  document.querySelectorAll("#run time[data-at][datetime]").forEach((time) => {
    time.textContent = (time.closest(".page-head") ? whole : clock).format(new Date(time.dateTime));
  });
  const log = document.getElementById("run-lines");
  if (log && isAtEnd) log.scrollTop = log.scrollHeight;
  const title = document.getElementById("run-head")?.dataset.title;
  if (title) document.title = `${title} · Republic`;
  draw();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  document.querySelectorAll("#report details").forEach((details) => details.setAttribute("open", ""));
  print();
});

// --- The chart ---------------------------------------------------------------------------

/** step → [step, loss, smoothed, validation] */
const points = new Map();
let chart;
let newest = 0;
let isFetching = false;

const colour = (name) => {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  run().append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

function columns() {
  const rows = [...points.values()].sort((a, b) => a[0] - b[0]);
  return [0, 1, 2, 3].map((column) => rows.map((row) => row[column]));
}

function options(width) {
  const ink = colour("--ink-3");
  const axis = { stroke: ink, grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--control"), width: 1 }, font: "12px system-ui", labelFont: "12px system-ui" };
  const value = (_, number) => (number == null ? "–" : number.toFixed(3));
  const accent = colour("--accent");
  return {
    width,
    height: Math.max(200, Math.min(300, width * 0.4)),
    scales: { x: { time: false, range: (_, low, high) => [0, Math.max(high, Number(document.getElementById("loss-finding").dataset.last), 1)] } },
    axes: [{ ...axis, incrs: WHOLE, label: "step", labelSize: 18, size: 34 }, { ...axis, label: "nats per token", labelSize: 18, size: 44 }],
    series: [
      { label: "step" },
      { label: "training", stroke: accent, width: 1, alpha: 0.35, value, points: { show: false } },
      { label: "smoothed", stroke: accent, width: 1.75, value, points: { show: false } },
      { label: "validation", stroke: colour("--series-2"), width: 1.75, dash: [5, 4], spanGaps: true, value },
    ],
  };
}

// Steps are whole: 1, 2, 5, 10, …
const WHOLE = Array.from({ length: 8 }, (_, digits) => [1, 2, 5].map((first) => first * 10 ** digits)).flat();

const section = () => document.getElementById("run-loss");

/** Puts the chart where the server's drawing stands; that one is for those without scripts and for paper. */
function draw() {
  const place = section()?.querySelector("[data-chart]");
  if (!place || points.size === 0 || !window.uPlot) return;
  if (chart && place.contains(chart.root)) {
    chart.setData(columns());
    return;
  }
  chart?.destroy();
  place.hidden = false;
  section().querySelector("[data-drawn]").hidden = true;
  chart = new uPlot(options(place.clientWidth), columns(), place);
}

async function drawNew() {
  if (!section() || isFetching) return;
  isFetching = true;
  try {
    // The newest step again, too: its validation may have come after it.
    const response = await fetch(`${section().dataset.losses}&from=${newest}`);
    if (!response.ok) return;
    for (const row of await response.json()) {
      points.set(row[0], row);
      newest = Math.max(newest, row[0]);
    }
    draw();
  } catch {
    // The next look tries again.
  } finally {
    isFetching = false;
  }
}

function again() {
  if (!chart) return;
  chart.destroy();
  chart = undefined;
  draw();
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
let resized;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(again, 150);
});

settle();
drawNew();
start(document.body.dataset.person, document.querySelector("main [data-live]").dataset.live);
