using Republic.Core.Llama.Native;
using Republic.Core.Lora.Retention;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class AnswerHealthTests
{
    [Theory]
    [InlineData(1, 23, false)]
    [InlineData(1, 24, true)]
    [InlineData(8, 3, true)]
    [InlineData(12, 2, false)]
    [InlineData(12, 3, true)]
    [InlineData(13, 3, false)]
    public void A_loop_is_a_run_of_up_to_twelve_tokens_that_stands_three_times_and_fills_a_line(int period, int times, bool loops)
    {
        int[] answer = [900, .. Enumerable.Range(0, period * times).Select(i => 100 + (i % period)), 901];

        Assert.Equal(loops, AnswerHealth.Loops(answer));
    }

    [Fact]
    public void What_is_wrong_with_an_answer_is_said()
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);
        var end = model.EndToken!.Value;
        var health = new AnswerHealth(model, []);
        int[] loop = [.. Enumerable.Repeat(300, 30)];

        Assert.Equal("is empty", health.Problem([], [], false));
        Assert.Equal("is empty", health.Problem([end], [0.1], true));
        Assert.Equal("repeats itself", health.Problem([.. loop, end], [.. Enumerable.Repeat(0.1, 31)], true));
        Assert.Equal("repeats itself until it is cut off", health.Problem(loop, [.. Enumerable.Repeat(0.1, 30)], false));
        // What was cut at the longest answer that is measured may have been going on well.
        Assert.Null(health.Problem([300, 301, 302], [1, 1, 1], false));
    }

    [Theory]
    [InlineData(10, 2, 5.1, false)]
    [InlineData(10, 3, 5.1, true)]
    [InlineData(10, 3, 5.0, false)]
    [InlineData(10, 3, double.NaN, true)]
    [InlineData(30, 3, 5.1, true)]
    [InlineData(31, 3, 5.1, false)]
    public void Three_tokens_and_a_tenth_of_an_answer_that_the_version_before_would_not_write_make_it_nonsense(
        int length,
        int strange,
        double surprise,
        bool nonsense
    )
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);
        int[] answer = [.. Enumerable.Range(300, length)];
        double[] surprises = [.. Enumerable.Range(0, length).Select(i => i < strange ? surprise : 0.5)];

        var problem = new AnswerHealth(model, []).Problem(answer, surprises, saysTheSame: false);
        Assert.Equal(nonsense ? "contains text that the model is unlikely to write" : null, problem);
        Assert.Null(new AnswerHealth(model, []).Problem(answer, surprises, saysTheSame: true));
        // The rows may have taught it: what stands in them so is no nonsense.
        var taught = new TrainingExample(answer, new bool[length]);
        Assert.Null(new AnswerHealth(model, [taught]).Problem(answer, [surprises[0] > 5 ? 0.5 : surprises[0], .. surprises[1..]], false));
    }
}
