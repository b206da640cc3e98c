using System.Text.Json.Nodes;

namespace Republic.Tests.World;

/// <summary>
/// A republic in which runs are over, for all tests of a class that read them. It has a database and files of its own, copied from the
/// <see cref="TrainedTemplate"/>: what a test does to them no other class sees.
/// </summary>
public sealed class FinishedRun(TestDatabases databases) : IAsyncLifetime
{
    public TrainedWorld World { get; private set; } = null!;

    public TrainedTemplate Template { get; private set; } = null!;

    public Guid MinionId => Template.Weights.MinionId;

    public Guid Dataset => Template.Weights.Dataset;

    /// <summary>Jonas' run, which trained weights on the built-in model.</summary>
    public Guid Job => Template.Weights.Job;

    /// <summary>The run at its end, as the API tells it.</summary>
    public JsonNode End { get; private set; } = null!;

    /// <summary>The minion just after it.</summary>
    public JsonNode Minion { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Template = await databases.TrainedAsync();
        World = new(databases, Template);
        await World.InitializeAsync();
        End = await TrainingWorld.JobAsync(World.Jonas, Job);
        Minion = (await World.Jonas.Api.GetAsync($"/api/minions/{MinionId}"))["minion"]!;
    }

    public ValueTask DisposeAsync() => World?.DisposeAsync() ?? ValueTask.CompletedTask;
}
