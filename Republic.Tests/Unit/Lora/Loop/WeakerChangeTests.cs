using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Loop;

/// <summary>The strength at which the change of a finished run is taken.</summary>
public sealed class WeakerChangeTests
{
    private const int Vocabulary = 50;

    /// <summary>A token that no row has.</summary>
    private const int Other = Vocabulary;

    private readonly TargetCounter model = new(Vocabulary + 1);
    private readonly Progressed progress = new();

    [Fact]
    public void A_change_is_taken_as_weak_as_it_still_does_nearly_all_that_it_learned()
    {
        var loop = Trained(watched: Other);
        var full = Values();

        loop.Weaken(CancellationToken.None);

        Assert.All(full.Zip(Values()), pair => Assert.Equal(Math.Sqrt(0.8) * pair.First, pair.Second, 1e-5));
        Assert.Equal(
            full.Take(Vocabulary).Average(value => 0.5 * Math.Pow((Math.Sqrt(0.8) * value) - 1, 2)),
            loop.State.BestLoss!.Value,
            1e-3
        );
        Assert.Equal(0.8, loop.State.Strength);
        Assert.Equal(2, progress.Notes.Count);
        Assert.StartsWith("The change is taken at 0.8 of its strength", progress.Notes[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_weaker_change_that_has_learned_too_little_is_not_taken()
    {
        var loop = Trained(watched: Other);
        var full = Values();
        // The loss falls from 0.5 to 0.01 with the whole change, and no further than to 0.4 with less than 0.93 of it.
        model.Goal = token => Values()[token] + (float)Math.Sqrt(2 * (Values()[token] > 0.93 * full[token] ? 0.01 : 0.4));

        loop.Weaken(CancellationToken.None);

        Assert.All(full.Zip(Values()), pair => Assert.Equal(Math.Sqrt(0.9) * pair.First, pair.Second, 1e-5));
        Assert.Equal(0.01, loop.State.BestLoss!.Value, 1e-5);
    }

    [Fact]
    public void Where_watched_answers_become_less_likely_the_whole_change_is_taken()
    {
        var loop = Trained(watched: 1);
        var (full, loss) = (Values(), loop.State.BestLoss);
        model.Goal = token => token == 1 ? full[1] : 1;

        loop.Weaken(CancellationToken.None);

        Assert.Equal(full, Values());
        Assert.Equal((loss, 1), (loop.State.BestLoss, loop.State.Strength));
        Assert.Single(progress.Notes);
    }

    [Fact]
    public void The_weakest_change_is_taken_with_which_watched_answers_are_no_less_likely()
    {
        var loop = Trained(watched: 1);
        var full = Values();
        // As it ought to be with 0.9 of the change, and far from it with less.
        model.Goal = token =>
            token != 1 ? 1
            : Values()[1] > 0.93 * full[1] ? Values()[1]
            : 2;

        loop.Weaken(CancellationToken.None);

        Assert.All(full.Zip(Values()), pair => Assert.Equal(Math.Sqrt(0.9) * pair.First, pair.Second, 1e-5));
        Assert.Equal((0.9, 0), (loop.State.Strength, loop.State.BestWatchedLoss));
    }

    [Fact]
    public void Where_memory_runs_out_the_whole_change_is_taken()
    {
        var loop = Trained(watched: Other);
        var full = Values();
        model.Memory = 0;

        loop.Weaken(CancellationToken.None);

        Assert.Equal(full, Values());
        Assert.Equal(1, loop.State.Strength);
        Assert.Equal("Memory ran out for that, so the whole change is taken.", progress.Notes[^1]);
    }

    [Fact]
    public void Stopped_meanwhile_it_comes_to_the_same_when_the_run_goes_on()
    {
        var loop = Trained(watched: Other);
        var checkpoint = loop.Snapshot(new RunIdentity("base", "rows", loop.Settings));
        using var stop = new CancellationTokenSource();
        progress.OnReport = _ => stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => loop.Weaken(stop.Token));
        loop.TakeBest();
        progress.OnReport = _ => { };

        var again = Loop(watched: Other);
        again.Restore(checkpoint);
        again.TakeBest();
        again.Weaken(CancellationToken.None);
        var resumed = Values();
        loop.Restore(checkpoint);
        loop.TakeBest();
        loop.Weaken(CancellationToken.None);

        Assert.Equal(0.8, again.State.Strength);
        Assert.Equal(loop.State, again.State);
        Assert.Equal(Values(), resumed);
    }

    [Fact]
    public void Where_nothing_is_watched_the_whole_change_is_taken()
    {
        var loop = Trained(watched: null);
        var full = Values();

        loop.Weaken(CancellationToken.None);

        Assert.Equal(full, Values());
    }

    [Fact]
    public void A_run_that_goes_on_from_weights_ends_between_them_and_what_it_learned()
    {
        float[] start = [.. Enumerable.Repeat(0.5f, Vocabulary + 1)];
        start.CopyTo(model.Parameters[0].Values, 0);
        model.Upload();
        var loop = Trained(watched: Other, start);
        var full = Values();

        loop.Weaken(CancellationToken.None);

        Assert.All(full.Zip(Values()), pair => Assert.Equal(0.5 + (0.8 * (pair.First - 0.5)), pair.Second, 1e-5));
    }

    private float[] Values() => [.. model.Parameters[0].Values];

    private TrainingLoop Trained(int? watched, float[]? start = null)
    {
        var loop = Loop(watched, start);
        loop.MeasureBefore(CancellationToken.None);
        while (!loop.IsDone)
        {
            loop.Advance(CancellationToken.None);
        }

        loop.TakeBest();
        return loop;
    }

    private TrainingLoop Loop(int? watched, float[]? start = null)
    {
        var settings = new LoraSettings
        {
            LearningRate = 0.05,
            Epochs = 8,
            ValidationShare = 0.1,
            EarlyStoppingPatience = 0,
        };
        var replay = watched is { } token ? new Replay([], [new TrainingExample([0, token], [false, true])]) : Replay.None;
        var rows = new RunRows(Examples(), heldOut: null, settings).With(replay);
        return new TrainingLoop(model, rows, progress, TimeProvider.System) { Start = start is null ? null : [start] };
    }

    private static List<TrainingExample> Examples()
    {
        var random = new SeededRandom(1);
        return
        [
            .. Enumerable
                .Range(0, 40)
                .Select(_ => Enumerable.Range(0, 30).Select(_ => random.Next(Vocabulary)).ToArray())
                .Select(tokens => new TrainingExample(tokens, [.. tokens.Select((_, i) => i >= 2)])),
        ];
    }
}
