using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The schema that editors fetch.</summary>
public sealed class ScenarioSchemaTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Address = "/schemas/scenario-1.json";

    [Fact]
    public async Task Anybody_may_read_it_and_keep_it_for_a_while()
    {
        using var http = new HttpClient { BaseAddress = republic.Address };
        using var answer = await http.GetAsync(Address, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalHours: > 1 }, answer.Headers.CacheControl?.ToString());
        var schema = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)schema["$schema"]);
        Assert.Equal(Address, (string?)schema["$id"]);
    }
}
