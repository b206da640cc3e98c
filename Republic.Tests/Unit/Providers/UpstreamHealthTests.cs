using Microsoft.Extensions.Options;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Tests.Unit.Providers;

/// <summary>Chats and vectors of one provider and key are judged apart.</summary>
public sealed class UpstreamHealthTests
{
    private static readonly ModelTarget Target = new(ProviderCatalog.Embedded().Find("openai")!, "any", null, null);

    private readonly RoutingLimits limits = new();
    private readonly UpstreamHealth health;

    public UpstreamHealthTests() => health = new UpstreamHealth(Options.Create(limits), TimeProvider.System);

    [Fact]
    public void Vectors_that_fail_leave_chats_alone()
    {
        Fail(ModelRequest.Embeddings);
        Assert.NotNull(health.RestOf(Target));

        var chats = health.Of(Target, ModelRequest.Completions);

        Assert.False(health.Of(Target, ModelRequest.Embeddings).MayEnter(ignoresHealth: false));
        Assert.True(chats.MayEnter(ignoresHealth: false));
        Assert.Null(health.RestOf(Target));
    }

    [Fact]
    public void A_page_shows_that_chats_rest_although_vectors_are_made()
    {
        Fail(ModelRequest.Completions);
        health.Of(Target, ModelRequest.Embeddings).Succeeded();

        Assert.NotNull(health.RestOf(Target));
    }

    [Fact]
    public void Many_answers_that_break_at_once_are_one_outage()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail(ModelRequest.Completions);
        }

        Assert.InRange(health.RestOf(Target)!.Value, TimeSpan.FromSeconds(1), limits.OpenFor);
    }

    [Theory]
    [InlineData("broken", "sound", null, null)]
    [InlineData("called alike", "called alike", "one file", "another")]
    public void A_local_model_that_fails_leaves_the_others_alone(string broken, string sound, string? itsFile, string? othersFile)
    {
        var local = ProviderCatalog.Embedded().Find("local")!;
        var (failing, other) = (Of(broken, itsFile), Of(sound, othersFile));

        Fail(ModelRequest.Completions, failing);

        Assert.False(health.Of(failing, ModelRequest.Completions).MayEnter(ignoresHealth: false));
        Assert.True(health.Of(other, ModelRequest.Completions).MayEnter(ignoresHealth: false));

        ModelTarget Of(string name, string? file)
        {
            var model = new ModelTarget(local, name, null, null);
            return file is null
                ? model
                : model with
                {
                    OwnModels = new Dictionary<string, InstalledModel> { [name] = new(file, LoadAnyway: false) },
                };
        }
    }

    private void Fail(string path, ModelTarget? target = null)
    {
        for (var i = 0; i < limits.FailuresToOpen; i++)
        {
            health.Of(target ?? Target, path).Failed(new ProviderException(ProviderErrorKind.Unavailable, "OpenAI", "Overloaded"));
        }
    }
}
