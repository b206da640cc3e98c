using Republic.Core.Minions.Access;
using Republic.Core.Minions.Profiles;

namespace Republic.Tests.Unit.Minions;

public sealed class SlugTests
{
    [Theory]
    [InlineData("Grafana", "grafana")]
    [InlineData("  My Coding Assistant! ", "my-coding-assistant")]
    [InlineData("Zoë’s Planner", "zoe-s-planner")]
    [InlineData("DeepSeek R1", "deepseek-r1")]
    [InlineData("🦉", "minion")]
    [InlineData("東京", "minion")]
    [InlineData("", "minion")]
    [InlineData(null, "minion")]
    public void A_name_becomes_small_letters_digits_and_dashes(string? name, string slug) => Assert.Equal(slug, Slug.Of(name));

    [Fact]
    public void A_long_name_is_cut_without_a_dash_at_its_end()
    {
        var slug = Slug.Of(string.Concat(Enumerable.Repeat("ab ", 50)));
        Assert.InRange(slug.Length, 40, 48);
        Assert.NotEqual('-', slug[^1]);
    }

    [Fact]
    public void Republic_ids_are_a_slug_and_eight_hex_digits_and_keys_have_43_characters()
    {
        Assert.Matches("^grafana-[0-9a-f]{8}$", RepublicKey.IdFor("Grafana"));
        var key = RepublicKey.New();
        Assert.Matches("^rep_[A-Za-z0-9_-]{43}$", key.Text);
        Assert.Equal(RepublicKey.HashOf(key.Text), key.Hash);
        Assert.DoesNotContain(key.Text, key.ToString());
    }
}
