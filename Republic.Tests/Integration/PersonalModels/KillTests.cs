using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>A process that is killed while it makes a smaller copy of a model, and the next one on the same data.</summary>
public sealed class KillTests(TestDatabases databases) : IDisposable
{
    /// <summary>64 MB, so that it takes a while to quantize.</summary>
    private static readonly TinyModelShape Large = TinyModelShape.Llama with { Width = 512, FeedForward = 2048, Layers = 8, Type = "F16" };

    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("republic-model-kill-");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-model-");

    public void Dispose()
    {
        data.Delete(recursive: true);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_copy_that_was_being_made_is_made_by_the_next_process_and_nothing_is_left_of_the_first()
    {
        var database = await databases.NewAsync();
        try
        {
            await using var first = await StartAsync(database);
            var mira = await Inhabitant.SignUpAsync(first.Address, "Mira");
            var file = await File.ReadAllBytesAsync(TinyModels.Write(folder.FullName, Large), TestContext.Current.CancellationToken);
            var source = (await OwnModels.InstallAsync(mira, "grand-f16", file))["id"]!.GetValue<Guid>();
            var begun = await mira.Api.PostAsync(OwnModels.PathOf(source, "quantize"), new { type = "Q4_K_M" });
            var copy = OwnModels.Id(begun);
            await Until.TrueAsync(() => OwnModels.Incoming(data.FullName, copy).Count > 0);

            await first.KillAsync();

            await using var second = await StartAsync(database);
            var ready = await OwnModels.UntilAsync(mira.At(second.Address), copy, "ready");
            Assert.Equal("Q4_K_M", ready["variant"]!.GetValue<string>());
            Assert.Empty(OwnModels.Incoming(data.FullName, copy));
            Assert.Equal(2, Directory.GetFiles(Path.Combine(data.FullName, "personal-models"), "*.gguf").Length);
        }
        finally
        {
            await databases.DropAsync(database);
        }
    }

    private Task<AppProcess> StartAsync(string database) =>
        AppProcess.StartAsync(
            new DataFolder(data.FullName),
            connectionString: database,
            environment: new Dictionary<string, string> { ["ModelHost__Enabled"] = "true" }
        );
}
