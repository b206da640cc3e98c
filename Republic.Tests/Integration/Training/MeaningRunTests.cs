using Republic.Core.Knowledge.Embedding;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A run on a machine that has the built-in embedding model, or what stands for it: one with random weights.</summary>
public sealed class MeaningRunTests(MeaningRunTests.World world) : IClassFixture<MeaningRunTests.World>
{
    [Fact]
    public async Task A_report_says_what_was_kept_by_words_alone_and_that_meaning_was_compared()
    {
        var minion = await world.Jonas.NewMinionAsync("reader");
        var job = await TrainingWorld.NewJobAsync(
            world.Jonas,
            minion.Id,
            [await TrainingWorld.NewDatasetAsync(world.Jonas, 12)],
            TrainingWorld.Short()
        );
        await TrainingWorld.StartAsync(world.Jonas, job);
        var end = await TrainingWorld.EndAsync(world.Jonas, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        var kept = end["report"]!["retention"]!;
        Assert.InRange((int)kept["kept_by_words"]!, 0, (int)kept["of"]!);
        Assert.Equal(Math.Min(100, (int)kept["in_other_words"]!), kept["reworded"]!.AsArray().Count);
        Assert.NotNull(end["report"]!["rows_fit_questions"]);
        var page = await (await world.Jonas.BrowserAsync()).ReadAsync($"/training/{job}");
        Assert.Contains("by their words, and by meaning where words differ", page);
    }

    public sealed class World(TestDatabases databases) : TrainingWorld(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [.. base.Settings, ($"{EmbeddingOptions.Section}:{nameof(EmbeddingOptions.BuiltIn)}", "true")];

        public override async ValueTask InitializeAsync()
        {
            var models = Directory.CreateDirectory(Path.Combine(DataFolder, "models"));
            TinyEncoder.Write(models.FullName, BuiltInEmbedding.ModelId);
            await base.InitializeAsync();
        }
    }
}
