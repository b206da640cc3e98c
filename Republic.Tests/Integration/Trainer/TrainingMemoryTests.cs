using System.Diagnostics;
using System.Text.Json;
using Republic.Core.Lora;
using Republic.Core.Lora.Progress;
using Republic.Core.Trainer;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Trainer;

/// <summary>
/// Runs that the system allows too little memory. What their model says of 500 tokens takes 200 MB at once, because its
/// vocabulary is large: so much that the limits need not be exact.
/// </summary>
public sealed class TrainingMemoryTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>, IDisposable
{
    private static readonly TinyModelShape Wordy = TinyModelShape.TiedLlama with { Vocabulary = 100_000, ContextLength = 512 };
    private readonly LocalModels models = shared.Models;
    private readonly TinyRuns runs = new();
    private readonly Heard heard = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Memory_that_ends_in_the_middle_of_the_check_makes_it_smaller_and_the_run_goes_on()
    {
        // llama.cpp's context fits, and what it says of the whole sample does not.
        var run = models.Training.Start(WordyOrder(prompt: 10, answer: 470, megabytes: 370), heard);

        Assert.True(await run.Ended == TrainingRunState.Done, run.Problem);
        Assert.Contains(heard.Of<TrainingNote>(), note => note.Text.StartsWith("Before training", StringComparison.Ordinal));
        Assert.NotEmpty(heard.Of<TrainingStarted>());
    }

    [Fact]
    public async Task Memory_that_ends_before_training_begins_ends_the_run_at_once_because_fewer_rows_would_not_help()
    {
        // A shorter sample would hold nothing to compare: the answers begin too far behind.
        var run = models.Training.Start(WordyOrder(prompt: 460, answer: 10, megabytes: 250), heard);

        Assert.Equal(TrainingRunState.Failed, await run.Ended);
        Assert.StartsWith(
            "There is not enough memory to train this model, whatever the size of a batch.",
            run.Problem,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "It may take 250 MB; ModelHost:TrainingMemoryMegabytes allows more, where the machine has it.",
            run.Problem,
            StringComparison.Ordinal
        );
        AssertNothingWasTriedAgain();
    }

    [Fact]
    public async Task Without_memory_for_anything_it_fails_at_once_and_the_site_lives()
    {
        var run = models.Training.Start(runs.Order("starved") with { MemoryMegabytes = 50 }, heard);

        Assert.Equal(TrainingRunState.Failed, await run.Ended);
        Assert.Contains("memory", run.Problem, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ModelHost:TrainingMemoryMegabytes", run.Problem, StringComparison.Ordinal);
        AssertNothingWasTriedAgain();
        Assert.Equal("ok", (await models.HealthAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_child_that_aborts_before_training_begins_is_not_started_again_with_fewer_rows()
    {
        var order = runs.Order("early");
        File.Delete(runs.Data);
        using (var fifo = Process.Start("mkfifo", [runs.Data]))
        {
            await fifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // Nobody writes its rows: it waits for them.
        var run = models.Training.Start(order, heard);
        await Until.TrueAsync(() => run.ProcessId is { } child && File.Exists(order.Run.AdapterPath + ".lock") && child > 0);
        using var abort = Process.Start("sh", ["-c", "kill -ABRT $0; sleep 0.1; kill -ABRT $0", $"{run.ProcessId}"]);

        Assert.Equal(TrainingRunState.Failed, await run.Ended);
        Assert.Contains("gave up before training began, most often for want of memory", run.Problem, StringComparison.Ordinal);
        AssertNothingWasTriedAgain();
    }

    private void AssertNothingWasTriedAgain() =>
        Assert.DoesNotContain(heard.Of<TrainingNote>(), note => note.Text.Contains("It goes on from", StringComparison.Ordinal));

    /// <summary>Rows of so many letters, each of which is a token.</summary>
    private TrainingOrder WordyOrder(int prompt, int answer, long megabytes)
    {
        var row = JsonSerializer.Serialize(new { prompt = new string('q', prompt), completion = new string('a', answer) });
        File.WriteAllLines(runs.Data, Enumerable.Repeat(row, 5));
        var order = runs.Order("wordy", new LoraSettings { Epochs = 1 });
        var model = TinyModels.Write(Path.GetDirectoryName(runs.Base)!, Wordy, "wordy");
        return new(order.Run with { ModelPath = model }, megabytes);
    }
}
