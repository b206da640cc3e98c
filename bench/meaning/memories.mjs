// Memories recalled by meaning, as Republic.Core/Memories/Recall does it.
import { dot, mean, percent, share, steps, table } from "./figures.mjs";

const MOST = 3;

export async function measureMemories(republic, { memories, memoryQuestions }) {
  const vectors = await republic.vectors(memories.map(({ text }) => text));
  const asked = await republic.vectors(memoryQuestions.map(({ text }) => text));
  const background = Math.min(0.9, Math.max(0, mean(vectors.slice(1).map((vector, i) => dot(vectors[i], vector)))));
  const questions = memoryQuestions.map((question, i) => ({
    ...question,
    near: memories
      .map(({ id }, j) => ({ id, likeness: (dot(vectors[j], asked[i]) - background) / (1 - background) }))
      .toSorted((a, b) => b.likeness - a.likeness),
  }));
  const [fit, unfit] = [questions.filter(({ memory }) => memory !== null), questions.filter(({ memory }) => memory === null)];
  const rows = steps(0.1, 0.45, 0.05).map(least => {
    const given = ({ near }) => near.filter(({ likeness }) => likeness >= least).slice(0, MOST);
    return [
      least.toFixed(2),
      percent(share(fit, question => given(question).some(({ id }) => id === question.memory))),
      mean(fit.map(question => given(question).filter(({ id }) => id !== question.memory).length)).toFixed(2),
      percent(share(unfit, question => given(question).length > 0)),
      mean(unfit.map(question => given(question).length)).toFixed(2),
    ];
  });
  const first = rank => percent(share(fit, ({ near, memory }) => near.slice(0, rank).some(({ id }) => id === memory)));
  table(`${memories.length} memories, ${fit.length} questions in other words and ${unfit.length} that none fits; background ${background.toFixed(3)}`,
    ["likeness", "right one given", "wrong ones a question", "given any where none fits", "of them a question"], rows);
  console.log(`\nWithout a threshold the right memory is the nearest for ${first(1)} of the questions, and among three for ${first(MOST)}.`);
}
