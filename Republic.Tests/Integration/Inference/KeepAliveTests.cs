using Republic.Core.Inference;
using Republic.Core.Inference.Http;
using Republic.Core.Inference.Pool;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>How long a model stays in memory that nobody asks for.</summary>
public sealed class KeepAliveTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");
    private readonly ManualTime time = new();

    [Fact]
    public async Task A_model_is_unloaded_when_nobody_has_asked_for_it_as_long_as_it_was_to_be_kept()
    {
        await using var pool = Pool();
        (await TakeAsync(pool, keepAlive: null)).Dispose();
        time.Pass(TimeSpan.FromMinutes(29));
        Assert.Single(pool.Loaded.All);
        Assert.InRange(pool.Loaded.UnloadsIn(pool.Loaded.All[0])!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(1));

        time.Pass(TimeSpan.FromMinutes(2));
        Assert.Empty(pool.Loaded.All);
    }

    [Fact]
    public async Task Each_model_is_kept_as_long_as_its_owner_chose_from_its_last_use_on()
    {
        await using var pool = Pool();
        (await TakeAsync(pool, keepAlive: 2)).Dispose();
        time.Pass(TimeSpan.FromMinutes(1.5));
        using (await TakeAsync(pool, keepAlive: 2))
        {
            // However long it is in use.
            time.Pass(TimeSpan.FromMinutes(60));
            Assert.Single(pool.Loaded.All);
            Assert.Null(pool.Loaded.UnloadsIn(pool.Loaded.All[0]));
        }

        time.Pass(TimeSpan.FromMinutes(1.9));
        Assert.Single(pool.Loaded.All);
        time.Pass(TimeSpan.FromMinutes(0.3));
        Assert.Empty(pool.Loaded.All);
    }

    [Fact]
    public async Task A_pinned_model_stays_until_it_is_unpinned()
    {
        await using var pool = Pool();
        (await TakeAsync(pool, keepAlive: 1, pinned: true)).Dispose();
        time.Pass(TimeSpan.FromDays(30));
        Assert.Single(pool.Loaded.All);

        pool.Keep(Own(keepAlive: 1, pinned: false));
        time.Pass(TimeSpan.FromSeconds(6));
        Assert.Empty(pool.Loaded.All);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static InstalledFile Own(int? keepAlive, bool pinned) => new("mine", LoadAnyway: false, pinned, keepAlive, ContextLength: 256);

    private static Task<ModelLease> TakeAsync(ModelPool pool, int? keepAlive, bool pinned = false) =>
        pool.TakeAsync("my model", Own(keepAlive, pinned), [], TestContext.Current.CancellationToken);

    private ModelPool Pool()
    {
        File.WriteAllBytes(Path.Combine(folder.FullName, "mine.gguf"), GgufMutations.Sprout);
        return new ModelPool(new ModelHostArguments("", [], Threads: 1, Sequences: 1) { Installed = folder.FullName }, time);
    }
}
