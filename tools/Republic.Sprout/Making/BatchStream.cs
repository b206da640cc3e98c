using Republic.Core;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>
/// An endless row of steps, each of a few batches. Dialogues are drawn a pool at a time and put together by length; a pool
/// depends on the seed, its number and its mixture alone, so that a run can go on where it stood.
/// </summary>
internal sealed class BatchStream(Corpus corpus, Vocabulary vocabulary, SproutPlan plan)
{
    private const int PoolSize = 384;
    private const int LongestExample = 640;
    private const int Multiple = 16;
    private readonly DialogueMaker maker = new(corpus);
    private readonly Queue<TrainingBatch[]> waiting = [];

    /// <summary>Where the pool began that batches come from now, and how many of it have been taken.</summary>
    public BatchPosition Position { get; private set; } = new(-1, 0, 0);

    public IReadOnlyList<TrainingBatch> Next(int step)
    {
        if (waiting.Count == 0)
        {
            Fill(new BatchPosition(Position.Pool + 1, step, 0));
        }

        Position = Position with { Taken = Position.Taken + 1 };
        return waiting.Dequeue();
    }

    /// <summary>Goes on after the batches that a run has seen.</summary>
    public void Resume(BatchPosition position)
    {
        waiting.Clear();
        Position = position;
        if (position.Pool >= 0)
        {
            Fill(position with { Taken = 0 });
            for (var taken = 0; taken < position.Taken; taken++)
            {
                waiting.Dequeue();
            }

            Position = position;
        }
    }

    /// <summary>The same dialogues whatever was drawn before: to measure on.</summary>
    public IReadOnlyList<TrainingBatch> HeldBack(int dialogues)
    {
        var random = SeededRandom.For(plan.Seed, purpose: 2);
        return Batches(Examples(random, Mixture.Usual, dialogues));
    }

    private void Fill(BatchPosition position)
    {
        Position = position;
        var random = SeededRandom.For(plan.Seed, purpose: 1000L + position.Pool);
        var batches = Batches(Examples(random, plan.MixtureAt(position.FirstStep), PoolSize)).ToArray();
        random.Shuffle(batches.AsSpan());
        foreach (var step in batches.Chunk(plan.BatchesPerStep))
        {
            waiting.Enqueue(step);
        }
    }

    private List<TrainingExample> Examples(SeededRandom random, Mixture mixture, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ => ChatText.Example(maker.Make(mixture, random), vocabulary))
                .Where(example => example.Tokens.Length <= LongestExample)
                .OrderBy(example => example.Tokens.Length),
        ];

    private List<TrainingBatch> Batches(List<TrainingExample> examples)
    {
        List<TrainingBatch> batches = [];
        List<TrainingExample> some = [];
        foreach (var example in examples)
        {
            var length = (example.Tokens.Length + Multiple - 1) / Multiple * Multiple;
            if (some.Count > 0 && length * (some.Count + 1) > plan.TokensPerBatch)
            {
                batches.Add(TrainingBatch.Of(some, Multiple));
                some = [];
            }

            some.Add(example);
        }

        batches.Add(TrainingBatch.Of(some, Multiple));
        return batches;
    }
}
