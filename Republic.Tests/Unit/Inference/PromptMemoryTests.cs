using Republic.Core;
using Republic.Core.Inference.Generation;
using Republic.Core.Llama.Native;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Inference;

/// <summary>What is remembered of a prompt is taken from wherever it is, and the answer is that of a model that remembers nothing.</summary>
public sealed class PromptMemoryTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    /// <summary>Of 32-bit numbers, so that what rounds otherwise in a batch of another size changes no answer.</summary>
    private readonly string llama;

    public PromptMemoryTests() => llama = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { ContextLength = 8192 });

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_beginning_that_two_chats_share_is_read_once_and_each_keeps_its_own()
    {
        using var model = new AskedModel(llama, sequences: 3);
        var (shared, firstOwn, secondOwn) = (Words(500, 1), Words(120, 2), Words(120, 3));
        var (first, firstCached) = await model.AskAsync(shared + firstOwn);

        var (second, secondCached) = await model.AskAsync(shared + secondOwn);
        var (again, againCached) = await model.AskAsync(shared + firstOwn + first + Words(10, 4));

        Assert.Equal(0, firstCached);
        Assert.InRange(secondCached, model.Tokens(shared).Length - 2, model.Tokens(shared).Length + 2);
        Assert.InRange(againCached, model.Tokens(shared + firstOwn).Length - 2, model.Tokens(shared + firstOwn + first).Length);
        Assert.Equal(await ColdAsync(shared + secondOwn), second);
        Assert.Equal(await ColdAsync(shared + firstOwn + first + Words(10, 4)), again);
    }

    [Fact]
    public async Task A_chat_that_is_being_answered_lends_its_beginning_and_goes_on_undisturbed()
    {
        using var model = new AskedModel(llama, sequences: 2);
        var shared = Words(400, 1);
        var busy = model.Begin(shared + Words(20, 2), tokens: 300);
        Assert.True(await busy.Pieces.WaitToReadAsync(TestContext.Current.CancellationToken));

        var (second, cached) = await model.AskAsync(shared + Words(20, 3));

        Assert.InRange(cached, 300, 4000);
        Assert.Equal(await ColdAsync(shared + Words(20, 3)), second);
        Assert.Equal(await ColdAsync(shared + Words(20, 2), tokens: 300), await AskedModel.RestAsync(busy));
    }

    [Fact]
    public async Task A_chat_that_gave_up_its_slot_finds_what_it_had_read()
    {
        using var model = new AskedModel(llama, sequences: 1);
        var first = Words(500, 1);
        var (answer, _) = await model.AskAsync(first);
        await model.AskAsync(Words(500, 2));

        var (next, cached) = await model.AskAsync(first + answer + Words(10, 3));
        await model.AskAsync(Words(500, 4));
        var (retried, cutCached) = await model.AskAsync(first[..^20] + "What else?");

        Assert.InRange(cached, model.Tokens(first).Length - 2, model.Tokens(first + answer).Length);
        Assert.InRange(cutCached, model.Tokens(first).Length - 20, model.Tokens(first).Length);
        Assert.Equal(await ColdAsync(first + answer + Words(10, 3)), next);
        Assert.Equal(await ColdAsync(first[..^20] + "What else?"), retried);
    }

    [Fact]
    public async Task Without_memory_for_it_nothing_is_kept_and_the_answer_is_the_same()
    {
        using var model = new AskedModel(llama, sequences: 1, cacheBytes: 1000);
        var (before, _) = await model.AskAsync(Words(500, 1));
        await model.AskAsync(Words(500, 2));

        Assert.Equal((before, 0), await model.AskAsync(Words(500, 1)));
    }

    [Fact]
    public async Task What_is_kept_is_forgotten_when_its_memory_is_needed()
    {
        using var model = new AskedModel(llama, sequences: 1);
        var (before, _) = await model.AskAsync(Words(500, 1));
        await model.AskAsync(Words(500, 2));
        Assert.True(model.Generator.CachedBytes > 0);

        model.Generator.ClearPromptCache();

        await Until.TrueAsync(() => Task.FromResult(model.Generator.CachedBytes == 0));
        Assert.Equal((before, 0), await model.AskAsync(Words(500, 1)));
    }

    [Fact]
    public async Task Of_a_model_with_windows_only_a_whole_conversation_comes_back()
    {
        var path = TinyModels.Write(folder.FullName, TinyModelShape.Gemma3 with { ContextLength = 2048 });
        using var model = new AskedModel(path, sequences: 1);
        var first = Words(700, 1)[..1500];
        await model.AskAsync(first + Words(5, 2), tokens: 1);
        await model.AskAsync(Words(400, 3)[..1200], tokens: 1);

        var (whole, wholeCached) = await AskTinyAsync(first + Words(5, 2) + "And then?");
        await model.AskAsync(Words(400, 3)[..1200], tokens: 1);
        var (cut, cutCached) = await AskTinyAsync(first[..600] + Words(60, 4));

        Assert.InRange(wholeCached, model.Tokens(first).Length - 2, model.Tokens(first + Words(5, 2)).Length + 2);
        Assert.Equal(0, cutCached);
        Assert.Equal(await ColdAsync(first + Words(5, 2) + "And then?", path: path), whole);
        Assert.Equal(await ColdAsync(first[..600] + Words(60, 4), path: path), cut);

        Task<(string, int)> AskTinyAsync(string prompt) => model.AskAsync(prompt);
    }

    [Fact]
    public async Task A_window_that_is_still_held_may_be_copied()
    {
        var path = TinyModels.Write(folder.FullName, TinyModelShape.Gemma3 with { ContextLength = 2048 });
        using var model = new AskedModel(path, sequences: 2);
        var shared = Words(400, 1)[..900];
        await model.AskAsync(shared + Words(20, 2), tokens: 1);

        var (second, cached) = await model.AskAsync(shared + Words(20, 3));

        Assert.InRange(cached, model.Tokens(shared).Length - 2, model.Tokens(shared).Length + 2);
        Assert.Equal(await ColdAsync(shared + Words(20, 3), path: path), second);
    }

    [Fact]
    public async Task A_recurrent_model_goes_on_in_its_own_slot_alone()
    {
        var path = TinyMamba.Write(folder.FullName);
        using var model = new AskedModel(path, sequences: 2);
        var first = Words(300, 1)[..800];
        var (answer, _) = await model.AskAsync(first, tokens: 1);

        var (next, cached) = await model.AskAsync(first + answer + Words(10, 2));
        var (other, otherCached) = await model.AskAsync(first + Words(10, 3));
        await model.AskAsync(Words(300, 4)[..800]);
        await model.AskAsync(Words(300, 5)[..800]);
        var (last, lastCached) = await model.AskAsync(first + answer + Words(10, 2));

        Assert.True(cached > 0);
        Assert.Equal((0, 0), (otherCached, lastCached));
        Assert.Equal(await ColdAsync(first + answer + Words(10, 2), path: path), next);
        Assert.Equal(await ColdAsync(first + Words(10, 3), path: path), other);
        Assert.Equal(next, last);
    }

    [Fact]
    public async Task What_was_read_with_one_adapter_is_lent_and_kept_for_it_alone()
    {
        using var model = new AskedModel(llama, sequences: 2);
        using var first = model.Adapter(TinyAdapters.Write(folder.FullName, "first", llama, 1));
        using var second = model.Adapter(TinyAdapters.Write(folder.FullName, "second", llama, 2));
        var (one, two) = (new AdapterSet([(first, 1f)]), new AdapterSet([(second, 1f)]));
        var shared = Words(400, 1);

        var (cold, _) = await model.AskAsync(shared + Words(10, 2), adapters: one);
        var (_, otherCached) = await model.AskAsync(shared + Words(10, 2), adapters: two);
        var (_, bareCached) = await model.AskAsync(shared + Words(10, 2));
        await model.AskAsync(Words(400, 3));
        var (again, keptCached) = await model.AskAsync(shared + Words(10, 2), adapters: one);
        var (_, lentCached) = await model.AskAsync(shared + Words(80, 4), adapters: one);

        Assert.Equal((0, 0), (otherCached, bareCached));
        Assert.InRange(keptCached, 300, 4000);
        Assert.InRange(lentCached, 300, 4000);
        Assert.Equal(cold, again);
    }

    [Fact]
    public async Task Numbers_out_of_range_are_neither_lent_nor_kept()
    {
        using var model = new AskedModel(llama, sequences: 2);
        using var broken = model.Adapter(TinyAdapters.Write(folder.FullName, "broken", llama, 1, every: float.NaN));
        var set = new AdapterSet([(broken, 1f)]);
        var prompt = Words(400, 1);
        var (before, _) = await model.AskAsync(prompt);

        var failed = Enumerable.Range(0, 4).Select(i => model.Begin(prompt + Words(5, i), adapters: set)).ToList();
        foreach (var job in failed)
        {
            await Assert.ThrowsAsync<InvalidDataException>(() => AskedModel.RestAsync(job));
            Assert.Equal(0, job.CachedTokens);
        }

        Assert.Equal(before, (await model.AskAsync(prompt)).Text);
        Assert.Equal(await ColdAsync(prompt + Words(20, 9)), (await model.AskAsync(prompt + Words(20, 9))).Text);
    }

    [Fact]
    public async Task Whatever_comes_when_and_is_given_up_in_mid_prompt_answers_are_those_of_a_fresh_start()
    {
        using var model = new AskedModel(llama, sequences: 3, cacheBytes: 2L << 20);
        var random = new SeededRandom(11);
        var prompts = Enumerable.Range(0, 12).Select(i => Words(300, i % 3) + Words(60 + (20 * i), 100 + i)).ToList();
        List<(string Prompt, Task<string> Answer)> asked = [];
        for (var i = 0; i < 60; i++)
        {
            var prompt = prompts[random.Next(prompts.Count)];
            prompt = random.Next(3) == 0 ? prompt[..(prompt.Length / 2)] : prompt;
            using var leaving = new CancellationTokenSource();
            var job = model.Begin(prompt, tokens: 4, ct: leaving.Token);
            if (random.Next(3) == 0)
            {
                await leaving.CancelAsync();
                continue;
            }

            var answer = AskedModel.RestAsync(job);
            asked.Add((prompt, answer));
            if (random.Next(2) == 0)
            {
                await answer;
            }
        }

        var known = new Dictionary<string, string>();
        foreach (var (prompt, answer) in asked)
        {
            var expected = known.TryGetValue(prompt, out var found) ? found : known[prompt] = await ColdAsync(prompt, tokens: 4);
            Assert.Equal(expected, await answer);
        }

        Assert.True(model.Generator.CachedTokens * 3 > model.Generator.PromptTokens);
    }

    [Fact]
    public async Task Figures_say_how_much_was_remembered_and_how_fast_it_writes()
    {
        using var model = new AskedModel(llama, sequences: 1);
        var prompt = Words(100, 1);
        Assert.Equal((0, 0), (model.Generator.PromptTokens, model.Generator.CachedTokens));
        Assert.Null(model.Generator.TokensPerSecond);

        var (answer, _) = await model.AskAsync(prompt);
        var (_, cached) = await model.AskAsync(prompt + answer + "And?");

        await Until.TrueAsync(() => Task.FromResult(model.Generator.TokensPerSecond is > 0));
        Assert.Equal(model.Tokens(prompt).Length + model.Tokens(prompt + answer + "And?").Length, model.Generator.PromptTokens);
        Assert.Equal(cached, model.Generator.CachedTokens);
    }

    private static string Words(int count, int seed)
    {
        string[] words = ["minion", "learns", "what", "you", "ask", "a model", "reads", "the text", "and", "answers", "by", "word"];
        var random = new SeededRandom((ulong)seed + 1);
        return string.Concat(Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)] + " "));
    }

    /// <summary>What a model says that has read nothing else.</summary>
    private async Task<string> ColdAsync(string prompt, int tokens = 12, string? path = null)
    {
        using var model = new AskedModel(path ?? llama, sequences: 1);
        return (await model.AskAsync(prompt, tokens)).Text;
    }
}
