using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Progress;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>A run in the middle of which memory is only left for shorter rows.</summary>
public sealed class ShorterRowsTests
{
    private const int Vocabulary = 50;
    private static readonly LoraSettings Settings = new()
    {
        LearningRate = 0.05,
        Epochs = 4,
        EarlyStoppingPatience = 0,
    };
    private readonly TargetCounter model = new(Vocabulary) { Goal = Goal };
    private readonly Progressed progress = new();

    [Fact]
    public void The_base_and_the_best_are_measured_again_as_the_rest_will_be()
    {
        var before = MeasuredAt(64, new TargetCounter(Vocabulary) { Goal = Goal });
        var loop = Loop(model, Settings);
        var away = false;
        progress.OnReport = told =>
        {
            away |= told is StepCompleted { Step: 12 };
            model.Memory = told is StepCompleted { Step: 20 } ? 64 : model.Memory;

            // Steps lead away from what held-out rows ask for, so that the best lies before the cut.
            model.Goal = Goal;
        };
        model.BeforeGradients = _ => model.Goal = away ? token => -Goal(token) : Goal;

        Run(loop);

        Assert.Equal((1, 64, 64), (loop.State.RowsAtOnce, loop.State.MaxLength, loop.State.MeasuredLength));
        Assert.InRange(loop.State.BestStep, 1, 20);
        Assert.Equal(before, loop.State.LossBefore!.Value, 1e-6);
        loop.TakeBest();
        Assert.Equal(MeasuredAt(64, model), loop.State.BestLoss!.Value, 1e-6);
        Assert.Single(progress.Notes, note => note.StartsWith("Held-out rows are cut to 64 tokens too.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_goes_on_from_weights_is_held_against_them_and_not_against_the_base()
    {
        var (begun, other) = (Nearly(model), new TargetCounter(Vocabulary));
        Nearly(other);
        var before = MeasuredAt(64, other);
        var loop = Loop(model, Settings, start: [begun]);
        // Every step leads away from what held-out rows ask for.
        model.BeforeGradients = _ => model.Goal = token => -Goal(token);
        progress.OnReport = told =>
        {
            model.Goal = Goal;
            model.Memory = told is StepCompleted { Step: 20 } ? 64 : model.Memory;
        };

        Run(loop);

        Assert.Equal((0, 64, false), (loop.State.BestStep, loop.State.MeasuredLength, loop.State.StartIsGone));
        Assert.Equal(before, loop.State.LossBefore!.Value, 1e-6);
        loop.TakeBest();
        Assert.Equal(begun, model.Parameters[0].Values);
    }

    /// <summary>Gives it what an earlier run would have learned.</summary>
    private static float[] Nearly(TargetCounter counter)
    {
        var values = counter.Parameters[0].Values;
        for (var token = 0; token < values.Length; token++)
        {
            values[token] = 0.9f * Goal(token);
        }

        counter.Upload();
        return [.. values];
    }

    [Fact]
    public void A_run_whose_held_out_answers_are_all_cut_off_says_so()
    {
        var loop = Loop(model, Settings, answersBegin: 100);
        loop.MeasureBefore(CancellationToken.None);
        model.Memory = 64;

        var refusal = Assert.Throws<LoraException>(() => Run(loop));

        Assert.StartsWith("Memory allows rows of 64 tokens, and none that is held out has an answer so soon.", refusal.Message);
    }

    private static float Goal(int token) => token / 25f;

    private double MeasuredAt(int length, TargetCounter measured)
    {
        (measured.Memory, measured.Goal) = (int.MaxValue, Goal);
        var loop = Loop(measured, Settings with { MaxLength = length });
        loop.MeasureBefore(CancellationToken.None);
        return loop.State.LossBefore!.Value;
    }

    private TrainingLoop Loop(TargetCounter trained, LoraSettings settings, int answersBegin = 20, IReadOnlyList<float[]>? start = null) =>
        new(trained, new RunRows(Examples(answersBegin), heldOut: null, settings), progress, TimeProvider.System) { Start = start };

    private static void Run(TrainingLoop loop)
    {
        loop.MeasureBefore(CancellationToken.None);
        while (!loop.IsDone)
        {
            loop.Advance(CancellationToken.None);
        }
    }

    private static List<TrainingExample> Examples(int answersBegin)
    {
        var random = new SeededRandom(1);
        TrainingExample Example()
        {
            var tokens = Enumerable.Range(0, 200 + random.Next(8)).Select(_ => random.Next(Vocabulary)).ToArray();
            return new(tokens, [.. tokens.Select((_, i) => i >= answersBegin)]);
        }

        return [.. Enumerable.Range(0, 40).Select(_ => Example())];
    }
}
