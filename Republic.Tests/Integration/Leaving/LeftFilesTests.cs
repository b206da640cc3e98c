using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Leaving;

/// <summary>Files of an account are deleted with it, and not by a sweep hours later.</summary>
public sealed class LeftFilesTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_files_go_but_those_that_are_of_others_too()
    {
        var (person, other) = (await republic.NewPersonAsync("Lukretia"), await republic.NewPersonAsync("Lambert"));
        var own = await SharedTask.MakeAsync(person);
        await own.AcceptedByAsync(other);
        var theirs = await SharedTask.MakeAsync(other);
        await theirs.AcceptedByAsync(person);
        var run = await RunAsync(person);
        string[] gone =
        [
            PathOf("datasets", $"{await DatasetAsync(person)}"),
            PathOf("documents", $"{await DocumentAsync(person)}"),
            PathOf("task-files", own.File),
            PathOf("task-files", await SharedTask.UploadAsync(other, own.Task, "guest.txt", "of a guest")),
            PathOf("training", $"{run}"),
            PathOf("adapters", $"{run:N}.gguf"),
            PathOf("exports", $"{await ArchiveWorld.ExportAsync(person)}.zip"),
            await ModelAsync(person),
            await UnfinishedAsync(person),
        ];
        string[] kept =
        [
            PathOf("task-files", await SharedTask.UploadAsync(person, theirs.Task, "given.txt", "of a guest")),
            await ModelAsync(person, other),
        ];
        Assert.All(gone.Concat(kept), path => Assert.True(Path.Exists(path), path));

        using var answer = await person.Api.SendAsync(HttpMethod.Delete, "/api/account/me", new { password = person.Password });

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.All(gone, path => Assert.False(Path.Exists(path), path));
        Assert.All(kept, path => Assert.True(Path.Exists(path), path));
    }

    private string PathOf(string folder, string name) => Path.Combine(republic.DataFolder, folder, name);

    private static async Task<Guid> DatasetAsync(Inhabitant person)
    {
        var dataset = await TrainingWorld.NewDatasetAsync(person, 6);
        await DatasetWorld.EndOfAsync(person, $"{dataset}");
        return dataset;
    }

    private async Task<Guid> DocumentAsync(Inhabitant person)
    {
        await KnowledgeWorld.CollectionAsync(person, "papers", ("note.md", "# A note\n\nOf nothing."));
        return await republic.QueryAsync(db => db.Documents.Where(d => d.OwnerId == person.Id).Select(d => d.Id).SingleAsync(Ct));
    }

    /// <summary>A run that left rows and weights.</summary>
    private async Task<Guid> RunAsync(Inhabitant person)
    {
        var minion = await person.NewMinionAsync("trained");
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var run = new TrainingJob
        {
            OwnerId = person.Id,
            MinionId = minion.Id,
            Name = "Spring",
            Type = TrainingType.LoraOnly,
            Method = TrainingMethod.Lora,
            Provider = "local",
            ModelName = "sprout",
            Config = new TrainingConfig(),
            DatasetIds = [],
            CreatedAt = now,
            UpdatedAt = now,
        };
        await republic.QueryAsync(db =>
        {
            db.TrainingJobs.Add(run);
            return db.SaveChangesAsync(Ct);
        });
        await WriteAsync(Path.Combine(PathOf("training", $"{run.Id}"), "rows.jsonl"));
        await WriteAsync(PathOf("adapters", $"{run.Id:N}.gguf"));
        return run.Id;
    }

    /// <summary>The file of a model that the person has, and perhaps somebody else.</summary>
    private async Task<string> ModelAsync(Inhabitant person, Inhabitant? also = null)
    {
        var sha256 = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        foreach (var owner in new[] { person, also }.OfType<Inhabitant>())
        {
            var id = await PlantedModels.PlantAsync(republic, owner, sha256);
            await republic.QueryAsync(db =>
                db.PersonalModels.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Sha256, sha256), Ct)
            );
        }

        return await WriteAsync(PathOf("personal-models", $"{sha256}.gguf"));
    }

    /// <summary>What came in of a model before it stopped.</summary>
    private async Task<string> UnfinishedAsync(Inhabitant person)
    {
        var id = await PlantedModels.PlantAsync(republic, person, "half");
        return await WriteAsync(Path.Combine(PathOf("model-downloads", $"{id}"), "part-00001"));
    }

    private static async Task<string> WriteAsync(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "of a test", Ct);
        return path;
    }
}
