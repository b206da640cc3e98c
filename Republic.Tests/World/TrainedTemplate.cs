using System.Collections.Concurrent;

namespace Republic.Tests.World;

/// <summary>
/// Runs that are over, in a database and a folder which <see cref="FinishedRun"/> begins with copies of: they are trained once, for all
/// tests that read them.
/// </summary>
public sealed class TrainedTemplate : IAsyncDisposable
{
    private static readonly string[] Kept = ["adapters", "training", "datasets"];
    private readonly TestDatabases databases;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-trained-");
    private readonly ConcurrentQueue<string> asked = [];
    private string connectionString = "";

    private TrainedTemplate(TestDatabases databases) => this.databases = databases;

    /// <summary>What is sealed in the database is opened by the republics that begin with it.</summary>
    public static (string Key, string Value) Key { get; } = ("API_KEY_ENCRYPTION_KEY", IdleRepublic.MasterKey);

    public string Database { get; private set; } = "";

    /// <summary>Jonas' minion on the built-in model, with weights of 60 rows.</summary>
    public TrainedRun Weights { get; private set; } = null!;

    /// <summary>Ada's minion at a provider, with a collection and a style adapter of 12 rows; a judge gave all answers 70 points.</summary>
    public TrainedRun Style { get; private set; } = null!;

    /// <summary>Nora's minion on the built-in model, with weights of 100 pairs of two chats.</summary>
    public TrainedRun Taught { get; private set; } = null!;

    /// <summary>The last message of each question that the provider of the style run's minion got.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    public static async Task<TrainedTemplate> MakeAsync(TestDatabases databases)
    {
        var made = new TrainedTemplate(databases);
        var world = new Maker(databases);
        await using (world)
        {
            await world.InitializeAsync();
            made.Weights = await WeightsAsync(world);
            made.Style = await made.StyleAsync(world);
            made.Taught = await TaughtAsync(world);
            foreach (var kept in Kept)
            {
                Copy(Path.Combine(world.DataFolder, kept), Path.Combine(made.folder.FullName, kept));
            }

            made.connectionString = world.ConnectionString;
        }

        made.Database = await databases.KeepAsTemplateAsync(made.connectionString);
        return made;
    }

    public void CopyTo(string dataFolder)
    {
        foreach (var kept in Kept)
        {
            Copy(Path.Combine(folder.FullName, kept), Path.Combine(dataFolder, kept));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await databases.DropAsync(connectionString);
        folder.Delete(recursive: true);
    }

    private static async Task<TrainedRun> WeightsAsync(Maker world)
    {
        var minion = (await world.Jonas.NewMinionAsync("bosun")).Id;
        var dataset = await TrainingWorld.NewDatasetAsync(world.Jonas, 60);
        var config = TrainingWorld.Short();
        // So that its few steps change how it answers.
        config["lora"]!["learning_rate"] = 0.004;
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion, [dataset], config);
        await TrainingWorld.StartAsync(world.Jonas, job);
        await EndAsync(world.Jonas, job);
        return new(minion, dataset, job);
    }

    private async Task<TrainedRun> StyleAsync(Maker world)
    {
        await using var vendor = new FakeVendor();
        await using var judges = new FakeVendor();
        var judge = new FakeJudge(_ => 70);
        judges.AnswersTo(question => judge.Reply(question.LastMessage!));
        var minion = (await world.Ada.NewMinionAsync("clerk", vendor)).Id;
        var judging = await world.Ada.NewMinionAsync("judge", judges);
        var dataset = await TrainingWorld.NewDatasetAsync(world.Ada, 12);
        var guide = await PlantedCollections.NewAsync(world, world.Ada, "Boiler guide", KnowledgeRuns.Guide);
        var config = KnowledgeRuns.Quick();
        config["judge_minion_id"] = judging.Id;
        var order = KnowledgeRuns.Order(minion, "hybrid", [dataset], [guide], config);
        var job = (await world.Ada.Api.PostAsync(TrainingWorld.PathOf(world.Ada), order))["job"]!["id"]!.GetValue<Guid>();
        await TrainingWorld.StartAsync(world.Ada, job);
        await EndAsync(world.Ada, job);
        foreach (var question in vendor.Requests)
        {
            asked.Enqueue(question.LastMessage ?? "");
        }

        return new(minion, dataset, job);
    }

    private static async Task<TrainedRun> TaughtAsync(Maker world)
    {
        var nora = await world.NewPersonAsync("Nora");
        var minion = (await nora.NewMinionAsync("boatman")).Id;
        var chats = new PlantedChats(world, nora, minion);
        foreach (var pairs in new[] { 99, 1 })
        {
            await chats.AnswersAsync(await chats.ChatAsync(), pairs, score: 0, correction: "Arr, behind the wall, matey!");
        }

        var started = await nora.Api.PostAsync("/api/training/start-job", new { minion_id = minion, config = TrainingWorld.Short() });
        var job = started["job"]!["id"]!.GetValue<Guid>();
        await EndAsync(nora, job);
        var run = await TrainingWorld.JobAsync(nora, job);
        return new(minion, run["dataset_ids"]![0]!.GetValue<Guid>(), job);
    }

    private static async Task EndAsync(Inhabitant person, Guid job)
    {
        var end = await TrainingWorld.EndAsync(person, job);
        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
    }

    /// <summary>As if it had been made just now: what lies there for long is swept away.</summary>
    private static void Copy(string from, string to)
    {
        foreach (var file in new DirectoryInfo(from).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            file.CopyTo(copy);
            File.SetLastWriteTimeUtc(copy, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
    }

    private sealed class Maker(TestDatabases databases) : TrainingWorld(databases)
    {
        protected override bool OwnsDatabase => false;

        protected override IEnumerable<(string Key, string Value)> Settings => [.. base.Settings, Key];
    }
}
