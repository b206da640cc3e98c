using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;

namespace Republic.Tests.Unit.Lora.Loop;

public sealed class TrainingBatchTests
{
    [Fact]
    public void Every_learned_token_is_predicted_by_the_one_before_it()
    {
        var batch = TrainingBatch.Of([new([11, 12, 13, 14], [true, false, true, true]), new([21, 22], [false, true])], multiple: 4);

        Assert.Equal((4, 2, 3), (batch.Length, batch.Sequences, batch.Targets));
        Assert.Equal([11, 12, 13, 0, 21, 0, 0, 0], batch.Tokens);
        Assert.Equal([1, 2, 4], batch.TargetRows);
        Assert.Equal([13, 14, 22], batch.TargetTokens);
    }

    [Fact]
    public void Sequences_alone_are_no_longer_than_their_last_target_needs_and_those_without_one_are_left_out()
    {
        TrainingExample whole = new([.. Enumerable.Range(1, 70)], [.. Enumerable.Range(0, 70).Select(i => i is 5 or 69)]);
        TrainingExample early = new([.. Enumerable.Range(1, 60)], [.. Enumerable.Range(0, 60).Select(i => i == 31)]);
        TrainingExample none = new([1, 2, 3], [false, false, false]);

        var alone = TrainingBatch.Of([whole, none, early]).Alone().ToList();

        Assert.Equal([(96, 1), (32, 1)], alone.Select(batch => (batch.Length, batch.Sequences)));
        Assert.Equal([.. Enumerable.Range(1, 32)], alone[1].Tokens);
        Assert.Equal((30, 32), (Assert.Single(alone[1].TargetRows), Assert.Single(alone[1].TargetTokens)));
        Assert.Equal([4, 68], alone[0].TargetRows);
    }

    [Fact]
    public void Sequences_alone_predict_the_same()
    {
        var alone = TrainingBatch
            .Of([new([11, 12, 13], [false, true, true]), new([21, 22], [false, true])], multiple: 1)
            .Alone(length: 3)
            .ToList();

        Assert.Equal(
            [
                [11, 12, 0],
                [21, 0, 0],
            ],
            alone.Select(batch => batch.Tokens)
        );
        Assert.Equal(
            [
                [0, 1],
                [0],
            ],
            alone.Select(batch => batch.TargetRows)
        );
        Assert.Equal(
            [
                [12, 13],
                [22],
            ],
            alone.Select(batch => batch.TargetTokens)
        );
    }

    [Fact]
    public void Marks_that_are_no_match_for_the_tokens_are_refused()
    {
        var refusal = Assert.Throws<LoraException>(() => TrainingBatch.Of([new([1, 2, 3], [true])]));

        Assert.Contains("3 tokens and 1 marks", refusal.Message, StringComparison.Ordinal);
    }
}
