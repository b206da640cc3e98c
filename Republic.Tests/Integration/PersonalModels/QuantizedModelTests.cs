using System.Text.Json.Nodes;
using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Copies of a person's models with fewer bits a weight.</summary>
public sealed class QuantizedModelTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IDisposable
{
    private static readonly TinyModelShape Half = TinyModelShape.Llama with { Width = 256, FeedForward = 512, Type = "F16" };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantized");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("Q8_0", 0.6)]
    [InlineData("q4_k_m", 0.45)]
    public async Task A_copy_is_smaller_answers_and_stays_when_its_source_is_deleted(string type, double share)
    {
        var person = await republic.NewPersonAsync($"Copyist-{type[1]}");
        var path = TinyModels.Write(folder.FullName, Half, "grand-f16");
        var source = await InstalledAsync(person, path);

        var begun = await QuantizeAsync(person, source, type);
        var id = begun["id"]!.GetValue<Guid>();
        Assert.Equal(("quantizing", "quantized"), (OwnModels.State(begun), begun["origin"]!.GetValue<string>()));
        Assert.Equal($"grand-{type.ToLowerInvariant()}", begun["custom_name"]!.GetValue<string>());
        Assert.Equal((source, 0.0), (begun["quantized_from"]!.GetValue<Guid>(), begun["download_progress"]!.GetValue<double>()));
        Assert.Null(begun["bytes_total"]);

        var ready = await OwnModels.UntilAsync(person, id, "ready");
        var bytes = ready["bytes_done"]!.GetValue<long>();
        Assert.InRange(bytes, 1, (long)(new FileInfo(path).Length * share));
        Assert.InRange(bytes, 1, QuantizedSize.Of(path, type.ToUpperInvariant()));
        Assert.Equal(type.ToUpperInvariant(), ready["variant"]!.GetValue<string>());
        Assert.True(ready["measured"]!["tokens_per_s"]!.GetValue<double>() > 0);
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));
        var again = await RefusedAsync(person, source, 409, new { type });
        Assert.Contains(ready["custom_name"]!.GetValue<string>(), again["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        await person.Api.DeleteAsync(OwnModels.PathOf(source));

        Assert.Null((await OwnModels.ModelAsync(person, id))["quantized_from"]);
        var minion = await person.NewMinionAsync(
            "scribe",
            more: new JsonObject { ["model_id"] = ready["custom_name"]!.GetValue<string>() }
        );
        var answer = await person.Api.PostAsync($"/api/minions/{minion.Id}/test");
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
    }

    [Fact]
    public async Task An_embedding_model_can_be_quantized()
    {
        var person = await republic.NewPersonAsync("Librarian");
        var source = await InstalledAsync(person, TinyEncoder.Write(folder.FullName, "letters"));

        var copy = (await QuantizeAsync(person, source, "Q8_0"))["id"]!.GetValue<Guid>();

        var ready = await OwnModels.UntilAsync(person, copy, "ready");
        Assert.True(ready["facts"]!["makes_vectors"]!.GetValue<bool>());
    }

    [Fact]
    public async Task What_cannot_be_quantized_is_refused_with_what_to_do()
    {
        var person = await republic.NewPersonAsync("Refused");
        var id = await InstalledAsync(person, TinyModels.Write(folder.FullName, TinyModelShape.Llama with { Type = "Q8_0" }, "small"));

        var already = await RefusedAsync(person, id, 409, new { type = "Q4_K_M" });
        Assert.Contains(
            "stored in Q8_0 already. Quantize a file with 16 or 32 bits",
            already["detail"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        foreach (var wrong in new object[] { new { type = "Q9" }, new { } })
        {
            var problem = await RefusedAsync(person, id, 400, wrong);
            Assert.Contains("Q8_0 or Q4_K_M", problem["errors"]!["type"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        }

        var coming = await PlantedModels.PlantAsync(republic, person, "coming");
        var early = await RefusedAsync(person, coming, 409, new { type = "Q8_0" });
        Assert.Contains("not installed yet", early["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var stranger = await republic.NewPersonAsync("Stranger");
        await RefusedAsync(stranger, id, 404, new { type = "Q8_0" });
        Assert.Empty((await stranger.Api.GetAsync("/api/personal-models"))["personal_models"]!.AsArray());
    }

    [Fact]
    public async Task A_copy_that_is_paused_begins_anew_and_one_that_is_deleted_leaves_nothing()
    {
        var person = await republic.NewPersonAsync("Pauser");
        var source = await InstalledAsync(person, TinyModels.Write(folder.FullName, Half, "paused"));
        var id = (await QuantizeAsync(person, source, "Q8_0", "halved"))["id"]!.GetValue<Guid>();

        await person.Api.PostAsync(OwnModels.PathOf(id, "pause"));
        var paused = await OwnModels.ModelAsync(person, id);
        Assert.Equal(("paused", "quantizing"), (OwnModels.State(paused), paused["stopped_at"]!.GetValue<string>()));
        await Until.TrueAsync(() => OwnModels.Incoming(republic.DataFolder, id).Count == 0);
        await person.Api.PostAsync(OwnModels.PathOf(id, "resume"));
        Assert.Equal("halved", (await OwnModels.UntilAsync(person, id, "ready"))["custom_name"]!.GetValue<string>());

        var other = (await QuantizeAsync(person, source, "Q4_K_M"))["id"]!.GetValue<Guid>();
        await person.Api.DeleteAsync(OwnModels.PathOf(other));
        await person.Api.ProblemAsync(404, HttpMethod.Get, OwnModels.PathOf(other));
        await Until.TrueAsync(() => OwnModels.Incoming(republic.DataFolder, other).Count == 0);
    }

    [Fact]
    public async Task A_copy_whose_source_is_deleted_before_it_is_made_says_so()
    {
        await using var first = new FileSource(GgufMutations.Sprout);
        await using var second = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Orphan");
        var file = TinyModels.Write(folder.FullName, Half with { Seed = 7 }, "gone");
        var source = await InstalledAsync(person, file);
        // One person's two installations at a time are both taken, so that the copy waits for its turn.
        var stalled = new List<Guid>();
        foreach (var slow in new[] { first, second })
        {
            slow.Next(call => call.GiveAsync(), call => call.StallAsync(1_000_000));
            stalled.Add(await OwnModels.DownloadAsync(person, new { url = slow.Url }));
            await OwnModels.CameAsync(person, stalled[^1], 1_000_000);
        }

        var id = (await QuantizeAsync(person, source, "Q8_0"))["id"]!.GetValue<Guid>();
        await person.Api.DeleteAsync(OwnModels.PathOf(source));
        foreach (var download in stalled)
        {
            await person.Api.DeleteAsync(OwnModels.PathOf(download));
        }

        var failed = await OwnModels.UntilAsync(person, id, "failed");
        Assert.Contains("was deleted before the copy was complete", OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));
        var installed = Path.Combine(
            republic.DataFolder,
            "personal-models",
            $"{OwnModels.Digest(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))}.gguf"
        );
        Assert.False(File.Exists(installed));
        await person.Api.DeleteAsync(OwnModels.PathOf(id));
    }

    private static async Task<Guid> InstalledAsync(Inhabitant person, string path)
    {
        var file = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        return (await OwnModels.InstallAsync(person, Path.GetFileNameWithoutExtension(path), file))["id"]!.GetValue<Guid>();
    }

    private static async Task<JsonNode> QuantizeAsync(Inhabitant person, Guid source, string type, string? name = null) =>
        (await person.Api.PostAsync(OwnModels.PathOf(source, "quantize"), new { type, custom_name = name }))["personal_model"]!;

    private static Task<JsonNode> RefusedAsync(Inhabitant person, Guid source, int status, object order) =>
        person.Api.ProblemAsync(status, HttpMethod.Post, OwnModels.PathOf(source, "quantize"), order);
}
