using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

public sealed class SplitDownloadTests
{
    [Fact]
    public async Task Parts_that_make_no_model_leave_nothing_behind_that_an_earlier_try_has_of_later_ones()
    {
        var root = Directory.CreateTempSubdirectory("republic-download-");
        try
        {
            await using var source = new FileSource(GgufMutations.Sprout);
            using var sources = new SourceClient(Guards.New(new OutboundOptions { AllowPrivateNetworks = true }), TimeProvider.System);
            var files = new IncomingFiles(new DataFolder(root.FullName));
            var model = Ordered();
            var second = files.PartPathOf(model.Id, 2);
            var folder = Directory.CreateDirectory(Path.GetDirectoryName(second)!);
            await File.WriteAllTextAsync(UnfinishedFile.PathOf(second), "begun", TestContext.Current.CancellationToken);
            new PartETag(second).Keep("\"v1\"");
            List<Uri> parts = [.. SplitFiles.Of(new Uri(source.Url, "/x-00001-of-00002.gguf")).Value!];

            var result = await new SplitDownload(new ModelDownload(sources, TimeProvider.System), sources, files).RunAsync(
                model,
                parts,
                _ => { },
                TestContext.Current.CancellationToken
            );

            Assert.Equal(DownloadEnd.Refused, result.End);
            Assert.False(Directory.Exists(folder.FullName) && folder.EnumerateFiles().Any());
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static PersonalModel Ordered() =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OwnerId = Guid.CreateVersion7(),
            ModelId = "x",
            Name = "x",
            Origin = ModelOrigin.Url,
            Bytes = 1 << 30,
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
}
