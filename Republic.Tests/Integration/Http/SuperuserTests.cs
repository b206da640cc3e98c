using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>A superuser sees that somebody keeps something, and not what it is.</summary>
public sealed class SuperuserTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
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

    private async Task RefusedAsync(HttpMethod method, string path, object? body)
    {
        using var answer = await superuser.Api.SendAsync(method, path, body);
        var said = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {answer.StatusCode}");
        Assert.Equal(403, (int)JsonNode.Parse(said)!["status"]!);
        Assert.DoesNotContain("turns", said);
    }
}
