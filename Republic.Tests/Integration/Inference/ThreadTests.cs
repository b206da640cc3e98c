using Republic.Core.Inference.Supervision;
using Republic.Core.Lora.Progress;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>The web process gives its children their threads.</summary>
public sealed class ThreadTests
{
    [Fact]
    public async Task While_a_run_computes_the_host_answers_with_half_the_threads_also_after_a_crash()
    {
        await using var models = await LocalModels.StartAsync(("ModelHost:Threads", "2"));
        var given = new List<int>();
        Assert.Equal(2, await ThreadsAsync(models));

        using (models.Threads.Beside(2, given.Add))
        {
            await Until.TrueAsync(async () => await ThreadsAsync(models) == 1);
            using (var stream = await models.OpenAsync(LocalModels.LongAnswer(60)))
            {
                Assert.NotNull(await stream.PieceAsync());
                Assert.Equal([2, 1], given);
                while (await stream.NextAsync() is not null)
                {
                    // To its end.
                }
            }

            Assert.Equal([2, 1, 2], given);
            CrashTests.Kill(models);
            await Until.TrueAsync(() => models.Supervisor.Status is { Crashes: 1, State: ModelHostState.Running });
            await Until.TrueAsync(async () => await ThreadsAsync(models) == 1);
        }

        await Until.TrueAsync(async () => await ThreadsAsync(models) == 2);
    }

    [Fact]
    public async Task A_run_on_a_small_base_computes_in_four_parts_and_leaves_the_other_threads_to_answers()
    {
        await using var models = await LocalModels.StartAsync(("ModelHost:Threads", "10"));
        using var runs = new TinyRuns();
        var heard = new Heard();

        var run = models.Training.Start(runs.Order("small", new() { Epochs = 1000, EarlyStoppingPatience = 0 }), heard);
        await Until.TrueAsync(() => heard.Step >= 1);

        await Until.TrueAsync(async () => await ThreadsAsync(models) == 6);
        Assert.Contains(heard.Of<TrainingNote>(), note => note.Text.EndsWith("epochs, 4 threads.", StringComparison.Ordinal));
        await run.StopAsync();
    }

    private static async Task<int> ThreadsAsync(LocalModels models) => (await models.HealthAsync()).GetProperty("threads").GetInt32();
}
