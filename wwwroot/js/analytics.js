// Draws each table's figures above it; the table stays the truth.
const DAY = 86_400;
const date = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const STYLES = [["--accent"], ["--series-2", [5, 4]], ["--warn", [8, 3, 2, 3]], ["--ink-2", [2, 3]], ["--bad", [1, 4]]];
const page = document.getElementById("analytics");
const day = (text) => Date.parse(`${text}T00:00:00Z`) / 1000;
const [from, to] = [day(page.dataset.from), day(page.dataset.to)];

const colour = (name) => {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  page.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

function read(box) {
  const names = [...box.querySelectorAll("thead th")].slice(1).map((th) => th.textContent);
  const rows = [...box.querySelectorAll("tbody tr")].map((tr) => [
    Number(tr.querySelector("th").dataset.at),
    ...[...tr.querySelectorAll("td")].map((td) => (td.dataset.value ? Number(td.dataset.value) : null)),
  ]);
  return { names, rows };
}

/** A day that the table leaves out had none: 0, or a gap where nothing could be measured. What is never known is no 0 on any day. */
function everyDay(rows, columns, none) {
  const known = new Map(rows.map((row) => [row[0], row]));
  const nones = Array.from({ length: columns }, (_, i) => (rows.some((row) => row[i + 1] !== null) ? none : null));
  const all = [];
  for (let at = from; at <= to; at += DAY) all.push(known.get(at) ?? [at, ...nones]);
  return all;
}

function draw(box) {
  const kind = box.dataset.chart;
  const place = box.querySelector("[data-place]");
  const { names, rows } = read(box);
  if (!rows.some((row) => row.slice(1).some((value) => value !== null))) return;
  const isPoints = kind === "points";
  const all = isPoints ? rows : everyDay(rows, names.length, kind === "days" ? 0 : null);
  const data = [0, ...names.map((_, i) => i + 1)].map((column) => all.map((row) => row[column]));
  const axis = { stroke: colour("--ink-3"), grid: { stroke: colour("--line"), width: 1 }, ticks: { stroke: colour("--control"), width: 1 }, font: "12px system-ui" };
  const value = (_, number) => (number == null ? "–" : number.toLocaleString("en", { maximumFractionDigits: 4 }));
  place.replaceChildren();
  // Until somebody points at a day, the last one is told.
  const tellLast = (chart) => { if (chart.cursor.idx == null) chart.setLegend({ idx: all.length - 1 }, false); };
  new uPlot({
    hooks: { ready: [tellLast], setCursor: [tellLast] },
    width: place.clientWidth,
    height: 220,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC"),
    scales: { x: { range: () => (from === to ? [from - DAY / 2, to + DAY] : [from - DAY / 4, to + (isPoints ? DAY : DAY / 4)]) }, y: { range: (_, low, high) => [isPoints ? Math.max(0, low - (high - low) * 0.2) : 0, high > 0 ? high * 1.1 : 1] } },
    axes: [{ ...axis, size: 34, values: (_, ticks) => ticks.map((tick) => (tick % DAY ? "" : date.format(tick * 1000))) }, { ...axis, size: 56, values: (_, ticks) => ticks.map((tick) => tick.toLocaleString("en", { notation: "compact", maximumFractionDigits: 3 })) }],
    series: [
      { label: isPoints ? "Ended" : "Day", value: isPoints ? "{YYYY}-{MM}-{DD} {HH}:{mm}" : "{YYYY}-{MM}-{DD}" },
      ...names.map((label, i) => {
        const [name, dash] = isPoints ? [i === 0 ? "--control" : "--accent"] : STYLES[i % STYLES.length];
        const stroke = colour(name);
        return { label, value, stroke, dash, width: isPoints ? 0 : 1.75, paths: isPoints ? () => null : undefined, points: isPoints ? { show: true, size: 9, stroke, fill: i === 0 ? colour("--surface") : stroke, width: 2 } : { show: all.length < 32, size: 5 } };
      }),
    ],
  }, data, place);
}

const drawAll = () => document.querySelectorAll("[data-chart]").forEach(draw);
drawAll();
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
let resized;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(drawAll, 150);
});
