using Republic.Core;
using Republic.Core.Lora.Checks;
using Republic.Core.Lora.Rows;

namespace Republic.Tests.Unit.Lora;

public sealed class ParitySampleTests
{
    [Theory]
    [InlineData(4 * 224, 4, 224)]
    [InlineData(4 * 224 - 1, 2, 224)]
    [InlineData(224, 1, 224)]
    [InlineData(64, 1, 64)]
    public void When_memory_runs_out_the_sample_gets_smaller_until_it_fits(int memory, int rows, int length)
    {
        var sample = new ParitySample([.. Enumerable.Repeat(Example(tokens: 200, answersBegin: 10), 9)]);

        var fitting = sample.Check(batch => batch.Tokens.Length <= memory ? batch : throw new DeviceMemoryException("No room."));

        Assert.Equal((rows, length), (fitting.Sequences, fitting.Length));
        Assert.True(fitting.Targets > 0);
    }

    [Fact]
    public void It_stays_as_small_as_it_has_become()
    {
        var sample = new ParitySample([.. Enumerable.Repeat(Example(tokens: 200, answersBegin: 10), 9)]);
        var full = 1;

        sample.Check(_ => full-- > 0 ? throw new DeviceMemoryException("No room.") : 0);

        Assert.Equal(2, sample.Check(batch => batch.Sequences));
    }

    [Fact]
    public void Rows_that_answer_late_are_not_cut_before_their_answers()
    {
        var sample = new ParitySample([Example(tokens: 900, answersBegin: 800), Example(tokens: 900, answersBegin: 600)]);

        var refusal = Assert.Throws<DeviceMemoryException>(() =>
            sample.Check<int>(batch => throw new DeviceMemoryException($"{batch.Targets}"))
        );

        Assert.Equal("There is no memory to compute 601 tokens with llama.cpp.", refusal.Message);
        Assert.Equal("1", refusal.InnerException!.Message);
    }

    private static TrainingExample Example(int tokens, int answersBegin) =>
        new(new int[tokens], [.. Enumerable.Range(0, tokens).Select(i => i >= answersBegin)]);
}
