using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;

namespace Republic.Tests.Unit.Lora;

public sealed class LoraSettingsTests
{
    [Theory]
    [InlineData(2_900_000, 54, 1e-3, 5, 16)]
    [InlineData(2_900_000, 5, 1e-3, 20, 16)]
    [InlineData(1_000_000_000, 360, 2e-4, 2, 16)]
    [InlineData(1_000_000_000, 160_044, 2e-4, 1, 64)]
    [InlineData(1_000_000_000, 2_000, 2e-4, 1, 32)]
    [InlineData(1_000_000_000, 1_999, 2e-4, 1, 16)]
    [InlineData(49_999_999, 160_044, 1e-3, 1, 16)]
    public void What_is_left_out_is_chosen_for_the_base_and_the_data(long parameters, int rows, double rate, int epochs, int rank)
    {
        var chosen = new LoraSettings().Resolve(parameters, rows, heldOut: 0);

        Assert.Equal((rate, epochs), (chosen.Value!.LearningRate, chosen.Value.Epochs));
        Assert.Equal(
            (rank, 2f * rank, 0f, 4, 1, 512),
            (
                chosen.Value.Rank!.Value,
                chosen.Value.Alpha!.Value,
                chosen.Value.Dropout,
                chosen.Value.BatchSize,
                chosen.Value.GradientAccumulation,
                chosen.Value.MaxLength
            )
        );
        Assert.Equal((1L, 5), (chosen.Value.Seed, chosen.Value.EarlyStoppingPatience));
        Assert.Equal(["q", "k", "v", "o", "gate", "up", "down"], chosen.Value.TargetModules);
    }

    [Fact]
    public void Alpha_follows_the_rank_that_is_given()
    {
        var chosen = new LoraSettings { Rank = 8 }
            .Resolve(1_000_000_000, 30_000, heldOut: 500)
            .Value!;

        Assert.Equal((8, 16f), (chosen.Rank!.Value, chosen.Alpha!.Value));
        Assert.Equal(3f, (new LoraSettings { Alpha = 3 }.Resolve(1_000, 54, heldOut: 6)).Value!.Alpha);
    }

    [Theory]
    [InlineData(49_999_999, null, 8.0, 2, 550)]
    [InlineData(50_000_000, null, 1.0, 1, 400)]
    [InlineData(50_000_000, 8.0, 8.0, 1, 400)]
    [InlineData(50_000_000, 0.0, 0.0, 1, 250)]
    [InlineData(1_000, 3.0, 3.0, 2, 550)]
    [InlineData(1_000, 0.0, 0.0, 2, 250)]
    public void A_small_base_replays_more_for_it_forgets_sooner(long parameters, double? given, double chosen, int draws, int steps)
    {
        var settings = new LoraSettings { Replay = given }
            .Resolve(parameters, 48, heldOut: 12)
            .Value!;

        Assert.Equal(chosen, settings.Replay);
        Assert.Equal(draws, LoraSettings.ReplayDraws(parameters));
        Assert.Equal((int)(48 * chosen), settings.ReplayedPerEpoch(48));
        Assert.Equal((int)Math.Ceiling(48 * (1 + chosen) / 4), settings.StepsPerEpoch(48));
        // Rows that share the run with others are read for longer.
        Assert.Equal(Math.Min(20, (int)Math.Round((double)steps / settings.StepsPerEpoch(48))), settings.Epochs);
    }

    [Fact]
    public void What_is_given_is_kept()
    {
        var chosen = new LoraSettings { LearningRate = 0.005, Epochs = 2 }.Resolve(1_000, 54, heldOut: 6);

        Assert.Equal((0.005, 2), (chosen.Value!.LearningRate, chosen.Value.Epochs));
    }

    [Fact]
    public void Four_rows_are_too_few()
    {
        var failure = new LoraSettings().Resolve(1_000, 3, heldOut: 1).Failure!;

        Assert.Equal("data", failure.Fields[0].Field);
        Assert.StartsWith("The data has 4 usable rows, and training needs at least 5.", failure.Message, StringComparison.Ordinal);
    }

    // csharpier-ignore
    public static TheoryData<string, LoraSettings> Wrong() =>
        new()
        {
            { "rank", new() { Rank = 0 } },
            { "rank", new() { Rank = 5000 } },
            { "alpha", new() { Alpha = 0 } },
            { "alpha", new() { Alpha = float.NaN } },
            { "dropout", new() { Dropout = 1 } },
            { "target_modules", new() { TargetModules = [] } },
            { "target_modules", new() { TargetModules = ["q", "heads"] } },
            { "target_modules", new() { TargetModules = ["q", "q"] } },
            { "learning_rate", new() { LearningRate = double.NaN } },
            { "learning_rate", new() { LearningRate = -1 } },
            { "epochs", new() { Epochs = 0 } },
            { "replay", new() { Replay = -0.1 } },
            { "replay", new() { Replay = 20.5 } },
            { "replay", new() { Replay = double.NaN } },
            { "batch_size", new() { BatchSize = 0 } },
            { "gradient_accumulation", new() { GradientAccumulation = -1 } },
            { "max_length", new() { MaxLength = 4 } },
            { "early_stopping_patience", new() { EarlyStoppingPatience = -1 } },
            { "weight_decay", new() { WeightDecay = 2 } },
            { "warm_up_share", new() { WarmUpShare = 1 } },
            { "clip_norm", new() { ClipNorm = -1 } },
            { "validation_share", new() { ValidationShare = 0.9 } },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_out_of_range_is_named_with_what_is_possible(string field, LoraSettings settings)
    {
        var failure = settings.Resolve(1_000, 54, heldOut: 6).Failure!;

        var error = Assert.Single(failure.Fields);
        Assert.Equal(field, error.Field);
        Assert.Matches($"^{field} is .+; .*(possible|choose|usual)", error.Message);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(60, 12)]
    [InlineData(200, 20)]
    [InlineData(10_000, 500)]
    public void Some_rows_are_held_out(int rows, int heldOut)
    {
        var data = Enumerable.Range(0, rows).Select(row => new TrainingExample([0, row], [false, true])).ToList();
        var split = TrainingSplit.Of(data, share: null, seed: 3);

        Assert.Equal(heldOut, split.Validation.Count);
        Assert.Equal(Enumerable.Range(0, rows), split.Validation.Concat(split.Training).Order());
        Assert.Equal(split.Validation, TrainingSplit.Of(data, share: null, seed: 3).Validation);
        Assert.NotEqual(split.Validation, TrainingSplit.Of(data, share: null, seed: 5).Validation);
    }
}
