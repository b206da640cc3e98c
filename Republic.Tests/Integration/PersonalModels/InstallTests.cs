using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

public sealed class InstallTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static readonly byte[] Sprout = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf"));
    private static readonly string Digest = Convert.ToHexStringLower(SHA256.HashData(Sprout));
    private static readonly string Other = new('0', 64);

    [Fact]
    public async Task A_file_at_a_url_is_checked_downloaded_tested_and_answers_for_its_person_and_nobody_else()
    {
        await using var source = new FileSource(Sprout);
        var (ada, jonas) = (await republic.NewPersonAsync("Installer"), await republic.NewPersonAsync("Neighbour"));
        var asked = await ada.Api.PostAsync(
            "/api/personal-models/download",
            new
            {
                url = source.Url,
                custom_name = "seedling",
                sha256 = Digest.ToUpperInvariant(),
            }
        );
        var id = Id(asked);

        var ready = await UntilAsync(ada, id, "ready");
        Assert.Equal(1, ready["download_progress"]!.GetValue<double>());
        Assert.Equal(Digest, ready["sha256"]!.GetValue<string>());
        Assert.Equal($"{Digest}.gguf", ready["local_path"]!.GetValue<string>());
        Assert.Equal("llama", ready["facts"]!["architecture"]!.GetValue<string>());
        Assert.True(ready["measured"]!["tokens_per_s"]!.GetValue<double>() > 0);
        Assert.True(ready["measured"]!["answer"]!.GetValue<string>().Length > 0);
        var status = await ada.Api.GetAsync($"/api/personal-models/{id}/status");
        Assert.Equal("fits_ram", status["verdict"]!.GetValue<string>());
        Assert.True(status["estimate"]!["need"]!.GetValue<long>() > Sprout.Length);

        var minion = await MinionAsync(ada, "seedling");
        Assert.True((await ada.Api.PostAsync($"/api/minions/{minion}/test", new { }))["ok"]!.GetValue<bool>());
        Assert.Equal("Sage", (await ModelAsync(ada, id))["used_by"]![0]!["name"]!.GetValue<string>());

        foreach (var (name, model) in new[] { ("by-name", "seedling"), ("by-digest", Digest) })
        {
            var stranger = await MinionAsync(jonas, model, name);
            var answer = await jonas.Api.PostAsync($"/api/minions/{stranger}/test", new { });
            Assert.False(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
        }

        await jonas.Api.ProblemAsync(404, HttpMethod.Get, $"/api/personal-models/{id}");
        await jonas.Api.ProblemAsync(404, HttpMethod.Post, $"/api/personal-models/{id}/test");
        await jonas.Api.ProblemAsync(404, HttpMethod.Delete, $"/api/personal-models/{id}");
        Assert.Empty((await jonas.Api.GetAsync("/api/personal-models"))["personal_models"]!.AsArray());
    }

    [Fact]
    public async Task A_paused_download_goes_on_where_it_was()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Pauser");
        // The first request is for the header.
        source.Next(call => call.GiveAsync(), call => call.StallAsync(3_000_000));
        var id = Id(await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url }));
        await Until.TrueAsync(async () => (await ModelAsync(ada, id))["bytes_done"]!.GetValue<long>() >= 3_000_000);

        await ada.Api.PostAsync($"/api/personal-models/{id}/pause");
        var paused = await UntilAsync(ada, id, "paused");
        Assert.Equal("downloading", paused["stopped_at"]!.GetValue<string>());
        Assert.Null(paused["error"]);
        await ada.Api.ProblemAsync(409, HttpMethod.Post, $"/api/personal-models/{id}/pause");
        var before = source.Sent;
        await ada.Api.PostAsync($"/api/personal-models/{id}/resume");

        Assert.Equal(Digest, (await UntilAsync(ada, id, "ready"))["sha256"]!.GetValue<string>());
        Assert.InRange(source.Sent - before, 1, Sprout.Length - 3_000_000 + (1 << 20));
        await ada.Api.ProblemAsync(409, HttpMethod.Post, $"/api/personal-models/{id}/resume");
    }

    [Fact]
    public async Task What_several_people_have_is_on_the_disk_once_and_stays_for_the_last_of_them()
    {
        await using var source = new FileSource(Sprout);
        var people = new[] { await republic.NewPersonAsync("First"), await republic.NewPersonAsync("Second") };
        var ids = new List<Guid>();
        foreach (var person in people)
        {
            ids.Add(Id(await person.Api.PostAsync("/api/personal-models/download", new { url = source.Url, custom_name = "shared" })));
        }

        foreach (var (person, id) in people.Zip(ids))
        {
            await UntilAsync(person, id, "ready");
        }

        var path = Path.Combine(republic.DataFolder, "personal-models", $"{Digest}.gguf");
        await people[0].Api.DeleteAsync($"/api/personal-models/{ids[0]}");
        Assert.True(File.Exists(path));
        await people[0].Api.ProblemAsync(404, HttpMethod.Get, $"/api/personal-models/{ids[0]}/status");
        await people[1].Api.PostAsync($"/api/personal-models/{ids[1]}/test");
        // The times of the installation do not grow by what lies between it and another test.
        var again = await UntilAsync(people[1], ids[1], "ready");
        Assert.Equal(["ready", "testing"], again["stages"]!.AsObject().Select(stage => stage.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_not_what_it_should_be_is_not_kept_and_says_why()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Unlucky");
        var wrong = await UntilAsync(
            ada,
            Id(await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url, sha256 = Other })),
            "failed"
        );
        Assert.Contains(Digest, wrong["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(Other, wrong["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(0, wrong["bytes_done"]!.GetValue<long>());

        await using var page = new RawUpstream { Script = call => call.WholeAsync("200 OK", "text/html", "<html>Hello</html>") };
        var html = await ada.Api.PostAsync("/api/personal-models/download", new { url = $"http://{page.Authority}/model.gguf" });
        Assert.Contains("web page", (await UntilAsync(ada, Id(html), "failed"))["error"]!.GetValue<string>(), StringComparison.Ordinal);

        source.Content = [.. "GGUF"u8, .. RandomNumberGenerator.GetBytes(1000)];
        var damaged = await ada.Api.PostAsync("/api/personal-models/download", new { url = new Uri(source.Url, "/other.gguf") });
        var failed = await UntilAsync(ada, Id(damaged), "failed");
        Assert.Equal("checking", failed["stopped_at"]!.GetValue<string>());

        // What was wrong is mended at the source: it goes on with that stage.
        source.Content = Sprout;
        await ada.Api.PostAsync($"/api/personal-models/{Id(damaged)}/resume");
        await UntilAsync(ada, Id(damaged), "ready");
    }

    [Theory]
    [InlineData("""{}""", "model_id")]
    [InlineData("""{"model_id":"nobody/nothing"}""", "model_id")]
    [InlineData("""{"model_id":"meta-llama/llama-3.2-3b-instruct","variant":"Q1"}""", "variant")]
    [InlineData("""{"url":"ftp://models.example.org/a.gguf"}""", "url")]
    [InlineData("""{"url":"http://192.168.7.7/a.gguf"}""", "url")]
    [InlineData("""{"url":"http://169.254.169.254/a.gguf"}""", "url")]
    [InlineData("""{"url":"https://models.example.org/a.gguf","sha256":"abc"}""", "sha256")]
    [InlineData("""{"url":"https://models.example.org/a.gguf","second_url":"nowhere"}""", "second_url")]
    [InlineData("""{"url":"https://models.example.org/a.gguf","custom_name":"a/b"}""", "custom_name")]
    [InlineData("""{"url":"https://models.example.org/a.gguf","custom_name":"sprout"}""", "custom_name")]
    public async Task An_order_that_cannot_be_is_refused_at_its_field(string body, string field)
    {
        var problem = await republic.Ada.Api.ProblemAsync(400, HttpMethod.Post, "/api/personal-models/download", JsonNode.Parse(body));
        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Asked_for_twice_a_file_is_the_same_model()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Twice");
        var first = Id(await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url }));
        var again = await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url, load_anyway = true });
        Assert.Equal(first, Id(again));
        Assert.True(again["personal_model"]!["load_anyway"]!.GetValue<bool>());
        await UntilAsync(ada, first, "ready");
    }

    [Fact]
    public async Task A_sha256_that_comes_with_a_second_order_holds_for_the_file_that_is_here()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Careful");
        var id = Id(await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url }));
        await UntilAsync(ada, id, "ready");

        var refused = await ada.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            "/api/personal-models/download",
            new
            {
                url = source.Url,
                sha256 = Other,
                load_anyway = true,
            }
        );
        Assert.Contains($"has the SHA-256 {Digest}", refused["errors"]!["sha256"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False((await ModelAsync(ada, id))["load_anyway"]!.GetValue<bool>());
        var again = await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url, sha256 = Digest.ToUpperInvariant() });
        Assert.Equal(id, Id(again));
    }

    [Fact]
    public async Task A_sha256_that_comes_with_a_second_order_takes_the_place_of_a_wrong_one_once_the_download_has_stopped()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Corrected");
        var id = Id(await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url, sha256 = Other }));
        await UntilAsync(ada, id, "failed");
        // The first request is for the header.
        source.Next(call => call.GiveAsync(), call => call.StallAsync(3_000_000));

        Assert.Equal(id, Id(await ada.Api.PostAsync("/api/personal-models/download", new { url = source.Url, sha256 = Digest })));
        await ada.Api.PostAsync($"/api/personal-models/{id}/resume");
        await Until.TrueAsync(async () => (await ModelAsync(ada, id))["bytes_done"]!.GetValue<long>() >= 3_000_000);
        var order = new { url = source.Url, sha256 = Other };
        var refused = await ada.Api.ProblemAsync(400, HttpMethod.Post, "/api/personal-models/download", order);
        await ada.Api.PostAsync($"/api/personal-models/{id}/pause");
        await ada.Api.PostAsync($"/api/personal-models/{id}/resume");

        Assert.Contains("Pause it", refused["errors"]!["sha256"]!.ToJsonString(), StringComparison.Ordinal);
        await UntilAsync(ada, id, "ready");
    }

    [Fact]
    public async Task An_upload_is_installed_and_a_renamed_model_keeps_its_minions()
    {
        var ada = await republic.NewPersonAsync("Uploader");
        var id = Id(JsonNode.Parse(await UploadAsync(ada, Sprout, "my-own.gguf", HttpStatusCode.Accepted))!);
        Assert.Equal("my-own", (await UntilAsync(ada, id, "ready"))["custom_name"]!.GetValue<string>());
        var minion = await MinionAsync(ada, "my-own");

        await ada.Api.PutAsync($"/api/personal-models/{id}", new { custom_name = "Sapling 2" });
        var read = await ada.Api.GetAsync($"/api/minions/{minion}");
        Assert.Equal("Sapling 2", read["minion"]!["model_id"]!.GetValue<string>());
        Assert.True((await ada.Api.PostAsync($"/api/minions/{minion}/test", new { }))["ok"]!.GetValue<bool>());
        await ada.Api.ProblemAsync(400, HttpMethod.Put, $"/api/personal-models/{id}", new { custom_name = "sprout" });

        await UploadAsync(ada, "not a model"u8.ToArray(), "note.gguf", HttpStatusCode.BadRequest);
        var cut = Id(JsonNode.Parse(await UploadAsync(ada, Sprout[..(Sprout.Length / 2)], "cut.gguf", HttpStatusCode.Accepted))!);
        var error = (await UntilAsync(ada, cut, "failed"))["error"]!.GetValue<string>();
        Assert.Contains("it is cut off. The file is damaged or not what its name says; upload it again", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_catalogue_and_a_fit_can_be_asked_without_a_download()
    {
        await using var source = new FileSource(Sprout);
        var models = (await republic.Ada.Api.GetAsync("/api/personal-models/catalog"))["models"]!.AsArray();
        var llama = Assert.Single(models, model => model!["model_id"]!.GetValue<string>() == "meta-llama/llama-3.2-3b-instruct")!;
        Assert.Contains(llama["variants"]!.AsArray(), variant => variant!["variant"]!.GetValue<string>() == "Q4_K_M");

        var fit = await republic.Ada.Api.GetAsync(
            $"/api/personal-models/fit?url={Uri.EscapeDataString(source.Url.AbsoluteUri)}&context=2048&sequences=1"
        );
        Assert.Equal("fits_ram", fit["verdict"]!.GetValue<string>());
        Assert.Equal(
            "fits_ram",
            (await republic.Ada.Api.GetAsync("/api/personal-models/fit?path=sprout.gguf"))["verdict"]!.GetValue<string>()
        );
        await republic.Ada.Api.ProblemAsync(400, HttpMethod.Get, "/api/personal-models/fit?path=../sprout.gguf");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Get, "/api/personal-models/fit?path=none.gguf");
        await republic.Ada.Api.ProblemAsync(400, HttpMethod.Get, "/api/personal-models/fit");
    }

    private static Guid Id(JsonNode answer) => answer["personal_model"]!["id"]!.GetValue<Guid>();

    private static async Task<JsonNode> ModelAsync(Inhabitant person, Guid id) =>
        (await person.Api.GetAsync($"/api/personal-models/{id}"))["personal_model"]!;

    private static Task<JsonNode> UntilAsync(Inhabitant person, Guid id, string status) =>
        Until.SomethingAsync(async () =>
        {
            var model = await ModelAsync(person, id);
            var now = model["status"]!.GetValue<string>();
            Assert.True(now == status || now is not ("failed" or "ready"), $"{now}: {model["error"]}");
            return now == status ? model : null;
        });

    private static async Task<Guid> MinionAsync(Inhabitant person, string model, string name = "sage") =>
        (await person.NewMinionAsync(name, more: new JsonObject { ["model_id"] = model })).Id;

    private static async Task<string> UploadAsync(Inhabitant person, byte[] bytes, string name, HttpStatusCode expected)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
        using var response = await person.Api.Http.PostAsync("/api/personal-models/upload", form, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, text);
        return text;
    }
}
