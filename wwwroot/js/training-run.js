// One run, live: a loss comes with its event and is drawn at once; of all else an event says that it changed, and the page fetches what
// the server renders.
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
  }, Math.max(0, last + LOOK_MS - Date.now()));
}

on("changed", ({ name, subject, data: entries }) => {
  if (!name.startsWith("training") || subject !== run()?.dataset.run) return;
  if (entries) take(entries, isBehind || isFetching);
  if (isBehind || (!entries && name === "training.changed")) fetchPoints();
  if (!entries?.every(({ kind }) => kind === "loss")) look();
});
on("missed", () => {
  look();
  fetchPoints();
});

// Whatever happened to the stream: work that is under way is looked at from time to time.
setInterval(() => {
  if (silence() <= 4000 || document.hidden || !isWorking()) return;
  look();
  fetchPoints();
}, 2000);

// What a person opened stays open, a log that stands at its end follows, and the focus stays in the run.
let open = [];
let isAtEnd = true;
let isInside = false;
document.addEventListener("htmx:before:swap", () => {
  isInside = run()?.contains(document.activeElement) ?? false;
  open = [...document.querySelectorAll("#run details[open][id]")].map((details) => details.id);
  const log = document.getElementById("run-lines");
  isAtEnd = !log || log.scrollTop + log.clientHeight >= log.scrollHeight - 8;
});
document.addEventListener("htmx:after:swap", () => {
  settle();
  keepFocus();
});

function settle() {
  if (!run()) return;
  open.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  const log = document.getElementById("run-lines");
  if (log && isAtEnd) log.scrollTop = log.scrollHeight;
  const title = document.getElementById("run-head")?.dataset.title;
  if (title) document.title = `${title} · Republic`;
  takeDrawn();
  draw();
}

/** A run that ended is drawn as a whole: whoever was at something that is gone goes on at its heading. */
function keepFocus() {
  const heading = document.querySelector("#run h1");
  if (!isInside || document.activeElement !== document.body || !heading) return;
  heading.tabIndex = -1;
  heading.focus();
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  document.querySelectorAll("#report details").forEach((details) => details.setAttribute("open", ""));
  print();
});

// --- The chart ---------------------------------------------------------------------------

/** step → { step, train, validation }, each of the two as { number, loss } */
const points = new Map();
let chart;
/** All points up to this number are drawn. */
let number = 0;
let newest = 0;
/** Points were written that this page was not told. */
let isBehind = false;
let isFetching = false;

function put({ number: at, data: { kind, step, loss } }) {
  if (at <= (points.get(step)?.[kind]?.number ?? 0) || !Number.isFinite(loss)) return;
  // A run that goes back to an earlier step does those after it again.
  if (kind === "train" && step < newest) {
    for (const [later, { train, validation }] of points) {
      if (later > step && (train ?? validation).number < at) points.delete(later);
    }
    newest = Math.max(...points.keys());
  }
  points.set(step, { ...points.get(step), step, [kind]: { number: at, loss } });
  newest = Math.max(newest, step);
}

/** @param hasGap Other points may be missing before these. */
function take(entries, hasGap) {
  for (const entry of entries) {
    if (entry.number <= number) continue;
    if (entry.kind === "loss") put(entry);
    if (!hasGap) number = entry.number;
  }
  draw();
}

/** The points that came with the page. */
function takeDrawn() {
  const drawn = section()?.querySelector("[data-points]");
  if (!drawn) return;
  take(JSON.parse(drawn.textContent), false);
  drawn.remove();
}

const colour = (name) => {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  run().append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

function columns() {
  const rows = [...points.values()].sort((a, b) => a.step - b.step);
  return [rows.map(({ step }) => step), rows.map(({ train }) => train?.loss ?? null), smooth(rows), rows.map(({ validation }) => validation?.loss ?? null)];
}

/** As the server smooths what it draws (LossCurve): exponential, with the missing past at the beginning made up for. */
function smooth(rows) {
  const memory = Number(section().dataset.memory);
  let [sum, weight] = [0, 0];
  return rows.map(({ train }) => {
    if (!train) return null;
    [sum, weight] = [sum * memory + train.loss, weight * memory + 1];
    return sum / weight;
  });
}

const written = (loss) => loss.toFixed(Math.abs(loss) < 0.1 ? 4 : 2);

/** Beside the names of the key: what its lines are at the step that is pointed at. */
function showPointed(plot) {
  const keys = section()?.querySelectorAll(".legend > span") ?? [];
  // In the key the raw losses come last, as they matter least.
  [2, 3, 1].forEach((series, i) => {
    if (!keys[i]) return;
    const value = plot.cursor.idx == null ? null : plot.data[series][plot.cursor.idx];
    if (value == null) delete keys[i].dataset.value;
    else keys[i].dataset.value = written(value);
  });
}

/** What is still to come is a field of its own, as in the server's drawing. */
const drawFuture = (fill) => ({ ctx, bbox, valToPos }) => {
  const from = valToPos(newest, "x", true);
  ctx.save();
  ctx.fillStyle = fill;
  ctx.fillRect(from, bbox.top, Math.max(0, bbox.left + bbox.width - from), bbox.height);
  ctx.restore();
};

/** The last value of each line beside its last point, none over another, as in the server's drawing (LineLabel). */
const drawLast = (ink, surface) => ({ ctx, bbox, data, series, valToPos }) => {
  const pixel = devicePixelRatio;
  const labels = [2, 3]
    .map((line) => ({ line, at: data[line].findLastIndex((value) => value != null) }))
    .filter(({ at }) => at >= 0)
    .map(({ line, at }) => ({ text: `${written(data[line][at])} ${series[line].label}`, x: valToPos(data[0][at], "x", true), y: valToPos(data[line][at], "y", true) }))
    .sort((one, other) => one.y - other.y);
  ctx.save();
  ctx.font = `600 ${12 * pixel}px system-ui`;
  Object.assign(ctx, { fillStyle: ink, strokeStyle: surface, lineWidth: 3 * pixel, lineJoin: "round" });
  let above = -Infinity;
  for (const label of labels) above = label.y = Math.max(label.y - 6 * pixel, above + 15 * pixel);
  // Those that would stand over the axis push the ones above them up.
  let below = bbox.top + bbox.height + 11 * pixel;
  for (const label of labels.toReversed()) below = label.y = Math.min(label.y, below - 15 * pixel);
  for (const { text, x, y } of labels) {
    const isLeft = x > bbox.left + bbox.width * 0.6;
    ctx.textAlign = isLeft ? "right" : "left";
    ctx.strokeText(text, x + (isLeft ? -8 : 8) * pixel, y);
    ctx.fillText(text, x + (isLeft ? -8 : 8) * pixel, y);
  }
  ctx.restore();
};

function options(width) {
  const axis = { stroke: colour("--ink-3"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--control"), width: 1 }, font: "12px system-ui", labelFont: "12px system-ui" };
  const accent = colour("--accent");
  return {
    width,
    height: Math.max(200, Math.min(300, width * 0.4)),
    // The key is the server's, above the chart.
    legend: { show: false },
    hooks: { drawClear: [drawFuture(colour("--sunken"))], draw: [drawLast(colour("--ink"), colour("--surface"))], setCursor: [showPointed] },
    scales: { x: { time: false, range: (_, low, high) => [0, Math.max(high, Number(document.getElementById("loss-finding").dataset.last), 1)] } },
    axes: [{ ...axis, incrs: WHOLE, label: "step", labelSize: 18, size: 34 }, { ...axis, incrs: ROUND, label: "nats per token", labelSize: 18, size: 56 }],
    series: [
      { label: "step" },
      { label: "training, as it was", stroke: accent, width: 1, alpha: 0.35, points: { show: false } },
      { label: "training", stroke: accent, width: 1.75, points: { show: false } },
      { label: "validation", stroke: colour("--series-2"), width: 1.75, dash: [5, 4], spanGaps: true },
    ],
  };
}

// As the server's axes: 1, 2 or 5 times a power of ten. Steps are whole.
const ROUND = Array.from({ length: 16 }, (_, i) => [1, 2, 5].map((first) => Number(`${first}e${i - 8}`))).flat();
const WHOLE = ROUND.filter((step) => step >= 1);

const section = () => document.getElementById("run-loss");

/** Puts the chart where the server's drawing stands; that one is for those without scripts and for paper. */
function draw() {
  const place = section()?.querySelector("[data-chart]");
  // Behind a fold it would have no width: it is drawn when that is opened.
  if (!place || points.size === 0 || !window.uPlot || place.closest("details:not([open])")) return;
  place.dataset.last = newest;
  if (chart && place.contains(chart.root)) {
    chart.setData(columns());
    return;
  }
  chart?.destroy();
  place.hidden = false;
  section().querySelector("[data-drawn]").hidden = true;
  chart = new uPlot(options(place.clientWidth), columns(), place);
}

document.addEventListener("toggle", (event) => event.target.id === "why" && draw(), true);

async function fetchPoints() {
  if (!section()) return;
  isBehind = true;
  if (isFetching) return;
  isFetching = true;
  try {
    while (isBehind) {
      isBehind = false;
      const response = await fetch(`${section().dataset.losses}&after=${number}`);
      if (!response.ok) throw new Error(response.statusText);
      take(await response.json(), false);
    }
  } catch {
    // The next event tries again.
    isBehind = true;
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
start(document.body.dataset.person, document.querySelector("main [data-live]").dataset.live);
