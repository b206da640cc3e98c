using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic chat</c> as people and scripts run it.</summary>
public sealed class ChatTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Each_line_is_a_message_and_each_answer_a_line()
    {
        var (code, output, error) = await ChatAsync("What is LoRA?\n\nWhat can you do?\n", "--model", "sprout");

        Assert.Equal((0, ""), (code, error));
        var answers = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, answers.Length);
        Assert.Contains("adapter", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_adapter_changes_the_answer_by_its_scale_and_a_system_prompt_is_heard()
    {
        var adapter = TinyAdapters.Write(folder.FullName, "odd", GgufMutations.SproutPath, 1);
        const string question = "What is LoRA?\n";
        var (_, bare, _) = await ChatAsync(question, "--model", GgufMutations.SproutPath);
        var (_, none, _) = await ChatAsync(question, "--model", "sprout", "--adapter", adapter + ":0");
        var (_, full, _) = await ChatAsync(question, "--model", "sprout", "--adapter", adapter);
        var (_, half, _) = await ChatAsync(question, "--model", "sprout", "--adapter", adapter + ":0.5");
        var (_, named, _) = await ChatAsync("What is your name?\n", "--model", "sprout", "--system", "You are Juno.");

        Assert.Equal(bare, none);
        Assert.Equal(3, new[] { bare, half, full }.Distinct().Count());
        Assert.Contains("Juno", named, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "--model is missing", "--system", "x")]
    [InlineData(2, "--adapter needs a value", "--model", "sprout", "--adapter")]
    [InlineData(2, "republic chat has no option --colour", "--colour", "red")]
    [InlineData(2, "--temperature needs a number", "--model", "sprout", "--temperature", "hot")]
    [InlineData(1, "no model of this name", "--model", "nobody")]
    [InlineData(1, "There: all-minilm-l6-v2, sprout.", "--model", "nobody")]
    [InlineData(1, "no adapter of this name", "--model", "sprout", "--adapter", "nobody")]
    [InlineData(1, "is given twice", "--model", "sprout", "--adapter", "text.gguf", "--adapter", "./text.gguf:0.5")]
    [InlineData(1, "does not begin with the letters GGUF", "--model", "text.gguf")]
    [InlineData(1, "cannot be put on \"sprout\"", "--model", "sprout", "--adapter", "text.gguf")]
    public async Task What_cannot_be_done_is_said(int code, string expected, params string[] args)
    {
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "text.gguf"),
            "no model at all, but long enough",
            TestContext.Current.CancellationToken
        );

        var (exit, _, error) = await ChatAsync("Hello\n", args);

        Assert.Equal(code, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conversation_that_outgrows_what_the_model_answers_well_to_goes_on_without_its_beginning_and_says_so_once()
    {
        var message = string.Concat(Enumerable.Repeat("word ", 350)) + "\n";
        var (code, output, error) = await ChatAsync(string.Concat(Enumerable.Repeat(message, 8)), "--model", "sprout");
        var (_, _, tooLong) = await ChatAsync(string.Concat(Enumerable.Repeat("word ", 4000)), "--model", "sprout");

        Assert.Equal(0, code);
        Assert.StartsWith(
            "This model answers well up to 771 tokens, so the beginning",
            Assert.Single(error.TrimEnd('\n').Split('\n')),
            StringComparison.Ordinal
        );
        Assert.Equal(8, output.TrimEnd('\n').Split('\n').Length);
        Assert.Contains("Shorten it", tooLong, StringComparison.Ordinal);
    }

    /// <summary>How much the runtime itself takes is not the same everywhere: less and less, until llama.cpp gives up.</summary>
    [Fact]
    public async Task Without_memory_it_says_so_where_llama_cpp_would_end_the_process()
    {
        var (megabytes, code, error) = (190, 0, "");
        while (megabytes > 60 && !error.Contains("There is not enough memory.", StringComparison.Ordinal))
        {
            megabytes -= 10;
            (code, _, error) = await World.Cli.RunWithinAsync(
                megabytes,
                folder.FullName,
                "Hello\n",
                "chat",
                "--model",
                "sprout",
                "--threads",
                "1"
            );
            // In between, the last 100 kB are missing to the .NET runtime itself, which says so and aborts.
            Assert.True(code is 0 or 1 || error.StartsWith("Out of memory.", StringComparison.Ordinal), $"{megabytes} MB, {code}: {error}");
        }

        Assert.Equal(1, code);
        Assert.Contains("There is not enough memory. End other programs, or take a smaller model.", error, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output, string Error)> ChatAsync(string input, params string[] args) =>
        World.Cli.RunAsync(folder.FullName, input, args is ["--model", _, ..] ? ["chat", .. args, .. Fixed(args)] : ["chat", .. args]);

    private static string[] Fixed(string[] args) =>
        args.Length % 2 == 1 ? [] : ["--threads", "1", .. args.Contains("--temperature") ? Array.Empty<string>() : ["--temperature", "0"]];
}
