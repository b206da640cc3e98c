using System.Globalization;
using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>A dry run says beforehand what a call then does, in every mixture of what can be in a model's way.</summary>
public sealed class RoutePlanTests : IAsyncLifetime
{
    private const string Long =
        "A prompt that is longer than the shortest of the contexts, and shorter than all the others, so that one model alone has to be passed over.";

    private readonly RawUpstream[] upstreams = [new(), new(), new()];
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Every way that three candidates can be in.</summary>
    public static TheoryData<string, bool> States()
    {
        const string One = "orpckal";
        var data = new TheoryData<string, bool>();
        foreach (var first in One)
        {
            foreach (var second in One)
            {
                data.Add($"{first}{second}o", false);
                data.Add($"{first}{second}a", true);
            }
        }

        return data;
    }

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([
            .. upstreams.Select((upstream, i) => ($"Outbound:AllowedHosts:{i}", upstream.Authority)),
            ("Providers:Routing:Rounds", "1"),
        ]);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task The_dry_run_and_the_call_choose_the_same(string states, bool consents)
    {
        var candidates = new List<RouteCandidate>();
        for (var i = 0; i < states.Length; i++)
        {
            candidates.Add(await CandidateAsync(states[i], i));
        }

        var route = new ModelRoute(candidates) { HasConsent = consents };
        var said = await PreviewAsync(route, Long);
        var client = layer.Router.ChatClient(route);
        string? answer = null;
        try
        {
            answer = (await client.GetResponseAsync(Long, cancellationToken: Ct)).Text;
        }
        catch (ProviderException) { }

        var asked = client.Receipt!.Attempts.FirstOrDefault(attempt => attempt.WasSent);
        Assert.Equal(said.Chosen?.Model, asked?.Model);
        Assert.Equal(said.Chosen?.LeavesMachine ?? false, asked?.LeftMachine ?? false);
        // Who answers at once answers when it is its turn: nobody is asked after that.
        Assert.Equal(said.Chosen?.Model, answer);
        Assert.All(
            said.Attempts.Where(attempt => attempt.Turn is null),
            attempt =>
                Assert.DoesNotContain(
                    client.Receipt.Attempts,
                    real => real.WasSent && (real.Model, real.Key) == (attempt.Model, attempt.Key)
                )
        );
        Assert.All(said.Attempts, attempt => Assert.True(attempt.Turn is not null || attempt.Reason is { Length: > 10 }));
    }

    [Fact]
    public async Task A_prompt_that_nobody_could_take_is_sent_to_the_first_that_it_may_say_so() =>
        Assert.Equal("m0", (await PreviewAsync(new ModelRoute([Short(0), Short(1)]), new string('x', 5000))).Chosen?.Model);

    [Fact]
    public async Task Whose_context_is_too_short_is_passed_over_where_another_takes_the_prompt()
    {
        var preview = await PreviewAsync(new ModelRoute([Short(0), RouteCandidate.To(Target(1))]), new string('x', 1234 * 5));

        Assert.Equal("m1", preview.Chosen?.Model);
        Assert.Contains("about 1,234 tokens, and this model takes 20", preview.Attempts[0].Reason);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        foreach (var upstream in upstreams)
        {
            await upstream.DisposeAsync();
        }
    }

    private Task<RoutePreview> PreviewAsync(ModelRoute route, string prompt) =>
        layer.DryRun.PreviewAsync(route, [new ChatMessage(ChatRole.User, prompt)], null, Ct);

    /// <param name="state">
    /// ok, resting after failures, asked for a pause, context too short, no key, away from this machine, two ways of which one rests.
    /// </param>
    private async Task<RouteCandidate> CandidateAsync(char state, int number)
    {
        upstreams[number].Script = call => call.JsonAsync(Say.Whole($"m{number}"));
        switch (state)
        {
            case 'r':
                await FailAsync(Target(number), "500 Internal Server Error", "", times: 5);
                return RouteCandidate.To(Target(number));
            case 'p':
                await FailAsync(Target(number), "429 Too Many Requests", "Retry-After: 40\r\n", times: 1);
                return RouteCandidate.To(Target(number));
            case 'c':
                return Short(number);
            case 'k':
                return new RouteCandidate("groq", $"m{number}", [], "Groq needs a key, and there is none for it.");
            case 'a':
                // Not the loopback's own address, so that it counts as another machine; the guard knows it by name all the same.
                return RouteCandidate.To(
                    Target(number) with
                    {
                        BaseUrl = new Uri($"http://localhost.:{upstreams[number].BaseUrl.Port.ToString(CultureInfo.InvariantCulture)}/v1"),
                    }
                );
            case 'l':
                var spare = Target(number) with { KeyId = Guid.CreateVersion7(), KeyLabel = "spare" };
                await FailAsync(spare, "500 Internal Server Error", "", times: 5);
                return new RouteCandidate("custom", $"m{number}", [spare, Target(number)]);
            default:
                return RouteCandidate.To(Target(number));
        }
    }

    private async Task FailAsync(ModelTarget target, string status, string headers, int times)
    {
        var upstream = upstreams[target.ModelId[1] - '0'];
        var answers = upstream.Script;
        upstream.Script = call => call.JsonAsync("""{"error":{"message":"no"}}""", status, headers);
        for (var i = 0; i < times; i++)
        {
            await layer.Router.TestAsync(target, Ct);
        }

        upstream.Script = answers;
    }

    private RouteCandidate Short(int number) => RouteCandidate.To(Target(number)) with { ContextLength = 20 };

    private ModelTarget Target(int number) => layer.Target("custom", upstreams[number].BaseUrl) with { ModelId = $"m{number}" };
}
