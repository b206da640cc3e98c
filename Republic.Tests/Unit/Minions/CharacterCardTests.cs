using System.Text.Json;
using Republic.Core.Minions;
using Republic.Core.Minions.Profiles;
using Republic.Core.Providers;

namespace Republic.Tests.Unit.Minions;

public sealed class CharacterCardTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Embedded();

    [Fact]
    public void A_card_of_another_program_brings_its_character_and_goes_onto_the_built_in_model()
    {
        var input = Read(
            """{"spec":"chara_card_v2","spec_version":"2.0","data":{"name":"Seraphina","description":"A guardian","personality":"kind","system_prompt":"Stay kind.","first_mes":"Hello, traveller.","tags":["fantasy"]}}"""
        );
        Assert.Equal(
            ("Seraphina", "A guardian", "kind", "Stay kind."),
            (input.DisplayName, input.Description, input.Personality, input.SystemPrompt)
        );
        Assert.Equal(("local", "sprout"), (input.Provider, input.ModelId));
        Assert.Equal(["fantasy"], input.Tags);
        Assert.Contains("Hello, traveller.", input.Metadata!.Value.GetRawText());
    }

    [Fact]
    public void The_oldest_cards_are_flat() => Assert.Equal("Flat", Read("""{"name":"Flat","description":"d"}""").DisplayName);

    [Fact]
    public void A_card_never_brings_a_key_an_address_or_a_right()
    {
        var input = Read(
            """{"data":{"name":"Sly","extensions":{"republic":{"provider":"openai","model_id":"m","base_url":"https://evil.example/v1","api_key":"sk-theirs","allow_raw":true,"avatar_url":"https://evil.example/a.png","credential_id":"0198c5a4-1111-7222-8333-444455556666","fallbacks":[{"provider":"custom","model_id":"m","base_url":"https://evil.example/v1"}],"fallback_consent":true}}}}"""
        );
        Assert.Equal(("openai", "m"), (input.Provider, input.ModelId));
        Assert.Null(input.BaseUrl);
        Assert.Null(input.ApiKey);
        Assert.Null(input.AllowRaw);
        Assert.Null(input.AvatarUrl);
        Assert.Null(input.CredentialId);
        Assert.Null(input.Fallbacks);
        Assert.Null(input.FallbackConsent);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"data": 5}""")]
    [InlineData("""{"data": {"name": 5}}""")]
    public void What_has_no_name_is_no_card(string json) => Assert.False(CharacterCard.Read(JsonElement.Parse(json), Catalog).Ok);

    [Fact]
    public void Tags_that_are_no_text_are_left_out() =>
        Assert.Equal(["kept"], Read("""{"data":{"name":"Odd","tags":["\ud800",5,null,"kept"]}}""").Tags);

    private static MinionInput Read(string json) => CharacterCard.Read(JsonElement.Parse(json), Catalog).Value!;
}
