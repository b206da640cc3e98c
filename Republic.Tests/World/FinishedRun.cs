using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>A run of Jonas that has trained weights on the built-in model, for all tests of a class that read it.</summary>
public sealed class FinishedRun(TestDatabases databases) : IAsyncLifetime
{
    public TrainingWorld World { get; } = new(databases);

    public Guid MinionId { get; private set; }

    public Guid Dataset { get; private set; }

    public Guid Job { get; private set; }

    /// <summary>The run at its end, as the API tells it.</summary>
    public JsonNode End { get; private set; } = null!;

    /// <summary>The minion just after it.</summary>
    public JsonNode Minion { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await World.InitializeAsync();
        MinionId = (await World.Jonas.NewMinionAsync("bosun")).Id;
        Dataset = await TrainingWorld.NewDatasetAsync(World.Jonas, 60);
        Job = await TrainingWorld.NewJobAsync(World.Jonas, MinionId, [Dataset], TrainingWorld.Short());
        await TrainingWorld.StartAsync(World.Jonas, Job);
        End = await TrainingWorld.EndAsync(World.Jonas, Job);
        Assert.True(End["status"]!.GetValue<string>() == "COMPLETED", End.ToJsonString());
        Minion = (await World.Jonas.Api.GetAsync($"/api/minions/{MinionId}"))["minion"]!;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
