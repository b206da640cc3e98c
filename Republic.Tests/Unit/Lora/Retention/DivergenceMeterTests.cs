using Republic.Core.Llama.Native;
using Republic.Core.Lora.Retention;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class DivergenceMeterTests
{
    [Fact]
    public void What_is_held_of_earlier_prompts_changes_no_figure()
    {
        using var model = LlamaModel.Load(GgufMutations.SproutPath);
        using var threads = new ComputeThreads(1);
        int[] Prompt(string question) => ChatTemplate.Tokens(model, [new ChatLine("system", "You are Bosun."), new("user", question)]);
        var (first, longer, other) = (Prompt("What is XP?"), Prompt("What is XP? And what is LoRA?"), Prompt("Who are you?"));
        var answer = Prompt("I am Bosun, and I live here.");
        IReadOnlyList<double> Surprise(params int[][] prompts)
        {
            using var meter = new DivergenceMeter(model, null, null, 512, threads);
            return prompts.Select(prompt => meter.Surprise(prompt, answer, TestContext.Current.CancellationToken)).Last();
        }

        foreach (var prompt in new[] { first, longer, other })
        {
            var alone = Surprise(prompt);
            foreach (var before in new[] { first, longer, other })
            {
                Assert.All(Surprise(before, prompt).Zip(alone), pair => Assert.Equal(pair.Second, pair.First, 3));
            }
        }
    }

    [Fact]
    public void The_divergence_is_weighed_by_the_version_before()
    {
        float[] before = [MathF.Log(0.9f), MathF.Log(0.1f)];
        float[] after = [MathF.Log(0.5f), MathF.Log(0.5f)];

        Assert.Equal((0.9 * Math.Log(1.8)) + (0.1 * Math.Log(0.2)), DivergenceMeter.Divergence(before, after), 5);
        Assert.Equal(0, DivergenceMeter.Divergence(before, before));
    }
}
