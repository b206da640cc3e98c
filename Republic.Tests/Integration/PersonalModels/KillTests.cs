using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>A process that is killed while it makes a smaller copy of a model, and the others on the same data.</summary>
[Collection(nameof(KillableNodes))]
public sealed class KillTests(KillableNodes nodes) : IDisposable
{
    /// <summary>64 MB, so that it takes a while to quantize.</summary>
    private static readonly TinyModelShape Large = TinyModelShape.Llama with { Width = 512, FeedForward = 2048, Layers = 8, Type = "F16" };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-model-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_copy_that_was_being_made_is_made_by_the_next_process_and_nothing_is_left_of_the_first()
    {
        var mira = await nodes.NewPersonAsync();
        var before = Files();
        var file = await File.ReadAllBytesAsync(TinyModels.Write(folder.FullName, Large), TestContext.Current.CancellationToken);
        var source = (await OwnModels.InstallAsync(mira, "grand-f16", file))["id"]!.GetValue<Guid>();
        var begun = await mira.Api.PostAsync(OwnModels.PathOf(source, "quantize"), new { type = "Q4_K_M" });
        var copy = OwnModels.Id(begun);
        var holder = await nodes.HolderAsync(copy);
        await Until.TrueAsync(() => OwnModels.Incoming(nodes.DataFolder, copy).Count > 0);

        await nodes.KillAsync(holder);

        // What a process sweeps when it starts is not to be what another one makes.
        await nodes.MendAsync();
        var ready = await OwnModels.UntilAsync(mira.At(nodes.Address), copy, "ready");
        Assert.Equal("Q4_K_M", ready["variant"]!.GetValue<string>());
        Assert.True(await nodes.StartsOfAsync(copy) > 1, "It was made before its node was killed.");
        Assert.Empty(OwnModels.Incoming(nodes.DataFolder, copy));
        Assert.Equal(before + 2, Files());
    }

    private int Files() =>
        Path.Combine(nodes.DataFolder, "personal-models") is var models && Directory.Exists(models)
            ? Directory.GetFiles(models, "*.gguf").Length
            : 0;
}
