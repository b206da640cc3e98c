namespace Republic.Tests.Unit.Files;

public sealed class FileStoreTests : IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_folder_that_cancelled_work_still_writes_to_is_deleted_as_far_as_it_can_be()
    {
        var ct = TestContext.Current.CancellationToken;
        var key = Guid.CreateVersion7();
        var folder = Path.Combine(files.Folder, $"{key}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var work = Task.Run(
            () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    try
                    {
                        Directory.CreateDirectory(folder);
                        File.WriteAllText(Path.Combine(folder, $"{i}"), "");
                    }
                    catch (IOException)
                    {
                        // It was taken away between the two.
                    }
                }
            },
            ct
        );

        for (var i = 0; i < 300; i++)
        {
            files.Store.Delete(key);
        }

        await stop.CancelAsync();
        await work;
        files.Store.Delete(key);
        Assert.False(Directory.Exists(folder));
    }
}
