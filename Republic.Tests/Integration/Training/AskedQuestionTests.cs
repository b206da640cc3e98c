using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Training;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Questions of a minion's chats that a run measures with lie on the disk for no longer than that takes.</summary>
/// <remarks>All questions there are take long to measure with, and the run is stopped before it has begun to.</remarks>
public sealed class AskedQuestionTests(ModelRepublic world) : IClassFixture<ModelRepublic>
{
    private const string Question = "Which ferry did my aunt Wilhelmina take to Reykjavik?";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_the_owners_alone_to_read_and_go_when_the_run_is_stopped_or_was_killed()
    {
        var minion = await world.Jonas.NewMinionAsync("confidant");
        var chat = await Chat.BeginAsync(world.Jonas, minion.Id);
        await world.Jonas.Api.PutAsync($"/api/conversations/{chat.Id}", new { training = "on" });
        await chat.AskAsync(Question);
        var taught = TrainingWorld.Rows(6).Select(row => (string)row!["instruction"]!).ToList();
        foreach (var question in taught)
        {
            await chat.AskAsync(question);
        }

        var config = new JsonObject
        {
            ["lora"] = new JsonObject
            {
                ["rank"] = 4,
                ["epochs"] = 1,
                ["replay"] = 0,
            },
            ["repeats"] = 1,
        };
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 6);
        var run = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [dataset], config);
        var folder = Directory.CreateDirectory(Path.Combine(world.DataFolder, "training", run.ToString())).FullName;
        var left = await LeftAsync(folder, start: 0);
        // As if its start had trained them just now. They change nothing.
        var trained = Directory.CreateDirectory(Path.Combine(folder, "lora-1")).FullName;
        TinyAdapters.Write(trained, "adapter", GgufMutations.SproutPath, seed: 1, every: 0);
        await TrainingWorld.StartAsync(world.Jonas, run);

        var asked = Path.Combine(folder, "retention-1.jsonl");
        await Until.TrueAsync(() => Task.FromResult(File.Exists(asked)), TimeSpan.FromMinutes(5));
        var questions = await File.ReadAllTextAsync(asked, Ct);
        Assert.Contains(Question, questions, StringComparison.Ordinal);
        // What the run learns is meant to be answered otherwise; what it holds out is asked.
        var split = (await TrainingWorld.JobAsync(world.Jonas, run))["steps"]![1]!["output"]!;
        Assert.InRange((int)split["validation"]!, 1, 5);
        Assert.Equal((int)split["validation"]!, taught.Count(question => questions.Contains(question, StringComparison.Ordinal)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(asked));
        Assert.False(File.Exists(left));

        await TrainingWorld.StopAsync(world.Jonas, run);
        await Until.TrueAsync(() => Task.FromResult(Directory.GetFiles(folder, "retention-*").Length == 0), TimeSpan.FromMinutes(1));
        Assert.Equal("STOPPED", (await TrainingWorld.EndAsync(world.Jonas, run))["status"]!.GetValue<string>());

        left = await LeftAsync(folder, start: 2);
        var sweep = world.Services.GetRequiredService<TrainingSweep>();
        await sweep.SweepAsync(Ct);
        Assert.True(File.Exists(left));
        File.SetLastWriteTimeUtc(left, DateTime.UnixEpoch);
        await sweep.SweepAsync(Ct);
        Assert.False(File.Exists(left));
    }

    /// <summary>As a process leaves it that is killed while it writes.</summary>
    private static async Task<string> LeftAsync(string folder, int start)
    {
        var path = Path.Combine(folder, $"retention-{start}.jsonl.unfinished");
        await File.WriteAllTextAsync(path, Question, Ct);
        return path;
    }
}
