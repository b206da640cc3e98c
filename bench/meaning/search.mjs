// Passages found by words, by meaning and by both; what an answer is given of them; and the same in twelve languages.
import { MODEL, hostSeconds } from "./client.mjs";
import { calibrated, dot, mean, percent, rankIn, ranking, share, steps, table } from "./figures.mjs";

const GIVEN = 5;
const FLATNESS = 60;
const fused = hit => (hit.lexical_rank ? 1 / (FLATNESS + hit.lexical_rank) : 0) + (hit.semantic_rank ? 1 / (FLATNESS + hit.semantic_rank) : 0);
const by = (hits, weight) => hits.toSorted((a, b) => weight(b) - weight(a) || b.score - a.score);
const largest = hit => Math.max(hit.word_share ?? 0, hit.meaning);
const sum = hit => (hit.word_share ?? 0) + hit.meaning;

/** Each question with its hits in both collections; every hit with what its similarity says there (`meaning`). */
async function ask(republic, rows, { words, both, background }) {
  const asked = [];
  for (const row of rows) {
    const hits = await republic.search(both, row.text, true);
    for (const hit of hits) hit.meaning = calibrated(hit.similarity ?? 0, background);
    const nearest = by(hits, hit => hit.meaning);
    const tenth = nearest[Math.min(9, nearest.length - 1)]?.meaning ?? 0;
    for (const hit of hits) hit.lead = hit.meaning - tenth;
    asked.push({ ...row, hits, byWords: words && (await republic.search(words, row.text, false)) });
  }
  return asked;
}

/** The mean cosine of two different passages: what the app estimates from some that it picks at random. */
function backgroundOf(vectors) {
  const total = vectors[0].map((_, i) => vectors.reduce((all, vector) => all + vector[i], 0));
  return Math.max(0, (dot(total, total) - vectors.length) / (vectors.length * (vectors.length - 1)));
}

export async function measureSearch(republic, { passages, questions, unanswered }) {
  const app = process.env.APP_PROCESS;
  const words = await republic.collection("Words alone", null, passages);
  const before = hostSeconds(app);
  const both = await republic.collection("Words and meaning", MODEL, passages);
  const cpu = before === null ? null : hostSeconds(app) - before;
  table("Passages made findable, each a document of its own", ["collection", "passages", "seconds", "passages a second", "CPU seconds of the model host", "passages a CPU second"], [
    ["by words alone", passages.length, words.seconds.toFixed(1), (passages.length / words.seconds).toFixed(1), "", ""],
    ["with vectors", passages.length, both.seconds.toFixed(1), (passages.length / both.seconds).toFixed(1),
      cpu === null ? "not known" : cpu.toFixed(1), cpu ? (passages.length / cpu).toFixed(1) : "not known"],
  ]);

  const background = backgroundOf(await republic.vectors(passages.map(({ text }) => text)));
  const asked = await ask(republic, questions, { words, both, background });
  const open = await ask(republic, unanswered, { both, background });
  compareOrders(asked);
  console.log(`\nThe background, the mean cosine of two passages, is ${background.toFixed(3)}.`);
  thresholds(asked, open);
  variants(asked, open);
}

function compareOrders(asked) {
  const orders = [
    ["by words alone", ({ byWords, passage }) => rankIn(byWords, passage)],
    // The hits have their ranks by meaning with them: no order that they come in changes these.
    ["by meaning alone", ({ hits, passage }) => hits.find(hit => hit.row === passage)?.semantic_rank ?? null],
    ["reciprocal rank fusion", ({ hits, passage }) => rankIn(by(hits, fused), passage)],
    ["the larger of share and meaning", ({ hits, passage }) => rankIn(by(hits, largest), passage)],
    ["share and meaning added", ({ hits, passage }) => rankIn(by(hits, sum), passage)],
    ["as Republic orders", ({ hits, passage }) => rankIn(hits, passage)],
  ];
  for (const [kind, title] of [["words", "Questions in other words"], ["codes", "Questions with names and codes"]]) {
    const some = asked.filter(row => row.kind === kind);
    table(`${title}, ${some.length}`, ["order", "hit@1", "hit@3", "MRR"], orders.map(([name, rank]) => [name, ...ranking(some.map(rank))]));
  }
  const absent = asked.filter(({ hits, passage }) => rankIn(hits, passage) === null).length;
  console.log(`\n${absent} of ${asked.length} right passages are not among the first 50 hits, and count as not found.`);
}

const givenOf = (hits, passes) => hits.filter(passes).slice(0, GIVEN);

/** What a rule does: right passages given, of each kind and of all; questions without an answer that are given any; passages given a question. */
function outcome(asked, open, passes) {
  const given = asked.map(row => ({ ...row, given: givenOf(row.hits, passes) }));
  const right = rows => share(rows, row => row.given.some(hit => hit.row === row.passage));
  return {
    all: right(given),
    words: right(given.filter(row => row.kind === "words")),
    codes: right(given.filter(row => row.kind === "codes")),
    open: share(open, row => givenOf(row.hits, passes).length > 0),
    count: mean(given.map(row => row.given.length)),
  };
}

const head = ["right passage given", "in other words", "names and codes", "passages given a question", "given anything without an answer"];
const cells = ({ all, words, codes, count, open }) => [percent(all), percent(words), percent(codes), count.toFixed(1), percent(open)];

function thresholds(asked, open) {
  for (const [title, value] of [
    ["What is given from a score on, as Republic orders and scores", hit => hit.score],
    ["From a share of words on", hit => hit.word_share ?? 0],
    ["From a calibrated meaning on", hit => hit.meaning],
  ]) {
    table(title, ["threshold", ...head], steps(0.1, 0.5, 0.05).map(least => [least.toFixed(2), ...cells(outcome(asked, open, hit => value(hit) >= least))]));
  }
}

/** For each kind of rule the one that gives most right passages while few questions without an answer are given any. */
function variants(asked, open) {
  const [coarse, fine] = [steps(0.1, 0.9, 0.1), steps(0.1, 0.7, 0.05)];
  const pairs = coarse.flatMap(x => fine.map(y => [x, y]));
  const kinds = [
    ["score", fine.map(t => [`≥ ${t}`, hit => hit.score >= t])],
    ["share of words", steps(0.1, 0.9, 0.05).map(x => [`≥ ${x}`, hit => (hit.word_share ?? 0) >= x])],
    ["meaning", fine.map(y => [`≥ ${y}`, hit => hit.meaning >= y])],
    ["share or meaning", pairs.map(([x, y]) => [`share ≥ ${x} or meaning ≥ ${y}`, hit => (hit.word_share ?? 0) >= x || hit.meaning >= y])],
    ["share and meaning", pairs.map(([x, y]) => [`share ≥ ${x} and meaning ≥ ${y}`, hit => (hit.word_share ?? 0) >= x && hit.meaning >= y])],
    ["meaning, or share with half of it", pairs.map(([x, y]) => [`meaning ≥ ${y}, or share ≥ ${x} and meaning ≥ ${(y / 2).toFixed(3)}`,
      hit => hit.meaning >= y || ((hit.word_share ?? 0) >= x && hit.meaning >= y / 2)])],
    ["sum of both", steps(0.2, 1.4, 0.05).map(s => [`≥ ${s}`, hit => sum(hit) >= s])],
    ["meaning before the tenth nearest", steps(0.05, 0.5, 0.025).map(d => [`${d} more`, hit => hit.lead >= d])],
    ["share, or meaning before the tenth", coarse.flatMap(x => steps(0.05, 0.5, 0.05).map(d => [`share ≥ ${x} or ${d} more`, hit => (hit.word_share ?? 0) >= x || hit.lead >= d]))],
  ];
  for (const most of [0.04, 0.1, 0.2, 0.3]) {
    const rows = kinds.map(([kind, rules]) => {
      const fitting = rules.map(([name, passes]) => ({ name, ...outcome(asked, open, passes) })).filter(rule => rule.open <= most);
      const best = fitting.toSorted((a, b) => b.all - a.all || a.open - b.open || a.count - b.count)[0];
      return best ? [kind, best.name, ...cells(best)] : [kind, "none", "", "", "", "", ""];
    });
    table(`The best rule of each kind where at most ${percent(most)} of the questions without an answer are given anything`, ["rule", "with", ...head], rows);
  }
}

export async function measureLanguages(republic, rows) {
  const both = await republic.collection("Twelve languages", MODEL, rows.map(({ id, passage }) => ({ id, text: passage })));
  const asked = [];
  for (const row of rows) asked.push({ ...row, hits: await republic.search(both, row.question, true) });
  const names = new Intl.DisplayNames("en", { type: "language" });
  const ranked = rank => some => {
    const ranks = some.map(rank);
    return [1, 3].map(most => `${ranks.filter(at => at !== null && at <= most).length} of ${some.length}`);
  };
  const own = ({ hits, id }) => hits.find(hit => hit.row === id);
  const orders = [ranked(row => own(row)?.lexical_rank ?? null), ranked(row => own(row)?.semantic_rank ?? null), ranked(({ hits, id }) => rankIn(hits, id))];
  const groups = [...new Set(rows.map(({ language }) => language))].map(language => [names.of(language), asked.filter(row => row.language === language)]);
  table(`${rows.length} questions in other words, all passages in one collection`,
    ["language", "by words, hit@1", "hit@3", "by meaning, hit@1", "hit@3", "as Republic orders, hit@1", "hit@3"],
    [...groups, ["all", asked]].map(([name, some]) => [name, ...orders.flatMap(order => order(some))]));
}
