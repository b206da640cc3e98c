using Microsoft.Extensions.AI;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>Calls that are not made after all: nothing left this machine by them.</summary>
public sealed class NeverSentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_whose_key_no_server_could_read_left_nothing()
    {
        await using var layer = new ProviderLayer([]);
        var target = layer.Target("openai", key: "sk-with a blank");
        using var client = layer.Router.ChatClient(new ModelRoute([RouteCandidate.To(target)]));

        var error = await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync("Hi", cancellationToken: Ct));

        var attempt = Assert.Single(client.Receipt!.Attempts);
        Assert.True(target.LeavesMachine);
        Assert.Equal((ProviderErrorKind.BadKey, RouteOutcome.Failed, false), (error.Kind, attempt.Outcome, attempt.LeftMachine));
    }
}
