using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Native;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Tests.Unit.Inference;

public sealed class PromptCacheTests
{
    private readonly PromptCache kept = new() { Budget = 400 };

    [Fact]
    public void The_one_with_most_in_common_is_found_and_the_last_token_is_never_part_of_it()
    {
        kept.Add(Prompt(1, 2, 3));
        kept.Add(Prompt(1, 2, 9, 9));

        Assert.Equal([1, 2, 3], kept.Best(Job(1, 2, 3, 4), whole: false)!.Tokens);
        Assert.Equal([1, 2, 9, 9], kept.Best(Job(1, 2, 9, 9, 4), whole: false)!.Tokens);
        Assert.Null(kept.Best(Job(5, 6), whole: false));
        Assert.Null(kept.Best(Job(1), whole: false));
    }

    [Fact]
    public void What_cannot_be_cut_back_is_found_as_a_whole_alone()
    {
        kept.Add(Prompt(1, 2, 9, 9));
        kept.Add(Prompt(1, 2));

        Assert.Equal([1, 2], kept.Best(Job(1, 2, 9, 4), whole: true)!.Tokens);
        Assert.Null(kept.Best(Job(1, 2), whole: true));
    }

    [Fact]
    public void Those_unused_longest_go_first_and_none_is_larger_than_the_budget()
    {
        kept.Add(Prompt(1));
        kept.Add(Prompt(2));
        kept.Add(Prompt(3));
        Assert.True(kept.Contains(AdapterSet.None, [1]));

        kept.Add(Prompt(4));
        kept.Add(new CachedPrompt(AdapterSet.None, [5], new byte[1000]));

        Assert.False(kept.Contains(AdapterSet.None, [2]));
        Assert.False(kept.Contains(AdapterSet.None, [5]));
        Assert.InRange(kept.Bytes, 0, 400);
    }

    [Fact]
    public void A_longer_one_takes_the_place_of_that_it_goes_on_from()
    {
        kept.Add(Prompt(1, 2));
        kept.Add(Prompt(1, 2, 3));

        Assert.Equal(112, kept.Bytes);
        Assert.True(kept.Contains(AdapterSet.None, [1, 2]));
    }

    private static CachedPrompt Prompt(params int[] tokens) => new(AdapterSet.None, tokens, new byte[100]);

    private static GenerationJob Job(params int[] prompt) => new(prompt, 1, new SamplingSettings(), [], AdapterSet.None, default);
}
