using System.Globalization;
using Republic.Sprout.Dialogues;

namespace Republic.Sprout.Making;

/// <summary>Making Sprout, as the command line asks for it.</summary>
/// <param name="From">A model that was made so, to be trained further; null begins with nothing.</param>
/// <param name="Seed">What is drawn from the corpus: a further run needs another, or it learns the same dialogues again.</param>
public sealed record SproutRun(string Output, string Checkpoint, string? From, int Seed, int Threads)
{
    /// <summary>Null takes as many as a first or a further run usually has.</summary>
    public int? Steps { get; init; }

    public void Make(Action<string> write, CancellationToken ct)
    {
        var plan = From is null
            ? new SproutPlan(Steps ?? SproutPlan.UsualSteps, Seed)
            : SproutPlan.Further(Steps ?? SproutPlan.UsualFurtherSteps, Seed);
        var maker = new SproutMaker(Corpus.Shared, plan, Checkpoint, Threads) { From = From };
        maker.Run(Output, new Lines(write), ct);
    }

    private sealed class Lines(Action<string> write) : IProgress<SproutProgress>
    {
        public void Report(SproutProgress value)
        {
            var speed = value.Tokens / value.Elapsed.TotalSeconds;
            var heldBack = value.HeldBack is { } loss ? string.Create(CultureInfo.InvariantCulture, $"  held back {loss:0.0000}") : "";
            write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"step {value.Step} of {value.Steps}  loss {value.Loss:0.0000}{heldBack}  {value.Tokens / 1e6:0.00} M tokens, {speed:0}/s"
                )
            );
        }
    }
}
