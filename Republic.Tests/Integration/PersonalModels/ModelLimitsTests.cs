using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Host;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

public sealed class ModelLimitsTests(NarrowModels republic) : IClassFixture<NarrowModels>
{
    private static readonly string SproutPath = Path.Combine(AppContext.BaseDirectory, "models", "sprout.gguf");
    private static readonly byte[] Sprout = File.ReadAllBytes(SproutPath);

    [Fact]
    public async Task What_does_not_fit_is_not_downloaded_unless_it_is_loaded_anyway_which_is_written_down()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Narrow");
        var id = await DownloadAsync(ada, new { url = source.Url, custom_name = "big" });

        var failed = await UntilAsync(ada, id, "failed");
        Assert.Equal("checking", failed["stopped_at"]!.GetValue<string>());
        Assert.StartsWith("It does not fit: ", failed["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("does_not_fit", (await ada.Api.GetAsync($"/api/personal-models/{id}/status"))["verdict"]!.GetValue<string>());
        Assert.Equal(0, failed["bytes_done"]!.GetValue<long>());

        await ada.Api.PostAsync($"/api/personal-models/{id}/load-anyway");
        await UntilAsync(ada, id, "ready");
        var minion = await ada.NewMinionAsync(more: new JsonObject { ["model_id"] = "big" });
        Assert.True((await ada.Api.PostAsync($"/api/minions/{minion.Id}/test"))["ok"]!.GetValue<bool>());
        var log = (await republic.Mira.Api.GetAsync("/api/admin/audit?action=model.load_anyway")).ToJsonString();
        Assert.Contains("big", log, StringComparison.Ordinal);
        await ada.Api.ProblemAsync(409, HttpMethod.Post, $"/api/personal-models/{id}/load-anyway");
    }

    [Fact]
    public async Task Beyond_the_quota_nothing_is_begun()
    {
        var ada = await republic.NewPersonAsync("Full");
        await ada.Api.ProblemAsync(
            507,
            HttpMethod.Post,
            "/api/personal-models/download",
            new { model_id = "meta-llama/llama-3.2-3b-instruct", variant = "Q4_K_M" }
        );
        await using var sources = new FileSource(Sprout);
        foreach (var name in (string[])["one", "two"])
        {
            await UntilAsync(ada, await DownloadAsync(ada, Anyway(new Uri(sources.Url, $"/{name}.gguf"))), "ready");
        }

        var before = sources.Sent;
        var failed = await UntilAsync(ada, await DownloadAsync(ada, Anyway(new Uri(sources.Url, "/three.gguf"))), "failed");
        Assert.Contains("This would exceed your limit", failed["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("checking", failed["stopped_at"]!.GetValue<string>());
        Assert.InRange(sources.Sent - before, 0, Sprout.Length);
        Assert.Equal(0, failed["bytes_done"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_download_goes_on_when_the_server_is_started_again()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Restarted");
        source.Next(call => call.GiveAsync(), call => call.StallAsync(3_000_000));
        var id = await DownloadAsync(ada, Anyway(source.Url));
        await Until.TrueAsync(async () => (await ModelAsync(ada, id))["bytes_done"]!.GetValue<long>() >= 3_000_000);

        var before = source.Sent;
        await republic.RestartAsync();

        await UntilAsync(ada, id, "ready");
        Assert.InRange(source.Sent - before, 1, Sprout.Length - 3_000_000 + (1 << 20));
    }

    [Fact]
    public async Task What_is_measured_while_a_run_trains_is_not_kept_and_a_test_afterwards_measures()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Hurried");
        var browser = await ada.BrowserAsync();
        Guid id;
        using (republic.Services.GetRequiredService<ThreadScheduler>().Beside(1, _ => { }))
        {
            id = await DownloadAsync(ada, Anyway(source.Url));
            var slowed = (await UntilAsync(ada, id, "ready"))["measured"]!;

            Assert.Null(slowed["tokens_per_s"]);
            Assert.Null(slowed["first_token_ms"]);
            Assert.NotEmpty(slowed["answer"]!.GetValue<string>());
            Assert.Contains("not measured, as a training run", await browser.ReadAsync($"/personal-models/{id}"), StringComparison.Ordinal);
        }

        await ada.Api.PostAsync($"/api/personal-models/{id}/test");

        Assert.True((await UntilAsync(ada, id, "ready"))["measured"]!["tokens_per_s"]!.GetValue<double>() > 0);
        var page = await browser.ReadAsync($"/personal-models/{id}");
        Assert.Contains("the most it can take", page, StringComparison.Ordinal);
        Assert.DoesNotContain("not measured, as", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_in_several_files_becomes_one()
    {
        await using var source = Split(out var url);
        var ada = await republic.NewPersonAsync("Splitter");
        await ada.Api.ProblemAsync(400, HttpMethod.Post, "/api/personal-models/download", new { url, sha256 = new string('0', 64) });

        var id = await DownloadAsync(ada, Anyway(url));
        var ready = await UntilAsync(ada, id, "ready");

        Assert.EndsWith("-00001-of-00003", ready["model_id"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("llama", ready["facts"]!["architecture"]!.GetValue<string>());
        Assert.NotEqual(0, ready["measured"]!["tokens_per_s"]!.GetValue<double>());
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));
    }

    [Fact]
    public async Task A_model_in_several_files_needs_the_memory_of_all_of_them_before_it_is_loaded()
    {
        await using var source = Split(out var url);
        var ada = await republic.NewPersonAsync("Counter");

        var whole = await UntilAsync(ada, await DownloadAsync(ada, new { url = source.Url }), "failed");
        var split = await UntilAsync(ada, await DownloadAsync(ada, new { url }), "failed");

        Assert.Equal("verifying", split["stopped_at"]!.GetValue<string>());
        Assert.StartsWith("It does not fit: ", OwnModels.Error(split), StringComparison.Ordinal);
        Assert.Equal(Need(whole), Need(split));

        // What is free changes meanwhile, and what is needed does not.
        static string Need(JsonNode model) => OwnModels.Error(model).Split("It needs ")[1].Split(" of memory;")[0];
    }

    [Fact]
    public async Task A_first_file_that_is_no_part_is_refused_before_the_second_is_fetched()
    {
        await using var source = new FileSource(Sprout);
        var ada = await republic.NewPersonAsync("Mistaken");
        var id = await DownloadAsync(ada, Anyway(new Uri(source.Url, "/x-00001-of-00002.gguf")));

        var failed = await UntilAsync(ada, id, "failed");

        Assert.Contains("File 1 of 2 is no part of a split model.", OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Contains(source.Requests, request => IsFor("00001", request) && !IsLook(request));
        Assert.All(source.Requests.Where(request => IsFor("00002", request)), request => Assert.True(IsLook(request), request));
        Assert.Empty(OwnModels.Incoming(republic.DataFolder, id));

        static bool IsFor(string part, string request) => request.Split(' ')[1].Contains($"-{part}-of-", StringComparison.Ordinal);

        static bool IsLook(string request) => FileCall.HeaderOf(request, "Range") == "bytes=0-0";
    }

    /// <summary>A source of the built-in model: the header alone, and two parts with its tensors; or all of it, where no part is asked for.</summary>
    /// <param name="last">The address of the last part.</param>
    private static FileSource Split(out Uri last)
    {
        var folder = Directory.CreateTempSubdirectory("republic-test-");
        var copy = Path.Combine(folder.FullName, "sprout.gguf");
        File.Copy(SproutPath, copy);
        var parts = GgufParts.Write(copy, [0, 20, 1000]).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes);
        folder.Delete(recursive: true);
        var source = new FileSource(Sprout);
        source.Usual = call =>
        {
            source.Content = parts.GetValueOrDefault(call.Raw.Request.Split(' ')[1].TrimStart('/'), Sprout);
            return call.GiveAsync();
        };
        last = new Uri(source.Url, $"/{parts.Keys.Order(StringComparer.Ordinal).Last()}");
        return source;
    }

    private static object Anyway(Uri url) => new { url, load_anyway = true };

    private static async Task<Guid> DownloadAsync(Inhabitant person, object order) =>
        (await person.Api.PostAsync("/api/personal-models/download", order))["personal_model"]!["id"]!.GetValue<Guid>();

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
}
