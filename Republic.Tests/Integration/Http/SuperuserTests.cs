using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>A superuser sees that somebody keeps something, and not what it is.</summary>
public sealed class SuperuserTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Secret = "The vault opens with four turns to the left.";

    private readonly Inhabitant owner = republic.Jonas;
    private readonly Inhabitant superuser = republic.Mira;

    [Fact]
    public async Task Of_collections_there_are_cards_and_no_contents()
    {
        var collection = await republic.NewCollectionAsync(owner.Id, "Vault");
        var document = await republic.NewDocumentAsync(collection, Secret);
        var path = $"/api/users/{owner.Id}/collections";
        Assert.Contains("Vault", (await superuser.Api.GetAsync(path)).ToJsonString());
        Assert.Equal(1, (int)(await superuser.Api.GetAsync($"{path}/{collection.Id}"))["collection"]!["passage_count"]!);

        foreach (
            var (method, more, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Get, $"/{collection.Id}/documents", null),
                (HttpMethod.Get, $"/{collection.Id}/documents/{document.Id}", null),
                (HttpMethod.Get, $"/{collection.Id}/documents/{document.Id}/passages", null),
                (HttpMethod.Post, $"/{collection.Id}/search", new { query = "vault" }),
                (HttpMethod.Get, $"/{collection.Id}/questions", null),
                (HttpMethod.Put, $"/{collection.Id}", new { name = "Mine" }),
                (HttpMethod.Delete, $"/{collection.Id}", null),
                (HttpMethod.Post, "", new { name = "A gift" }),
            }
        )
        {
            await RefusedAsync(method, path + more, body);
        }

        Assert.NotEmpty((await owner.Api.PostAsync($"{path}/{collection.Id}/search", new { query = "vault" }))["hits"]!.AsArray());
        Assert.Equal("Vault", (string)(await owner.Api.GetAsync($"{path}/{collection.Id}"))["collection"]!["name"]!);
    }

    [Fact]
    public async Task Of_datasets_there_are_cards_and_no_rows()
    {
        var dataset = await DatasetWorld.MakeAsync(owner, DatasetWorld.Pairs(6, "vault"));
        var id = (string)dataset["id"]!;
        var path = DatasetWorld.PathOf(owner);
        Assert.Contains(id, (await superuser.Api.GetAsync(path)).ToJsonString());
        Assert.Equal(6, (int)(await superuser.Api.GetAsync($"{path}/{id}"))["dataset"]!["sample_count"]!);

        foreach (
            var more in (string[])["preview", "rejected", "duplicates", "changes", "versions", "diff", "statistics", "download", "look"]
        )
        {
            await RefusedAsync(HttpMethod.Get, $"{path}/{id}/{more}", null);
        }

        await RefusedAsync(HttpMethod.Put, $"{path}/{id}", new { name = "Mine" });
        await RefusedAsync(HttpMethod.Delete, $"{path}/{id}", null);
        Assert.Equal(6, (await owner.Api.GetAsync($"{path}/{id}/preview"))["rows"]!.AsArray().Count);
    }

    [Fact]
    public async Task Of_runs_it_is_seen_how_they_go_and_they_can_be_stopped()
    {
        var minion = await owner.NewMinionAsync("trainee");
        var dataset = await DatasetWorld.MakeAsync(owner, DatasetWorld.Pairs(6, "turns"));
        var run = await TrainingWorld.NewJobAsync(owner, minion.Id, [Guid.Parse((string)dataset["id"]!)]);
        var path = TrainingWorld.PathOf(owner);
        Assert.Contains(run.ToString(), (await superuser.Api.GetAsync(path)).ToJsonString());
        var seen = (await superuser.Api.GetAsync($"{path}/{run}"))["job"]!;
        Assert.Equal("PENDING", (string)seen["status"]!);
        Assert.All(seen["steps"]!.AsArray(), step => Assert.Empty(step!["output"]!.AsObject()));

        foreach (var more in (string[])["events", "losses", "answers", "adapter"])
        {
            await RefusedAsync(HttpMethod.Get, $"{path}/{run}/{more}", null);
        }

        await RefusedAsync(HttpMethod.Post, $"{path}/{run}/start", null);
        await RefusedAsync(HttpMethod.Put, $"{path}/{run}", new { job_name = "Mine" });
        await RefusedAsync(HttpMethod.Delete, $"{path}/{run}", null);
        await RefusedAsync(HttpMethod.Post, path, new { job_name = "A gift", minion_id = minion.Id });
        await RefusedAsync(HttpMethod.Get, $"/api/users/{owner.Id}/training-schedules", null);
        Assert.Equal("A run", (string)(await owner.Api.GetAsync($"{path}/{run}"))["job"]!["job_name"]!);
    }

    [Fact]
    public async Task Keys_and_prices_of_others_are_seen_and_not_written()
    {
        var path = $"/api/users/{owner.Id}";
        var key = new
        {
            provider = "custom",
            base_url = "http://127.0.0.1:9/v1",
            api_key = "sk-turns-of-the-key",
            label = "Vault",
        };
        var stored = (string)(await owner.Api.PostAsync($"{path}/providers", key))["provider"]!["id"]!;
        await owner.Api.PostAsync(
            $"{path}/prices",
            new
            {
                provider = "custom",
                model = "vault",
                input = 1,
                output = 2,
            }
        );
        Assert.Contains("Vault", (await superuser.Api.GetAsync($"{path}/providers")).ToJsonString());
        await superuser.Api.GetAsync($"{path}/providers/health");
        var price = (string)(await superuser.Api.GetAsync($"{path}/prices?q=vault"))["prices"]![0]!["id"]!;

        await RefusedAsync(HttpMethod.Post, $"{path}/providers", key);
        await RefusedAsync(HttpMethod.Put, $"{path}/providers/{stored}", new { base_url = "http://127.0.0.1:10/v1" });
        await RefusedAsync(HttpMethod.Post, $"{path}/providers/test", key);
        await RefusedAsync(HttpMethod.Post, $"{path}/providers/{stored}/test", null);
        await RefusedAsync(HttpMethod.Post, $"{path}/providers/custom/models/refresh", null);
        await RefusedAsync(HttpMethod.Delete, $"{path}/providers/{stored}", null);
        await RefusedAsync(
            HttpMethod.Post,
            $"{path}/prices",
            new
            {
                provider = "custom",
                model = "vault",
                input = 0,
                output = 0,
            }
        );
        await RefusedAsync(HttpMethod.Delete, $"{path}/prices/{price}", null);

        var still = (await owner.Api.GetAsync($"{path}/providers/{stored}"))["provider"]!;
        Assert.Equal("http://127.0.0.1:9/v1", (string)still["base_url"]!);
        Assert.Equal(price, (string)(await owner.Api.GetAsync($"{path}/prices?q=vault"))["prices"]![0]!["id"]!);
    }

    private async Task RefusedAsync(HttpMethod method, string path, object? body)
    {
        using var answer = await superuser.Api.SendAsync(method, path, body);
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {answer.StatusCode}");
        Assert.Equal(403, (int)JsonNode.Parse(said)!["status"]!);
        Assert.DoesNotContain("turns", said);
    }
}
