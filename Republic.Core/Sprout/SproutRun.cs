using System.Globalization;

namespace Republic.Core.Sprout;

/// <summary>Making Sprout, as the command line asks for it.</summary>
public sealed record SproutRun(string Output, string Checkpoint, int Steps, int Seed, int Threads)
{
    public const int UsualSteps = 8500;

    public void Make(Action<string> write, CancellationToken ct)
    {
        var maker = new SproutMaker(Corpus.Shared, new SproutPlan(Steps, Seed), Checkpoint, Threads);
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
