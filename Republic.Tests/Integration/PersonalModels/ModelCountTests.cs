using System.Net;
using Republic.Core.PersonalModels.Storage;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>A person has so many models, however little space they take and whether or not they can be used.</summary>
public sealed class ModelCountTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-count-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task So_many_are_kept_and_no_more()
    {
        await using var source = new FileSource([]);
        source.Usual = call => call.RefuseAsync("404 Not Found");
        var person = await republic.NewPersonAsync("Collector");
        var half = TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Width = 256, FeedForward = 512, Type = "F16" });
        var original = (await OwnModels.InstallAsync(person, "original", await File.ReadAllBytesAsync(half, Ct)))["id"]!.GetValue<Guid>();
        await PlantedModels.PlantAsync(republic, person, ModelQuota.MostModels - 2);
        var last = new { url = new Uri(source.Url, "/last.gguf") };
        var more = new { url = new Uri(source.Url, "/more.gguf") };

        var failing = await OwnModels.DownloadAsync(person, last);

        await OwnModels.UntilAsync(person, failing, "failed");
        await RefusedAsync("/api/personal-models/download", more);
        await RefusedAsync(OwnModels.PathOf(original, "quantize"), new { type = "Q8_0" });
        using var form = new MultipartFormDataContent { { new ByteArrayContent(GgufMutations.Sprout), "file", "more.gguf" } };
        using var upload = await person.Api.Http.PostAsync("/api/personal-models/upload", form, Ct);
        Assert.Equal(HttpStatusCode.Conflict, upload.StatusCode);
        Assert.Equal(failing, await OwnModels.DownloadAsync(person, last));

        await person.Api.DeleteAsync(OwnModels.PathOf(original));
        await OwnModels.DownloadAsync(person, more);

        async Task RefusedAsync(string path, object order)
        {
            var full = await person.Api.ProblemAsync(409, HttpMethod.Post, path, order);
            Assert.Contains("You have 200 models", full["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }
}
