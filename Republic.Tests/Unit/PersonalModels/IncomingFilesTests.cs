using Republic.Core.Data;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Tests.Unit.PersonalModels;

/// <summary>How much of a model is there, while its download or upload goes on.</summary>
public sealed class IncomingFilesTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("incoming-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task Bytes_are_counted_while_files_are_moved_and_deleted()
    {
        var files = new IncomingFiles(new DataFolder(root.FullName));
        var model = Guid.CreateVersion7();
        Assert.Equal(0, files.BytesOf(model));
        var busy = Task.Run(
            () =>
            {
                for (var i = 0; i < 300; i++)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(files.PathOf(model))!);
                    File.WriteAllText(files.UnfinishedPathOf(model), "model");
                    files.Finish(model);
                    files.Delete(model);
                }
            },
            TestContext.Current.CancellationToken
        );

        while (!busy.IsCompleted)
        {
            // While it is moved it may be read under both of its names.
            Assert.InRange(files.BytesOf(model), 0, 10);
        }

        await busy;
        Assert.Equal(0, files.BytesOf(model));
    }
}
