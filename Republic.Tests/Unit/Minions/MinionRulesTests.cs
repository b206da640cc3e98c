using System.Text.Json;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Minions;

public sealed class MinionRulesTests
{
    private static readonly MinionRules Rules = new(ProviderCatalog.Embedded(), Guards.Strict());

    private static MinionInput Good =>
        new()
        {
            Name = "ada",
            Provider = "openai",
            ModelId = "gpt-4.1",
        };

    [Fact]
    public void Three_fields_make_a_minion() => Assert.Empty(Rules.Check(Good, null, CredentialSet.Empty));

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var wrong = new MinionInput
        {
            Temperature = 2.1,
            TopP = 0,
            MaxTokens = 0,
            ContextLength = -1,
            Description = new string('x', 10_001),
        };
        Assert.Equal(
            ["context_length", "description", "max_tokens", "model_id", "name", "provider", "temperature", "top_p"],
            Rules.Check(wrong, null, CredentialSet.Empty).Select(error => error.Field).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void A_model_that_makes_vectors_alone_is_no_model_for_a_minion()
    {
        Assert.Equal(BuiltInEmbedding.ModelId, ProviderCatalog.Embedded().Find("local")!.VectorModel);
        var vectors = Good with { Provider = "local", ModelId = BuiltInEmbedding.ModelId };
        Assert.Contains("writes no answers", Only(vectors, "model_id"));
        var fallback = Good with { Fallbacks = [new("local", BuiltInEmbedding.ModelId)] };
        Assert.Contains("writes no answers", Only(fallback, "fallbacks[0].model_id"));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, true)]
    [InlineData(10_080, true)]
    [InlineData(10_081, false)]
    [InlineData(-1, false)]
    public void Answers_are_remembered_for_a_week_at_most(int? minutes, bool isTaken)
    {
        var errors = Rules.Check(Good with { CacheMinutes = minutes }, null, CredentialSet.Empty);
        Assert.Equal(isTaken ? [] : ["cache_minutes"], errors.Select(error => error.Field));
    }

    [Fact]
    public void A_name_has_one_to_a_hundred_characters()
    {
        Assert.Empty(Rules.Check(Good with { Name = new string('n', 100) }, null, CredentialSet.Empty));
        Assert.Contains("at most 100", Only(Good with { Name = new string('n', 101) }, "name"));
        Assert.Contains("missing", Only(Good with { Name = "  " }, "name"));
        Assert.Contains("cannot be kept", Only(Good with { Name = "a\nb" }, "name"));
        Assert.Contains("cannot be kept", Only(Good with { Name = "a\u202Eb" }, "name"));
        Assert.Empty(Rules.Check(Good with { Name = "\U0001F469\u200D\U0001F52C" }, null, CredentialSet.Empty));
    }

    [Fact]
    public void An_unknown_provider_is_answered_with_those_that_are_known()
    {
        var message = Only(Good with { Provider = "acme" }, "provider");
        Assert.Contains("acme", message);
        Assert.All(ProviderCatalog.Embedded().Rows, row => Assert.Contains(row.Name, message));
    }

    [Theory]
    [InlineData("http://192.168.1.7/v1", "private address")]
    [InlineData("http://169.254.169.254/latest", "metadata")]
    [InlineData("ftp://example.org", "http:// or https://")]
    [InlineData("not an address", "not an address")]
    [InlineData("https://me:secret@example.org/v1", "user name or password")]
    public void A_base_url_that_may_not_be_reached_says_why(string url, string why) =>
        Assert.Contains(why, Only(Good with { BaseUrl = url }, "base_url"));

    [Fact]
    public void Custom_needs_an_address_and_local_takes_none()
    {
        Assert.Contains("no address of its own", Only(Good with { Provider = "custom" }, "base_url"));
        Assert.Contains("runs inside", Only(Good with { Provider = "local", BaseUrl = "https://example.org" }, "base_url"));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(-0.1, false)]
    [InlineData(2.01, false)]
    [InlineData(double.NaN, false)]
    public void Temperature_goes_from_0_to_2(double temperature, bool isGood) =>
        Assert.Equal(isGood, Rules.Check(Good with { Temperature = temperature }, null, CredentialSet.Empty).Count == 0);

    [Theory]
    [InlineData(0.01, true)]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(1.01, false)]
    public void Top_p_is_above_0_and_up_to_1(double topP, bool isGood) =>
        Assert.Equal(isGood, Rules.Check(Good with { TopP = topP }, null, CredentialSet.Empty).Count == 0);

    [Theory]
    [InlineData("🧠", true)]
    [InlineData("👩‍💻", true)]
    [InlineData("A", true)]
    [InlineData("🧠🧠", false)]
    [InlineData("robot", false)]
    public void An_avatar_is_one_emoji_or_letter(string avatar, bool isGood) =>
        Assert.Equal(isGood, Rules.Check(Good with { Avatar = avatar }, null, CredentialSet.Empty).Count == 0);

    [Theory]
    [InlineData("""{"a": 1e400}""")]
    [InlineData("""{"a": 1e-20000}""")]
    [InlineData("""{"a": "\u0000"}""")]
    [InlineData("""{"a": ["\ud800"]}""")]
    [InlineData("[1]")]
    public void What_the_database_could_not_keep_is_refused_before_it_gets_there(string json) =>
        Assert.Equal(
            "metadata",
            Assert.Single(Rules.Check(Good with { Metadata = JsonElement.Parse(json) }, null, CredentialSet.Empty)).Field
        );

    [Theory]
    [InlineData("sk with space")]
    [InlineData("sk-schlüssel")]
    public void A_key_that_no_provider_could_have_made_is_refused(string key)
    {
        var message = Only(Good with { ApiKey = key }, "api_key");
        Assert.DoesNotContain(key, message);
    }

    private static string Only(MinionInput input, string field)
    {
        var error = Assert.Single(Rules.Check(input, null, CredentialSet.Empty));
        Assert.Equal(field, error.Field);
        return error.Message;
    }
}
