using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Requests that nobody sends by the page: at the same time, with names that mislead, with headers that lie.</summary>
public sealed class ModelAbuseTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Deleted_eight_times_at_once_it_is_gone_once()
    {
        var person = await republic.NewPersonAsync("Hasty");
        var id = IdOf(await OwnModels.InstallAsync(person, "victim"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => StatusAsync(person, HttpMethod.Delete, id)));

        Assert.Single(answers, HttpStatusCode.NoContent);
        Assert.All(answers, status => Assert.Contains(status, new[] { HttpStatusCode.NoContent, HttpStatusCode.NotFound }));
    }

    [Fact]
    public async Task Renamed_while_it_is_deleted_it_is_renamed_or_not_found()
    {
        var person = await republic.NewPersonAsync("Torn");
        for (var round = 0; round < 5; round++)
        {
            var id = IdOf(await OwnModels.InstallAsync(person, $"torn-{round}"));

            var renamed = StatusAsync(person, HttpMethod.Put, id, new { custom_name = $"new-{round}" });
            var deleted = StatusAsync(person, HttpMethod.Delete, id);

            Assert.Equal(HttpStatusCode.NoContent, await deleted);
            Assert.Contains(await renamed, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
        }
    }

    [Theory]
    [InlineData("\u200b")]
    [InlineData("\u200bsprout")]
    [InlineData("a\u202eb")]
    [InlineData("a\u2028b")]
    [InlineData("../a")]
    public async Task A_name_that_misleads_is_refused(string name)
    {
        var person = await republic.NewPersonAsync($"Sly{name.Sum(letter => letter)}");
        var id = IdOf(await OwnModels.InstallAsync(person, "plain"));

        var problem = await person.Api.ProblemAsync(400, HttpMethod.Put, OwnModels.PathOf(id), new { custom_name = name });

        Assert.Contains("invisible", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_architecture_that_is_no_name_is_a_failure_that_says_so()
    {
        var file = GgufMutations.Sprout.ToArray();
        var at = file.AsSpan().IndexOf("general.architecture"u8) + "general.architecture".Length + 4 + 8;
        "ll\0ma"u8.CopyTo(file.AsSpan(at));
        var person = await republic.NewPersonAsync("Nul");

        var model = await OwnModels.UntilAsync(person, await OwnModels.UploadAsync(person, file, ".gguf"), "failed");

        Assert.Contains("names an architecture", OwnModels.Error(model), StringComparison.Ordinal);
        Assert.Equal("model", model["model_id"]!.GetValue<string>());
        await person.Api.ProblemAsync(409, HttpMethod.Post, OwnModels.PathOf(IdOf(model), "load-anyway"));
        var page = await (await person.BrowserAsync()).ReadAsync($"/personal-models/{IdOf(model)}");
        Assert.DoesNotContain("Load anyway", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mailto:")]
    [InlineData("urn:")]
    [InlineData("mailto:a@b%23c")]
    public async Task The_page_of_a_URL_that_is_no_address_says_so(string url)
    {
        var person = await republic.NewPersonAsync($"Lost{url.Length}");

        var page = await (await person.BrowserAsync()).ReadAsync($"/personal-models/available?url={Uri.EscapeDataString(url)}");

        Assert.Contains("must start with http://", page, StringComparison.Ordinal);
    }

    private static Guid IdOf(JsonNode model) => model["id"]!.GetValue<Guid>();

    private static async Task<HttpStatusCode> StatusAsync(Inhabitant person, HttpMethod method, Guid id, object? body = null)
    {
        using var answer = await person.Api.SendAsync(method, OwnModels.PathOf(id), body);
        return answer.StatusCode;
    }
}
