using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Models that fit into the memory alone and not together: who stays, who waits, and who is told what.</summary>
public sealed class MemoryBudgetTests
{
    /// <summary>Room for one of the test's models, each of which is planned with nearly 100 MB.</summary>
    private const string Budget = "150";

    [Fact]
    public async Task A_model_waits_while_another_answers_and_is_loaded_when_that_has_ended()
    {
        await using var models = await StartAsync();
        using var answering = await models.OpenAsync(LongAnswer("one", 1900));
        Assert.NotNull(await answering.PieceAsync());

        var waiting = models.AskAsync(Asked("two"));
        await Until.TrueAsync(async () => (await models.HealthAsync()).GetProperty("waiting").GetArrayLength() == 1);
        var wait = (await models.HealthAsync()).GetProperty("waiting")[0];
        Assert.Equal(("two", 1), (wait.GetProperty("id").GetString(), wait.GetProperty("requests").GetInt32()));
        Assert.InRange(wait.GetProperty("need_bytes").GetInt64(), 90 << 20, 110 << 20);
        await answering.RestAsync();

        Assert.True((await waiting).TryGetProperty("choices", out _));
        Assert.Equal(["two"], await LoadedAsync(models));
        Assert.Equal(0, (await models.HealthAsync()).GetProperty("waiting").GetArrayLength());
    }

    [Fact]
    public async Task A_pinned_model_stays_and_the_other_is_refused_with_the_context_that_would_fit()
    {
        await using var models = await StartAsync();
        await models.AskAsync(Asked("one", pinned: true));

        using var refused = await models.PostAsync(Asked("two"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var error = (await JsonAsync(refused)).GetProperty("error");
        Assert.Equal("insufficient_memory", error.GetProperty("code").GetString());
        Assert.InRange(error.GetProperty("free_bytes").GetInt64(), 40 << 20, 60 << 20);
        Assert.True(error.GetProperty("need_bytes").GetInt64() > error.GetProperty("free_bytes").GetInt64());
        Assert.Equal(["one"], await LoadedAsync(models));

        // Unpinned, it gives way at once.
        await KeepAsync(models, "one", pinned: false);
        Assert.True((await models.AskAsync(Asked("two"))).TryGetProperty("choices", out _));
        Assert.Equal(["two"], await LoadedAsync(models));
    }

    [Fact]
    public async Task One_that_never_fits_says_with_which_context_it_would_and_is_loaded_with_that()
    {
        await using var models = await LocalModels.StartAsync(("ModelHost:MemoryMegabytes", "90"));
        Install(models, "one");
        await models.AskAsync(Asked("one", context: 256));

        using var refused = await models.PostAsync(Asked("one"));
        // The one that is loaded is not given up for what cannot be had.
        Assert.Equal(256, (await ModelAsync(models, "one")).GetProperty("context_length").GetInt32());
        var error = (await JsonAsync(refused)).GetProperty("error");
        var context = error.GetProperty("largest_context").GetInt32();
        Assert.Contains($"Load it with a context of {context} tokens", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.True((await models.AskAsync(Asked("one", context: context))).TryGetProperty("choices", out _));
        Assert.Equal(context, (await ModelAsync(models, "one")).GetProperty("context_length").GetInt32());
    }

    [Fact]
    public async Task A_longer_context_than_it_has_is_loaded_anew()
    {
        await using var models = await StartAsync();
        await models.AskAsync(Asked("one", context: 512));
        Assert.Equal(512, (await ModelAsync(models, "one")).GetProperty("context_length").GetInt32());

        await models.AskAsync(Asked("one", context: 1024));
        Assert.Equal(1024, (await ModelAsync(models, "one")).GetProperty("context_length").GetInt32());
        // A shorter one is served by what is there.
        await models.AskAsync(Asked("one", context: 256));
        Assert.Equal(1024, (await ModelAsync(models, "one")).GetProperty("context_length").GetInt32());
    }

    [Fact]
    public async Task An_idle_model_stays_where_its_memory_would_not_be_enough()
    {
        await using var models = await StartAsync(("ModelHost:MemoryMegabytes", "190"));
        Install(models, "small", GgufMutations.Sprout.Length + 64);
        await models.AskAsync(Asked("small", context: 256));
        using var answering = await models.OpenAsync(LongAnswer("one", 1900));
        Assert.NotNull(await answering.PieceAsync());
        Assert.Equal(["small", "one"], await LoadedAsync(models));

        var waiting = models.AskAsync(Asked("two"));
        await Until.TrueAsync(async () => (await models.HealthAsync()).GetProperty("waiting").GetArrayLength() == 1);

        Assert.Contains("small", await LoadedAsync(models));
        await answering.RestAsync();
        Assert.True((await waiting).TryGetProperty("choices", out _));
    }

    [Fact]
    public async Task Conversations_that_gave_up_their_slots_make_room_for_a_model()
    {
        await using var models = await StartAsync(("ModelHost:MemoryMegabytes", "190"));
        await models.AskAsync(Asked("one", pinned: true));
        var alone = await PlannedAsync();
        foreach (var i in Enumerable.Range(0, 12))
        {
            await models.AskAsync(Asked("one", pinned: true, words: string.Concat(Enumerable.Repeat($"story {i} ", 300))));
        }
        var withConversations = await PlannedAsync();
        Assert.True(withConversations > alone);
        using var refused = await models.PostAsync(Asked("two"));
        var context = (await JsonAsync(refused)).GetProperty("error").GetProperty("largest_context").GetInt32();
        Assert.Equal(withConversations, await PlannedAsync());
        Assert.True((await models.AskAsync(Asked("two", context: context))).TryGetProperty("choices", out _));
        Assert.Equal(alone, await PlannedAsync());
        async Task<long> PlannedAsync() => (await ModelAsync(models, "one")).GetProperty("planned_bytes").GetInt64();
    }

    [Fact]
    public async Task A_model_keeps_its_turn_when_the_first_who_waited_for_it_leaves()
    {
        await using var models = await StartAsync();
        using var answering = await models.OpenAsync(LongAnswer("one", 1900));
        Assert.NotNull(await answering.PieceAsync());
        using var leaving = new CancellationTokenSource();
        var first = models.OpenUntilAsync(Asked("two"), leaving.Token);
        await Until.TrueAsync(async () => await WaitAsync() is { Requests: 1 });
        var since = Stopwatch.StartNew();
        var second = models.AskAsync(Asked("two"));
        await Until.TrueAsync(async () => await WaitAsync() is { Requests: 2, Seconds: > 1 });

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);

        await Until.TrueAsync(async () => await WaitAsync() is { Requests: 1 });
        Assert.True((await WaitAsync())!.Value.Seconds >= since.Elapsed.TotalSeconds - 1);
        await answering.RestAsync();
        Assert.True((await second).TryGetProperty("choices", out _));

        async Task<(int Requests, double Seconds)?> WaitAsync() =>
            (await models.HealthAsync()).GetProperty("waiting").EnumerateArray().FirstOrDefault()
                is { ValueKind: JsonValueKind.Object } wait
                ? (wait.GetProperty("requests").GetInt32(), wait.GetProperty("seconds").GetDouble())
                : null;
    }

    [Fact]
    public async Task Unloading_takes_what_is_idle_at_once_and_what_answers_when_it_has_ended()
    {
        await using var models = await StartAsync();
        await models.AskAsync(Asked("one"));
        Assert.True((await UnloadAsync(models, "one")).GetProperty("unloaded").GetBoolean());
        Assert.Empty(await LoadedAsync(models));
        Assert.False((await UnloadAsync(models, "one")).GetProperty("unloaded").GetBoolean());

        using var answering = await models.OpenAsync(LongAnswer("one", 1900));
        Assert.NotNull(await answering.PieceAsync());
        var unloading = await UnloadAsync(models, "one");
        Assert.Equal((false, true), (unloading.GetProperty("unloaded").GetBoolean(), unloading.GetProperty("unloading").GetBoolean()));
        Assert.True((await ModelAsync(models, "one")).GetProperty("draining").GetBoolean());
        Assert.NotEmpty(await answering.RestAsync());

        await Until.TrueAsync(async () => (await LoadedAsync(models)).Count == 0);
    }

    [Fact]
    public async Task A_file_that_is_replaced_or_gone_while_it_answers_does_not_disturb_the_answer()
    {
        await using var models = await StartAsync();
        var whole = await models.AskAsync(Asked("one", tokens: 200));
        using var answering = await models.OpenAsync(LongAnswer("one", 200));
        var first = await answering.PieceAsync();
        Install(models, "one", GgufMutations.Sprout.Length + 64);

        Assert.True((await models.AskAsync(Asked("one"))).TryGetProperty("choices", out _));
        File.Delete(PathOf(models, "one"));
        var streamed = first + await answering.RestAsync();

        Assert.StartsWith(
            whole.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!,
            streamed,
            StringComparison.Ordinal
        );
        using var gone = await models.PostAsync(Asked("one"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Of_a_thousand_requests_for_a_model_that_waits_some_wait_with_it_and_the_others_are_turned_away_at_once()
    {
        await using var models = await StartAsync(("ModelHost:QueueLength", "20"));
        using var answering = await models.OpenAsync(LongAnswer("one", 1900));
        Assert.NotNull(await answering.PieceAsync());

        var asked = Enumerable.Range(0, 1000).Select(_ => models.PostAsync(Asked("two", tokens: 1))).ToList();
        await Until.TrueAsync(() => Task.FromResult(asked.Count(one => one.IsCompleted) == 980));
        await answering.RestAsync();
        var answers = await Task.WhenAll(asked);

        Assert.Equal(20, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        foreach (var refused in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            Assert.Equal("queue_full", (await JsonAsync(refused)).GetProperty("error").GetProperty("code").GetString());
        }
    }

    [Fact]
    public async Task Two_models_that_are_asked_all_the_time_take_turns()
    {
        await using var models = await StartAsync();
        using var end = new CancellationTokenSource();
        // Somebody else's model is never idle: as one answer ends, the next has begun.
        var busy = Enumerable.Range(0, 2).Select(_ => AskOnAndOnAsync()).ToList();
        await Until.TrueAsync(async () => (await LoadedAsync(models)).Contains("one"));

        var answer = await models.AskAsync(Asked("two"));
        await end.CancelAsync();

        Assert.True(answer.TryGetProperty("choices", out _), answer.ToString());
        Assert.All(await Task.WhenAll(busy), failed => Assert.Equal(0, failed));

        async Task<int> AskOnAndOnAsync()
        {
            var failed = 0;
            while (!end.IsCancellationRequested)
            {
                using var response = await models.PostAsync(Asked("one", tokens: 60));
                failed += response.IsSuccessStatusCode ? 0 : 1;
            }

            return failed;
        }
    }

    private static async Task<LocalModels> StartAsync(params (string, string)[] settings)
    {
        var models = await LocalModels.StartAsync([("ModelHost:MemoryMegabytes", Budget), .. settings]);
        Install(models, "one");
        Install(models, "two");
        return models;
    }

    private static void Install(LocalModels models, string name, int? bytes = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(models, name))!);
        // A rename, as an installation does it: what is mapped stays as it is.
        var made = PathOf(models, name) + ".new";
        File.WriteAllBytes(made, bytes is { } size ? OwnModels.SproutOf(size) : GgufMutations.Sprout);
        File.Move(made, PathOf(models, name), overwrite: true);
    }

    private static string PathOf(LocalModels models, string name) => models.Data.Path("personal-models", $"{name}.gguf");

    private static object Asked(string file, bool pinned = false, int? context = null, int tokens = 2, string? words = null) =>
        Body(file, Chosen(file, pinned, context), tokens, isLong: false, words);

    private static object LongAnswer(string file, int tokens) =>
        Body(file, Chosen(file, pinned: false, null), tokens, isLong: true, words: null);

    private static object Body(string file, object installed, int tokens, bool isLong, string? words) =>
        new
        {
            model = $"my-{file}",
            stream = isLong,
            temperature = 0,
            max_tokens = tokens,
            ignore_eos = isLong,
            installed,
            messages = new[] { new { role = "user", content = words ?? "Tell me a story." } },
        };

    private static object Chosen(string file, bool pinned, int? context) =>
        new
        {
            file,
            load_anyway = false,
            pinned,
            context_length = context,
        };

    private static Task<JsonElement> UnloadAsync(LocalModels models, string file) =>
        models.AskAsync(Chosen(file, pinned: false, null), "/models/unload");

    private static Task<JsonElement> KeepAsync(LocalModels models, string file, bool pinned) =>
        models.AskAsync(Chosen(file, pinned, null), "/models/keep");

    private static async Task<JsonElement> ModelAsync(LocalModels models, string file) =>
        (await models.HealthAsync()).GetProperty("models").EnumerateArray().Last(model => model.GetProperty("id").GetString() == file);

    private static async Task<List<string?>> LoadedAsync(LocalModels models) =>
        [.. (await models.HealthAsync()).GetProperty("models").EnumerateArray().Select(model => model.GetProperty("id").GetString())];

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
