using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Loop;

public sealed class TrainingLoopTests
{
    private const int Vocabulary = 50;
    private static readonly LoraSettings Settings = new()
    {
        LearningRate = 0.05,
        Epochs = 4,
        ValidationShare = 0.1,
    };
    private readonly Progressed progress = new();

    [Fact]
    public void The_loss_falls_and_every_step_is_told()
    {
        var loop = Loop(new TargetCounter(Vocabulary), Settings);

        Run(loop);

        var steps = progress.Steps;
        Assert.Equal(Enumerable.Range(1, loop.Steps), steps.Select(step => step.Step));
        Assert.Equal([1, 2, 3, 4], steps.Select(step => step.Epoch).Distinct());
        Assert.All(steps, step => Assert.Equal(loop.Steps, step.Of));
        Assert.True(steps[^1].Loss < steps[0].Loss / 2);
        Assert.Equal([0, 4, 8, 12, 16, 20, 24, 28, 32, 36], progress.Validations.Select(point => point.Step));
        Assert.True(loop.State.BestLoss < loop.State.LossBefore / 2);
        Assert.Equal(steps[^1].Tokens, 4 * Examples().Sum(e => (long)e.Tokens.Length) - (4 * HeldOutTokens()));
    }

    [Fact]
    public void The_time_left_counts_the_rests_to_come()
    {
        var loop = Loop(new TargetCounter(Vocabulary), Settings, rest: TimeSpan.FromHours(1));

        Run(loop);

        Assert.Equal(
            progress.Steps.Select(step => step.Of - step.Step),
            progress.Steps.Select(step => (int)Math.Floor(step.Remaining.TotalHours))
        );
    }

    [Fact]
    public void Accumulated_batches_weigh_each_token_the_same_as_one_batch_does()
    {
        var (apart, together) = (new TargetCounter(Vocabulary), new TargetCounter(Vocabulary));
        var onePass = Settings with { Epochs = 1, ValidationShare = 0 };

        Run(Loop(apart, onePass with { BatchSize = 5, GradientAccumulation = 8 }));
        Run(Loop(together, onePass with { BatchSize = 40 }));

        Assert.Equal((8, 1), (apart.Batches.Count, together.Batches.Count));
        Assert.All(apart.Parameters[0].Gradient.Zip(together.Parameters[0].Gradient), g => Assert.Equal(g.First, g.Second, 1e-6f));
        Assert.Equal(progress.Steps[0].Loss, progress.Steps[1].Loss, 1e-9);
    }

    [Fact]
    public void The_parameters_of_the_lowest_validation_loss_are_kept_and_the_run_ends_when_it_no_longer_falls()
    {
        // Held-out rows hold tokens that ought to go up; what is learned pulls them up to 1, far beyond the 0.1 that they should have.
        var model = new TargetCounter(Vocabulary);
        var passed = false;
        model.BeforeGradients = _ => passed = true;
        model.Goal = _ => passed ? 1 : 0.1f;
        var loop = Loop(model, Settings with { Epochs = 20, EarlyStoppingPatience = 2 }, afterStep: () => passed = false);

        Run(loop);

        var validations = progress.Validations;
        Assert.True(loop.StoppedEarly);
        Assert.Equal([false, false], validations.TakeLast(2).Select(point => point.Best));
        Assert.Equal(validations.MinBy(point => point.Loss)!.Step, loop.State.BestStep);
        Assert.True(loop.State.Step < loop.Steps);
        var last = model.Parameters[0].Values.ToArray();
        loop.TakeBest();
        Assert.NotEqual(last, model.Parameters[0].Values);
    }

    [Fact]
    public void A_run_that_no_longer_keeps_what_is_watched_ends_though_the_held_out_rows_still_gain()
    {
        const int Kept = Vocabulary;
        TrainingExample replayed = new([0, Kept, Kept], [false, true, true]);
        var model = new TargetCounter(Vocabulary + 1);
        var passed = false;
        model.BeforeGradients = _ => passed = true;
        // Replay pulls the kept token up, and all that is watched wants it down.
        model.Goal = token => token == Kept && !passed ? -2 : 1;
        var settings = Settings with { Epochs = 20, EarlyStoppingPatience = 2, Replay = 0.25 };
        var loop = Loop(model, settings, afterStep: () => passed = false, replay: new Replay([replayed], [replayed]));

        Run(loop);

        var validations = progress.Validations;
        Assert.True(loop.StoppedEarly);
        Assert.Equal([false, false], validations.TakeLast(2).Select(point => point.Best));
        Assert.True(validations[^1].Loss < loop.State.BestLoss);
        // The held-out loss is told as it is, without what is watched.
        Assert.Equal(0.5, validations[0].Loss, 6);
        Assert.Equal(0.5 + (0.5 * 4), loop.State.LowestScore!.Value, 0.75);
    }

    [Fact]
    public void Of_parameters_that_learned_nearly_as_much_those_are_kept_that_keep_more()
    {
        const int Kept = Vocabulary;
        double[] heldOut = [10, 5, 1, 1.3, 1.4, 3, 3, 3, 3, 3, 3];
        double[] watched = [0.1, 0.3, 0.3, 0.25, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
        TrainingExample replayed = new([0, Kept], [false, true]);
        var model = new TargetCounter(Vocabulary + 1);
        var learns = false;
        model.BeforeGradients = _ => learns = true;
        // As far from what a token is as makes the loss that is to be measured.
        model.Goal = token =>
            learns
                ? 1
                : model.Parameters[0].Values[token] + (float)Math.Sqrt(2 * (token == Kept ? watched : heldOut)[progress.Validations.Count]);
        var settings = Settings with { EarlyStoppingPatience = 0, Replay = 0.25 };
        var loop = Loop(model, settings, afterStep: () => learns = false, replay: new Replay([replayed], [replayed]));

        Run(loop);

        var validations = progress.Validations;
        Assert.Equal([true, true, true, true, true, false, false], validations.Take(7).Select(point => point.Best));
        Assert.Equal((validations[4].Step, 1.4, 0.2), (loop.State.BestStep, loop.State.BestLoss!.Value, loop.State.BestWatchedLoss), Near);
        Assert.Equal(1.3, loop.State.LowestScore!.Value, 4);

        static bool Near((int Step, double Loss, double Watched) one, (int Step, double Loss, double Watched) other) =>
            one.Step == other.Step && Math.Abs(one.Loss - other.Loss) < 1e-4 && Math.Abs(one.Watched - other.Watched) < 1e-4;
    }

    [Fact]
    public void Replayed_rows_come_beside_the_runs_own_in_each_epoch_and_take_turns()
    {
        var model = new TargetCounter(Vocabulary + 6);
        var replay = new Replay([.. Enumerable.Range(0, 6).Select(i => new TrainingExample([0, Vocabulary + i], [false, true]))], []);

        Run(Loop(model, Settings with { Epochs = 3, Replay = 0.1, ValidationShare = 0 }, replay: replay));

        // 40 rows of its own, and 4 of the 6 that can be replayed: 12 in three epochs, each of them twice.
        Assert.Equal(3 * 11, progress.Steps.Count);
        var seen = model.Batches.SelectMany(batch => batch.TargetTokens).Where(token => token >= Vocabulary).ToList();
        Assert.Equal(Enumerable.Range(Vocabulary, 6), seen.Distinct().Order());
        Assert.All(seen.CountBy(token => token), token => Assert.Equal(2, token.Value));
        Assert.Equal(
            [4, 4, 4],
            model.Batches.Chunk(11).Select(epoch => epoch.SelectMany(batch => batch.TargetTokens).Count(token => token >= Vocabulary))
        );
    }

    [Fact]
    public void Few_answers_are_replayed_at_most_four_times_an_epoch()
    {
        var model = new TargetCounter(Vocabulary + 1);
        var replay = new Replay([new TrainingExample([0, Vocabulary], [false, true])], []);

        Run(Loop(model, Settings with { Epochs = 2, Replay = 3, ValidationShare = 0 }, replay: replay));

        Assert.Equal(2 * 11, progress.Steps.Count);
        Assert.Equal(2 * 4, model.Batches.Sum(batch => batch.TargetTokens.Count(token => token == Vocabulary)));
    }

    [Fact]
    public void When_memory_runs_out_fewer_rows_are_computed_at_a_time_with_the_same_result()
    {
        var (wide, narrow) = (new TargetCounter(Vocabulary), new TargetCounter(Vocabulary) { Memory = 64 });

        Run(Loop(wide, Settings));
        Run(Loop(narrow, Settings));

        Assert.All(wide.Parameters[0].Values.Zip(narrow.Parameters[0].Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Assert.Equal("Memory ran out. From now on 2 rows are computed at a time.", Assert.Single(progress.Notes));
    }

    [Fact]
    public void When_one_row_is_too_much_rows_are_cut_and_when_that_is_too_much_the_run_ends()
    {
        var model = new TargetCounter(Vocabulary) { Memory = 64 };
        var loop = Loop(model, Settings, Examples(length: 200));

        Run(loop);

        Assert.Equal((1, 64), (loop.State.RowsAtOnce, loop.State.MaxLength));
        model.Memory = 1;
        var refusal = Assert.Throws<LoraException>(() => Run(Loop(model, Settings)));
        Assert.Contains("not enough memory for a single row of 32 tokens", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_interrupted_anywhere_goes_on_bit_for_bit()
    {
        var whole = new TargetCounter(Vocabulary);
        var settings = Settings with { Epochs = 3, GradientAccumulation = 2, EarlyStoppingPatience = 0 };
        Run(Loop(whole, settings));
        var random = new SeededRandom(3);
        var identity = new RunIdentity("base", "data", settings);
        var path = Path.Combine(Directory.CreateTempSubdirectory("republic-test-").FullName, "run.checkpoint");

        var model = new TargetCounter(Vocabulary);
        var loop = Loop(model, settings);
        while (!loop.IsDone)
        {
            CheckpointFile.Write(path, loop.Snapshot(identity));
            model = new TargetCounter(Vocabulary);
            loop = Loop(model, settings);
            loop.Restore(CheckpointFile.Read(path));
            Interrupt(model, loop, batches: random.Next(3));
        }

        Assert.Equal(whole.Parameters[0].Values, model.Parameters[0].Values);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    /// <summary>Cancels in the middle of a step; what was begun must not show.</summary>
    private static void Interrupt(TargetCounter model, TrainingLoop loop, int batches)
    {
        using var stop = new CancellationTokenSource();
        model.BeforeGradients = _ =>
        {
            if (batches-- == 0)
            {
                stop.Cancel();
            }
        };
        try
        {
            loop.Advance(stop.Token);
        }
        catch (OperationCanceledException)
        {
            // As Ctrl+C does.
        }

        model.BeforeGradients = _ => { };
    }

    private TrainingLoop Loop(
        TargetCounter model,
        LoraSettings settings,
        List<TrainingExample>? examples = null,
        Action? afterStep = null,
        Replay? replay = null,
        TimeSpan rest = default
    )
    {
        progress.OnReport = _ => afterStep?.Invoke();
        var rows = new RunRows(examples ?? Examples(), heldOut: null, settings).With(replay ?? Replay.None);
        return new TrainingLoop(model, rows, progress, TimeProvider.System) { Rest = rest };
    }

    private static void Run(TrainingLoop loop)
    {
        loop.MeasureBefore(CancellationToken.None);
        while (!loop.IsDone)
        {
            loop.Advance(CancellationToken.None);
        }
    }

    private static int HeldOutTokens()
    {
        var examples = Examples();
        return TrainingSplit.Of(examples, Settings.ValidationShare, Settings.Seed).Validation.Sum(row => examples[row].Tokens.Length);
    }

    private static List<TrainingExample> Examples(int length = 12)
    {
        var random = new SeededRandom(1);
        TrainingExample Example()
        {
            var tokens = Enumerable.Range(0, length + random.Next(8)).Select(_ => random.Next(Vocabulary)).ToArray();
            return new(tokens, [.. tokens.Select((_, i) => i > Math.Min(tokens.Length / 3, 20))]);
        }

        return [.. Enumerable.Range(0, 40).Select(_ => Example())];
    }
}
