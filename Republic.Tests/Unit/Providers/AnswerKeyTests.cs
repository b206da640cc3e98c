using System.Text;
using Republic.Core.Providers;
using Republic.Core.Providers.Caching;
using Republic.Core.Providers.Routing;

namespace Republic.Tests.Unit.Providers;

public sealed class AnswerKeyTests
{
    private const string Asked = """{"model":"m","messages":[{"role":"user","content":"Hi"}],"temperature":0.7}""";
    private static readonly Guid Minion = Guid.CreateVersion7();
    private static readonly DateTimeOffset Saved = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly AnswerKey Usual = Key(Asked);

    [Fact]
    public void The_same_question_has_the_same_key_however_its_answer_is_wanted()
    {
        Assert.Equal(Usual, Key(Asked));
        Assert.Equal(
            Usual,
            Key(
                """{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}],"stream_options":{"include_usage":true},"temperature":0.7}"""
            )
        );
    }

    [Theory]
    [InlineData("""{"model":"n","messages":[{"role":"user","content":"Hi"}],"temperature":0.7}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Ho"}],"temperature":0.7}""")]
    [InlineData("""{"model":"m","messages":[{"role":"system","content":"Hi"}],"temperature":0.7}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"temperature":0.8}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hi"}],"temperature":0.7,"seed":1}""")]
    // A word that a message says is no wish for a stream.
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hi","stream":true}],"temperature":0.7}""")]
    public void Another_request_has_another(string body) => Assert.NotEqual(Usual, Key(body));

    [Fact]
    public void So_has_another_minion_version_purpose_path_provider_and_address()
    {
        AnswerKey[] keys =
        [
            Usual,
            Key(Asked, minion: Guid.CreateVersion7()),
            Key(Asked, saved: Saved.AddTicks(10)),
            Key(Asked, purpose: CallPurpose.Chat),
            Key(Asked, path: ModelRequest.Embeddings),
            Key(Asked, provider: "ollama"),
            Key(Asked, address: "http://two.example/v1"),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Whose_key_a_minion_is_asked_with_does_not_matter() => Assert.Equal(Usual, Key(Asked, apiKey: "sk-another"));

    private static AnswerKey Key(
        string body,
        Guid? minion = null,
        DateTimeOffset? saved = null,
        CallPurpose purpose = CallPurpose.Outside,
        string path = ModelRequest.Completions,
        string provider = "custom",
        string address = "http://one.example/v1",
        string apiKey = "sk-one"
    )
    {
        var target = new ModelTarget(ProviderCatalog.Embedded().Find(provider)!, "m", new Uri(address), apiKey);
        var route = ModelRoute.Direct(target) with { Minion = minion ?? Minion, Purpose = purpose };
        return AnswerKey.Of(
            route,
            new CachePolicy(saved ?? Saved, TimeSpan.FromHours(1)),
            new ModelRequest(path, "choices", false, _ => Encoding.UTF8.GetBytes(body)),
            target
        );
    }
}
