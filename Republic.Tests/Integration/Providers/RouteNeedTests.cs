using System.Text.Json;
using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Questions that not every model takes: with tools, or for an answer as JSON.</summary>
public sealed class RouteNeedTests : IAsyncLifetime
{
    private static readonly ChatOptions WithTool = new()
    {
        Tools = [AIFunctionFactory.CreateDeclaration("weather", "Outside", JsonElement.Parse("""{"type":"object"}"""))],
    };

    private static readonly ChatOptions AsJson = new() { ResponseFormat = ChatResponseFormat.Json };

    private readonly RawUpstream[] upstreams = [new(), new(), new()];
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer(upstreams.Select((upstream, i) => ($"Outbound:AllowedHosts:{i}", upstream.Authority)));
        upstreams[0].Script = call => call.JsonAsync("""{"error":{"message":"overloaded"}}""", "503 Service Unavailable");
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("response_format")]
    public async Task A_fallback_that_does_not_take_it_is_passed_over_and_the_receipt_says_so(string field)
    {
        var options = field == "tools" ? WithTool : AsJson;
        var route = new ModelRoute([Candidate(0), Candidate(1, without: field), Candidate(2)]);
        using var client = layer.Router.ChatClient(route);

        var answer = await client.GetResponseAsync("Hi", options, Ct);
        var preview = await layer.DryRun.PreviewAsync(route, [new ChatMessage(ChatRole.User, "Hi")], options, Ct);

        Assert.Equal("Hello", answer.Text);
        Assert.Equal(
            [("m0", RouteOutcome.Failed), ("m1", RouteOutcome.PassedOver), ("m2", RouteOutcome.Answered)],
            client.Receipt!.Attempts.Select(attempt => (attempt.Model, attempt.Outcome))
        );
        Assert.Equal($"It takes no {field}.", client.Receipt.Attempts[1].Reason);
        Assert.Empty(upstreams[1].Requests);
        Assert.Equal((null, $"It takes no {field}."), (preview.Attempts[1].Turn, preview.Attempts[1].Reason));
    }

    [Fact]
    public async Task It_answers_questions_that_need_none_of_it()
    {
        using var client = layer.Router.ChatClient(new ModelRoute([Candidate(0), Candidate(1, without: "tools")]));

        Assert.Equal("Hello", (await client.GetResponseAsync("Hi", AsJson, Ct)).Text);
        Assert.Single(upstreams[1].Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_the_model_that_is_meant_does_not_take_it_the_field_is_named_and_nobody_is_asked(bool streamed)
    {
        using var client = layer.Router.ChatClient(new ModelRoute([Candidate(0, without: "tools"), Candidate(1)]));

        var error = await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            if (streamed)
            {
                await client.GetStreamingResponseAsync("Hi", WithTool, Ct).ToListAsync(Ct);
            }
            else
            {
                await client.GetResponseAsync("Hi", WithTool, Ct);
            }
        });

        Assert.Equal((ProviderErrorKind.BadRequest, "tools"), (error.Kind, error.Param));
        Assert.Contains("takes no tools. Leave out tools", error.Message, StringComparison.Ordinal);
        Assert.All(upstreams, upstream => Assert.Empty(upstream.Requests));
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        foreach (var upstream in upstreams)
        {
            await upstream.DisposeAsync();
        }
    }

    private RouteCandidate Candidate(int number, string? without = null)
    {
        var target = layer.Target("custom", upstreams[number].BaseUrl);
        var fields = target.Provider.PassThrough.Where(field => field != without).ToHashSet(StringComparer.Ordinal);
        return RouteCandidate.To(target with { ModelId = $"m{number}", Provider = target.Provider with { PassThrough = fields } });
    }
}
