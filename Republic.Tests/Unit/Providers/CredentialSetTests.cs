using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;

namespace Republic.Tests.Unit.Providers;

/// <summary>Which stored keys a model is asked with where none is named.</summary>
public sealed class CredentialSetTests
{
    private static readonly ProviderRow Row = ProviderCatalog.Embedded().Find("openai")!;

    [Fact]
    public void The_default_comes_first_and_those_that_share_its_load_after_it() =>
        Assert.Equal(["b", "c"], Labels(new CredentialSet([Key("a"), Key("b", isDefault: true), Key("c", sharesLoad: true)], [])));

    [Fact]
    public void Keys_for_other_providers_are_left_out() =>
        Assert.Empty(Labels(new CredentialSet([Key("a", provider: "groq", isDefault: true)], [])));

    [Fact]
    public void The_installations_key_is_for_those_who_have_none()
    {
        var shared = Key("theirs", isDefault: true);

        Assert.Equal(["theirs"], Labels(new CredentialSet([], [shared])));
        Assert.Equal(["mine"], Labels(new CredentialSet([Key("mine", isDefault: true)], [shared])));
    }

    [Theory]
    [InlineData(null, "a")]
    [InlineData("https://api.openai.com/v1/", "a")]
    [InlineData("https://proxy.example.org/v1", "b")]
    [InlineData("https://elsewhere.example.org/v1", "")]
    public void An_address_gets_the_keys_that_were_entered_for_it(string? baseUrl, string label)
    {
        var ring = new CredentialSet([Key("a", isDefault: true), Key("b", baseUrl: "https://proxy.example.org/v1/")], []);

        Assert.Equal(label.Length == 0 ? [] : [label], ring.For(Row, baseUrl).Select(key => key.Label));
    }

    [Fact]
    public void Only_ones_own_key_can_be_named()
    {
        var (own, shared) = (Key("mine"), Key("theirs"));
        var ring = new CredentialSet([own], [shared]);

        Assert.Same(own, ring.Find(own.Id));
        Assert.Null(ring.Find(shared.Id));
        Assert.Null(ring.Find(null));
    }

    private static IEnumerable<string> Labels(CredentialSet ring) => ring.For(Row, null).Select(key => key.Label);

    private static Credential Key(
        string label,
        string provider = "openai",
        bool isDefault = false,
        bool sharesLoad = false,
        string? baseUrl = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OwnerId = Guid.Empty,
            Provider = provider,
            Label = label,
            BaseUrl = baseUrl,
            IsDefault = isDefault,
            SharesLoad = sharesLoad,
            CreatedAt = DateTimeOffset.UnixEpoch,
            UpdatedAt = DateTimeOffset.UnixEpoch,
        };
}
