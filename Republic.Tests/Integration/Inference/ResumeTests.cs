using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Answers that outlive the child that began them: one person's model takes no other's answer with it.</summary>
public sealed class ResumeTests
{
    private static readonly string[] Stops = ["zebra"];

    [Theory]
    [InlineData("", 1000)]
    [InlineData("You are X-7b, a helpful minion.", 1000)]
    public async Task A_stream_goes_on_where_a_killed_child_left_it(string system, int tokens)
    {
        await using var models = await LocalModels.StartAsync();
        AlphabetModel.Write(models.Data.Folder("models"));
        var undisturbed = await ReadAsync(models, Asked(system, tokens), disturb: null);

        var disturbed = await ReadAsync(models, Asked(system, tokens), () => KillAsync(models));

        Assert.Equal(undisturbed.Text, disturbed.Text);
        Assert.StartsWith("abcdefghijklmnopqrstuvwxyzabc", disturbed.Text, StringComparison.Ordinal);
        Assert.Single(disturbed.Chunks, chunk => Delta(chunk) is { } delta && delta.TryGetProperty("role", out _));
        Assert.Single(disturbed.Chunks.Select(chunk => chunk.GetProperty("id").GetString()).Distinct());
        Assert.Single(disturbed.Chunks.Select(chunk => chunk.GetProperty("created").GetInt64()).Distinct());
        Assert.Equal(Counts(undisturbed), Counts(disturbed));
        Assert.Equal(1, models.Supervisor.Status.Crashes);
    }

    [Fact]
    public async Task A_stream_outlives_crash_after_crash_over_another_persons_files()
    {
        await using var models = await LocalModels.StartAsync();
        AlphabetModel.Write(models.Data.Folder("models"));
        var asked = LocalModels.LongAnswer(1500, model: "alphabet");
        var undisturbed = await ReadAsync(models, asked, disturb: null);
        for (var file = 0; file < 5; file++)
        {
            var bytes = GgufMutations.DeadlyWeights();
            bytes[^1] ^= (byte)(file + 1);
            models.AddModel($"deadly{file}", bytes);
        }

        var disturbed = await ReadAsync(
            models,
            asked,
            async () =>
            {
                for (var file = 0; file < 5; file++)
                {
                    using var refused = await models.PostAsync(LocalModels.Question("Hello", model: $"deadly{file}"));
                    Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
                }
            }
        );

        Assert.Equal(undisturbed.Text, disturbed.Text);
        Assert.Equal(5, models.Supervisor.Status.Crashes);
    }

    [Fact]
    public async Task Whole_answers_and_vectors_are_made_again()
    {
        await using var models = await LocalModels.StartAsync();
        models.AddModel("deadly", GgufMutations.DeadlyTokens());
        var question = LocalModels.Question("What is LoRA?", maxTokens: 300);
        var texts = new { model = "sprout", input = Enumerable.Range(0, 200).Select(i => $"Text number {i} of many").ToArray() };
        var (answer, vectors) = (Said(await models.AskAsync(question)), await models.AskAsync(texts, "/v1/embeddings"));

        var again = models.AskAsync(question);
        var vectorsAgain = models.AskAsync(texts, "/v1/embeddings");
        using var refused = await models.PostAsync(LocalModels.Question("Hello", model: "deadly"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(answer, Said(await again));
        Assert.Equal(vectors.GetProperty("data").GetRawText(), (await vectorsAgain).GetProperty("data").GetRawText());
        Assert.Equal(1, models.Supervisor.Status.Crashes);
    }

    [Fact]
    public async Task Whoever_reads_no_longer_waits_for_no_new_child()
    {
        using var program = new ShellHost("[ ! -f slow ] || sleep 60");
        await using var models = await LocalModels.StartAsync(("ModelHost:Executable", program.Path));
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Content = JsonContent.Create(LocalModels.LongAnswer(2000));
        using var response = await models.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stopped.Token);
        await using var body = await response.Content.ReadAsStreamAsync(stopped.Token);
        Assert.NotEqual(0, await body.ReadAsync(new byte[4096], stopped.Token));
        program.Write("slow", "");
        CrashTests.Kill(models);
        await Until.TrueAsync(() => models.Supervisor.Status.Crashes == 1);

        stopped.CancelAfter(TimeSpan.FromMilliseconds(300));
        var reading = Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (await body.ReadAsync(new byte[4096], stopped.Token) > 0)
            {
                // What was sent before the end still arrives.
            }
        });

        Assert.Same(reading, await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken)));
        await reading;
    }

    [Theory]
    [InlineData("""{"id": "chatcmpl-1", "created": 1, "text": "Hello", "ms": 1}""", false)]
    [InlineData("""{"id": "a\"b", "created": 1, "text": "Hello", "ms": 1}""", true)]
    [InlineData("""{"id": "chatcmpl-1", "created": 1, "ms": 1}""", true)]
    public async Task What_is_no_answer_so_far_is_refused(string continuation, bool stream)
    {
        await using var models = await LocalModels.StartAsync();

        using var refused = await models.PostAsync(
            new
            {
                model = "sprout",
                stream,
                messages = new[] { new { role = "user", content = "Hello" } },
                @continue = JsonElement.Parse(continuation),
            }
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var said = await refused.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("continue", said.GetProperty("error").GetProperty("param").GetString());
    }

    private static object Asked(string system, int tokens) =>
        new
        {
            model = "alphabet",
            stream = true,
            temperature = 0,
            max_tokens = tokens,
            ignore_eos = true,
            stop = Stops,
            messages = new[] { new { role = "system", content = system }, new { role = "user", content = "Who are you?" } }.Where(line =>
                line.content.Length > 0
            ),
        };

    /// <param name="disturb">Begun once some words are there.</param>
    private static async Task<(string Text, List<JsonElement> Chunks)> ReadAsync(LocalModels models, object asked, Func<Task>? disturb)
    {
        using var stream = await models.OpenAsync(asked);
        var text = new StringBuilder();
        var chunks = new List<JsonElement>();
        var disturbing = Task.CompletedTask;
        while (await stream.NextAsync() is { } chunk)
        {
            chunks.Add(chunk);
            text.Append(Delta(chunk) is { } delta && delta.TryGetProperty("content", out var content) ? content.GetString() : "");
            if (chunks.Count == 12 && disturb is not null)
            {
                disturbing = disturb();
            }
        }

        await disturbing;
        return (text.ToString(), chunks);
    }

    private static Task KillAsync(LocalModels models)
    {
        CrashTests.Kill(models);
        return Task.CompletedTask;
    }

    private static JsonElement? Delta(JsonElement chunk) =>
        chunk.GetProperty("choices") is var choices && choices.GetArrayLength() > 0 ? choices[0].GetProperty("delta") : null;

    private static (int, int, string?) Counts((string Text, List<JsonElement> Chunks) answer)
    {
        var (last, usage) = (answer.Chunks[^1], answer.Chunks[^1].GetProperty("usage"));
        return (
            usage.GetProperty("prompt_tokens").GetInt32(),
            usage.GetProperty("completion_tokens").GetInt32(),
            last.GetProperty("choices")[0].GetProperty("finish_reason").GetString()
        );
    }

    private static string? Said(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
}
