using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Loop;

/// <summary>Runs whose loss runs away.</summary>
public sealed class DivergenceTests : IDisposable
{
    private const int Vocabulary = 50;
    private static readonly LoraSettings Settings = new()
    {
        ValidationShare = 0.1,
        LearningRate = 0.05,
        Epochs = 4,
        EarlyStoppingPatience = 0,
    };
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly Progressed progress = new();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void It_goes_back_to_the_best_adapter_and_on_at_half_the_rate_to_the_end()
    {
        var loop = Diverging(Settings, from: 18, halvings: 1);

        Run(loop);

        Assert.Matches(
            "^Training diverged at step 19: the loss rose from 0\\.[0-9]+ to [0-9]+\\.[0-9]+\\. "
                + "It goes back to where it was after step 16, and on at half of the learning rate\\.$",
            Assert.Single(progress.Notes)
        );
        Assert.Equal([.. Enumerable.Range(1, 19), .. Enumerable.Range(17, 20)], progress.Steps.Select(step => step.Step));
        var usual = new LearningRate(0.05, 1, 36);
        Assert.Equal(usual.At(18), progress.Steps[17].LearningRate);
        Assert.Equal(usual.At(17) / 20, progress.Steps[19].LearningRate, 1e-12);
        Assert.Equal(usual.At(30) / 2, progress.Steps.Last(step => step.Step == 30).LearningRate);
        Assert.True(loop.State.BestLoss < progress.Validations[0].Loss / 2);
        Assert.True(loop.State.BestStep > 16);
    }

    [Fact]
    public void Without_held_out_rows_it_goes_back_to_where_the_loss_was_low_and_keeps_the_last_adapter()
    {
        var model = new TargetCounter(Vocabulary);
        var loop = Diverging(Settings with { ValidationShare = 0 }, from: 25, halvings: 1, model);

        Run(loop);

        Assert.Contains("It goes back to where it was after step 2", Assert.Single(progress.Notes), StringComparison.Ordinal);
        Assert.Equal(40, loop.State.Step);
        var last = model.Parameters[0].Values.ToArray();
        loop.TakeBest();
        Assert.Equal(last, model.Parameters[0].Values);
    }

    [Fact]
    public void A_run_that_diverges_from_the_start_begins_again()
    {
        var loop = Diverging(Settings with { ValidationShare = 0, Epochs = 2 }, from: 2, halvings: 1);

        Run(loop);

        Assert.StartsWith("Training diverged at step 10: the loss rose from 0.50 to ", Assert.Single(progress.Notes));
        Assert.Equal([.. Enumerable.Range(1, 10), .. Enumerable.Range(1, 20)], progress.Steps.Select(step => step.Step));
    }

    [Fact]
    public void The_third_time_it_ends_with_what_to_do()
    {
        var loop = Diverging(Settings, from: 18, halvings: 3);

        var refusal = Assert.Throws<LoraException>(() => Run(loop));

        Assert.Equal(["half", "a quarter"], progress.Notes.Select(note => note.Split(" on at ")[1].Split(" of the")[0]));
        Assert.Matches(
            "^Training stopped at step [0-9]+: the loss rose from [0-9.]+ to [0-9.]+, also at a quarter of the learning rate\\. "
                + "The learning rate of 0\\.05 is probably too high: start anew with a tenth of it\\.$",
            refusal.Message
        );
    }

    [Theory]
    [InlineData(float.NaN, "loss")]
    [InlineData(1e30f, "gradient")]
    public void Numbers_out_of_range_never_reach_the_parameters(float goal, string what)
    {
        var model = new TargetCounter(Vocabulary);
        var loop = Loop(model, Settings with { ValidationShare = 0 });
        loop.MeasureBefore(CancellationToken.None);
        loop.Advance(CancellationToken.None);
        model.Goal = _ => goal;

        loop.Advance(CancellationToken.None);
        Assert.StartsWith($"Training diverged at step 2: the {what} is no longer a number.", progress.Notes[0], StringComparison.Ordinal);
        Assert.Equal(0, loop.State.Step);
        Assert.All(model.Parameters[0].Values, value => Assert.Equal(0, value));
        loop.Advance(CancellationToken.None);
        var refusal = Assert.Throws<LoraException>(() => loop.Advance(CancellationToken.None));

        Assert.StartsWith($"Training stopped at step 1: the {what} is no longer a number, also at a quarter", refusal.Message);
        Assert.All(model.Parameters[0].Values, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_held_out_loss_that_is_no_number_goes_back_too()
    {
        var model = new TargetCounter(Vocabulary);
        var loop = Loop(model, Settings);
        var learning = false;
        model.BeforeGradients = _ => learning = true;
        progress.OnReport = _ => learning = false;
        model.Goal = _ => !learning && loop.State is { Step: 8, Halvings: 0 } ? float.NaN : 1;

        Run(loop);

        Assert.StartsWith(
            "Training diverged at step 8: the held-out loss is no longer a number. It goes back to where it was after step 4",
            Assert.Single(progress.Notes),
            StringComparison.Ordinal
        );
        Assert.All(progress.Validations, point => Assert.True(double.IsFinite(point.Loss)));
        Assert.Equal(36, loop.State.Step);
    }

    [Fact]
    public void A_step_of_hard_rows_is_no_divergence()
    {
        var model = new TargetCounter(Vocabulary);
        var loop = Loop(model, Settings);
        model.Goal = _ => loop.State.Step == 20 ? 4 : 1;

        Run(loop);

        Assert.Empty(progress.Notes);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(200)]
    public void Hard_rows_beside_easy_replayed_ones_are_no_divergence_and_a_real_one_is_found(int from)
    {
        const int Hard = 0;
        const int Easy = 1;
        var model = new TargetCounter(Vocabulary);
        // Rows of one length make batches of their own.
        List<TrainingExample> own = [.. Enumerable.Range(0, 16).Select(_ => Of(Hard, length: 40))];
        var replay = new Replay([.. Enumerable.Range(0, 48).Select(_ => Of(Easy, length: 12))], []);
        var settings = Settings with { ValidationShare = 0, Epochs = 40, Replay = 3 };
        var loop = new TrainingLoop(model, new RunRows(own, null, settings).With(replay), progress, TimeProvider.System);
        var sign = 1;
        // What the hard rows want changes all the time, so they stay at five nats.
        model.Goal = token =>
            loop.State is { Halvings: 0, Step: var step } && step >= from ? 50
            : token == Hard ? 3.2f * (sign = -sign)
            : 1;

        Run(loop);

        Assert.Equal(from == 200 ? 1 : 0, progress.Notes.Count);

        static TrainingExample Of(int token, int length) =>
            new([.. Enumerable.Repeat(token, length)], [.. Enumerable.Range(0, length).Select(i => i > 4)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Stopped_before_every_step_it_goes_back_and_ends_bit_for_bit_the_same(double heldOut)
    {
        var settings = Settings with { ValidationShare = heldOut };
        var whole = new TargetCounter(Vocabulary);
        var undisturbed = Diverging(settings, from: 22, halvings: 2, whole);
        Run(undisturbed);
        var told = progress.Steps.Select(step => (step.Step, step.Loss, step.LearningRate)).ToList();
        var path = Path.Combine(folder.FullName, "run.checkpoint");
        var identity = new RunIdentity("base", "data", settings);

        var model = new TargetCounter(Vocabulary);
        var loop = Diverging(settings, from: 22, halvings: 2, model);
        loop.MeasureBefore(CancellationToken.None);
        while (!loop.IsDone)
        {
            CheckpointFile.Write(path, loop.Snapshot(identity));
            model = new TargetCounter(Vocabulary);
            loop = Diverging(settings, from: 22, halvings: 2, model);
            loop.Restore(CheckpointFile.Read(path));
            loop.Advance(CancellationToken.None);
        }

        Assert.Equal(whole.Parameters[0].Values, model.Parameters[0].Values);
        Assert.Equal(undisturbed.State, loop.State);
        Assert.Equal(2, loop.State.Halvings);
        Assert.Equal(told, progress.Steps.Skip(told.Count).Select(step => (step.Step, step.Loss, step.LearningRate)));
    }

    /// <summary>What it should learn jumps away from a step on, until the rate was halved so often.</summary>
    private TrainingLoop Diverging(LoraSettings settings, int from, int halvings, TargetCounter? model = null)
    {
        model ??= new TargetCounter(Vocabulary);
        var loop = Loop(model, settings);
        model.Goal = _ => loop.State.Halvings < halvings && loop.State.Step >= from ? 50 : 1;
        return loop;
    }

    private TrainingLoop Loop(TargetCounter model, LoraSettings settings) =>
        new(model, new RunRows(Examples(), heldOut: null, settings), progress, TimeProvider.System);

    private static void Run(TrainingLoop loop)
    {
        loop.MeasureBefore(CancellationToken.None);
        while (!loop.IsDone)
        {
            loop.Advance(CancellationToken.None);
        }
    }

    private static List<TrainingExample> Examples()
    {
        var random = new SeededRandom(1);
        return
        [
            .. Enumerable
                .Range(0, 40)
                .Select(_ => new TrainingExample(
                    [.. Enumerable.Range(0, 12).Select(_ => random.Next(Vocabulary))],
                    [.. Enumerable.Range(0, 12).Select(i => i > 4)]
                )),
        ];
    }
}
