// Numbers of questions and hits, and how they are printed.
export const mean = values => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length);
export const median = values => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
export const share = (rows, holds) => mean(rows.map(row => (holds(row) ? 1 : 0)));
export const dot = (a, b) => a.reduce((sum, value, i) => sum + value * b[i], 0);
export const percent = value => `${(100 * value).toFixed(0)} %`;
export const steps = (from, to, by) => Array.from({ length: Math.round((to - from) / by) + 1 }, (_, i) => Number((from + i * by).toFixed(4)));
/** What a cosine says where texts that have nothing in common have the background's. */
export const calibrated = (cosine, background) => Math.min(1, Math.max(0, (cosine - background) / (1 - background)));

export function table(title, head, rows) {
  console.log(`\n**${title}**\n\n| ${head.join(" | ")} |\n|${" --- |".repeat(head.length)}`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
}

/** hit@1, hit@3 and MRR (0 beyond ten, as Republic counts it) of the ranks of the right passages; null: not found. */
export const ranking = ranks => [
  percent(share(ranks, rank => rank === 1)),
  percent(share(ranks, rank => rank !== null && rank <= 3)),
  mean(ranks.map(rank => (rank !== null && rank <= 10 ? 1 / rank : 0))).toFixed(2),
];

/** The rank of a row among hits, the best first. */
export function rankIn(hits, row) {
  const at = hits.findIndex(hit => hit.row === row);
  return at < 0 ? null : at + 1;
}
