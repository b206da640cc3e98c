using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core.Data;
using Republic.Core.Inference.Supervision;
using Republic.Core.Llama.Files;

namespace Republic.Tests.Unit.Inference;

public sealed class CrashedModelsTests : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-crashes-");
    private readonly CrashedModels crashes;
    private readonly ModelQuarantine quarantine;

    public CrashedModelsTests()
    {
        crashes = new CrashedModels(new DataFolder(folder.FullName), TimeProvider.System, NullLogger.Instance);
        quarantine = new ModelQuarantine(crashes.QuarantinePath);
    }

    public async ValueTask DisposeAsync()
    {
        await crashes.Digested;
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Of_those_that_were_computed_with_the_least_proven_is_it()
    {
        var (old, young, idle) = (File("old"), File("young"), File("idle"));
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            board.Enter(old).Dispose();
            board.Enter(old).Dispose();
            board.Enter(idle).Dispose();
            board.Enter(young).Dispose();
            board.Enter(old);
            board.Enter(young);
        }

        crashes.RecordExit(ModelHostEndKind.Crashed);

        Assert.NotNull(quarantine.Find(young));
        Assert.Null(quarantine.Find(old));
        Assert.Null(quarantine.Find(idle));
    }

    [Fact]
    public void An_adapter_is_suspected_before_its_model_and_a_file_that_is_just_loading_before_both()
    {
        var (model, adapter, tried, loading) = (File("model"), File("adapter"), File("tried"), File("loading"));
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            board.Enter(model).Dispose();
            board.Enter(model, adapter).Dispose();
            board.Enter(model, adapter);
        }

        crashes.RecordExit(ModelHostEndKind.Crashed);
        Assert.NotNull(quarantine.Find(adapter));
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            board.Enter(model, tried).Dispose();
            board.Enter(model, tried);
            board.Enter(loading);
        }

        crashes.RecordExit(ModelHostEndKind.Crashed);

        Assert.NotNull(quarantine.Find(loading));
        Assert.Null(quarantine.Find(model));
        Assert.Null(quarantine.Find(tried));
    }

    [Fact]
    public void However_many_were_computed_with_before_the_file_that_crashed_is_known_and_so_is_one_that_proved_itself()
    {
        var (proven, crashing) = (File("proven"), File("crashing"));
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            board.Enter(proven).Dispose();
            board.Enter(proven).Dispose();
            for (var i = 0; i < 300; i++)
            {
                board.Enter(File($"tried-{i}")).Dispose();
            }

            board.Enter(proven);
            board.Enter(crashing);
        }

        crashes.RecordExit(ModelHostEndKind.Crashed);

        Assert.NotNull(quarantine.Find(crashing));
        Assert.Null(quarantine.Find(proven));
    }

    [Fact]
    public void Where_more_are_computed_with_at_once_than_can_be_named_none_is_suspected()
    {
        var files = Enumerable.Range(0, 128).Select(i => File($"file-{i}")).ToList();
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            files.ForEach(file => board.Enter(file));
        }

        Assert.Null(crashes.RecordExit(ModelHostEndKind.Crashed));
        Assert.All(files, file => Assert.Null(quarantine.Find(file)));
    }

    [Fact]
    public void What_an_earlier_child_proved_counts_too()
    {
        var (old, young) = (File("old"), File("young"));
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            board.Enter(old).Dispose();
        }

        crashes.RecordExit(ModelHostEndKind.Killed);
        using (var board = new ActivityBoard(crashes.ActivityPath))
        {
            board.Enter(old);
            board.Enter(young);
        }

        crashes.RecordExit(ModelHostEndKind.Crashed);

        Assert.NotNull(quarantine.Find(young));
        Assert.Null(quarantine.Find(old));
    }

    [Fact]
    public void A_child_that_was_ended_and_the_built_in_model_put_nobody_on_the_list()
    {
        var mine = File("mine");
        var builtIn = ModelFile.Of(new FileInfo(Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf")));
        Enter(mine);
        crashes.RecordExit(ModelHostEndKind.Killed);
        Enter(builtIn);
        crashes.RecordExit(ModelHostEndKind.Crashed);

        Assert.Null(quarantine.Find(mine));
        Assert.Null(quarantine.Find(builtIn));
    }

    private void Enter(ModelFile model)
    {
        using var board = new ActivityBoard(crashes.ActivityPath);
        board.Enter(model);
    }

    private ModelFile File(string name)
    {
        var path = Path.Combine(folder.FullName, $"{name}.gguf");
        System.IO.File.WriteAllText(path, name);
        return ModelFile.Of(new FileInfo(path));
    }
}
