using System.Diagnostics;
using System.Numerics.Tensors;
using Republic.Core;
using Republic.Core.Lora;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>Makes Sprout from nothing but the corpus, or trains a model further that was made so. Stopped and called again with the same folder, it goes on.</summary>
internal sealed class SproutMaker(Corpus corpus, SproutPlan plan, string checkpoint, int workers)
{
    public const int VocabularySize = 1792;
    private const int DialoguesForVocabulary = 6000;
    private const int DialoguesForLetters = 1500;
    private const int DialoguesHeldBack = 160;
    private const int ReportEvery = 50;
    private const int SaveEvery = 200;
    private const float MostNorm = 1;

    /// <summary>The model to begin with; null begins with nothing.</summary>
    public string? From { get; init; }

    /// <summary>Trains to the plan's end and writes the model.</summary>
    /// <exception cref="OperationCanceledException">The checkpoint has been written.</exception>
    public void Run(string output, IProgress<SproutProgress> progress, CancellationToken ct)
    {
        var saved = new SproutCheckpoint(checkpoint, plan);
        var (position, vocabulary, weights, optimizer) = File.Exists(checkpoint) ? saved.Load(Empty) : Fresh();
        var batches = new BatchStream(corpus, vocabulary, plan);
        batches.Resume(position);
        var heldBack = batches.HeldBack(DialoguesHeldBack);
        using var _ = optimizer;
        using var trainer = new StepTrainer(weights, workers);
        var (clock, tokens, mean) = (Stopwatch.StartNew(), 0L, double.NaN);
        while (optimizer.Steps < plan.Steps)
        {
            var step = batches.Next(optimizer.Steps);
            var loss = trainer.Gradients(step);
            tokens += step.Sum(batch => batch.Tokens.Length);
            mean = double.IsNaN(mean) ? loss : (0.98 * mean) + (0.02 * loss);
            Update(weights, optimizer);
            trainer.Upload();
            var isLast = optimizer.Steps == plan.Steps;
            if (optimizer.Steps % ReportEvery == 0 || isLast)
            {
                double? measured = optimizer.Steps % (4 * ReportEvery) == 0 || isLast ? trainer.Loss(heldBack) : null;
                progress.Report(new(optimizer.Steps, plan.Steps, mean, measured, tokens, clock.Elapsed));
            }

            if (optimizer.Steps % SaveEvery == 0 || isLast || ct.IsCancellationRequested)
            {
                saved.Save(batches.Position, vocabulary, weights, optimizer);
                SproutFile.Save(weights, vocabulary, output);
                ct.ThrowIfCancellationRequested();
            }
        }
    }

    public static Vocabulary TrainVocabulary(Corpus corpus, long seed)
    {
        var (maker, random) = (new DialogueMaker(corpus), SeededRandom.For(seed, purpose: 3));
        return VocabularyTrainer.Train(
            Enumerable
                .Range(0, DialoguesForVocabulary)
                .SelectMany(_ => maker.Make(Mixture.Usual, random))
                .Select(turn => $"{turn.Role}\n{turn.Text}"),
            VocabularySize
        );
    }

    private (BatchPosition, Vocabulary, SproutWeights, SproutOptimizer) Fresh()
    {
        var (vocabulary, weights) = From is null ? Nothing() : Further(From);
        return (new(-1, 0, 0), vocabulary, weights, new SproutOptimizer(weights, workers));
    }

    /// <summary>The corpus may hold letters that the model never met.</summary>
    private (Vocabulary, SproutWeights) Further(string from)
    {
        var (vocabulary, weights) = SproutFile.Load(from);
        var (maker, random) = (new DialogueMaker(corpus), SeededRandom.For(plan.Seed, purpose: 4));
        var used = Enumerable
            .Range(0, DialoguesForLetters)
            .SelectMany(_ => maker.Make(Mixture.Copying, random))
            .SelectMany(turn => vocabulary.Encode(turn.Text));
        new FreshTokens(weights, random).Apply([.. used]);
        return (vocabulary, weights);
    }

    private (Vocabulary, SproutWeights) Nothing()
    {
        var vocabulary = TrainVocabulary(corpus, plan.Seed);
        return (vocabulary, SproutWeights.Copying(new SproutShape(vocabulary.Tokens.Count), plan.Seed));
    }

    private (SproutWeights, SproutOptimizer) Empty(Vocabulary vocabulary)
    {
        var weights = new SproutWeights(new SproutShape(vocabulary.Tokens.Count));
        return (weights, new SproutOptimizer(weights, workers));
    }

    private void Update(SproutWeights weights, SproutOptimizer optimizer)
    {
        var norm = Math.Sqrt(weights.All.Sum(weight => (double)TensorPrimitives.SumOfSquares<float>(weight.Gradient)));
        if (!double.IsFinite(norm))
        {
            throw new LoraException($"The gradient is not a number at step {optimizer.Steps}; the last checkpoint is kept.");
        }

        foreach (var weight in weights.All.Where(_ => norm > MostNorm))
        {
            TensorPrimitives.Multiply(weight.Gradient, (float)(MostNorm / norm), weight.Gradient);
        }

        optimizer.Update(plan.RateAt(optimizer.Steps));
    }
}
