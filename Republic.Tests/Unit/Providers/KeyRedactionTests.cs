using System.Text;
using Republic.Core.Providers.Upstream;

namespace Republic.Tests.Unit.Providers;

public sealed class KeyRedactionTests
{
    private const string Key = "sk-proj-7Hq2ZpW9xRt4LmN8vBc1YdK5";
    private static readonly string Reversed = new([.. Key.Reverse()]);

    [Theory]
    [InlineData(0, 32)]
    [InlineData(4, 20)]
    public void The_key_and_its_pieces_are_hidden(int from, int to) => AssertHidden(Key[from..to], Key[from..to]);

    [Fact]
    public void Turned_round_it_is_hidden_too() => AssertHidden(Reversed, Reversed);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("Bearer ")]
    [InlineData("user:")]
    public void So_it_is_in_base64_whatever_stands_before_it(string before)
    {
        foreach (var key in (string[])[Key, Reversed])
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{before}{key}?"));
            // Letters that hold bits of what surrounds the key are nobody's secret.
            var from = ((before.Length * 4) + 2) / 3 + (before.Length % 3 == 0 ? 0 : 1);
            AssertHidden(base64, base64[from..^4]);
            AssertHidden(base64.Replace('+', '-').Replace('/', '_'), base64[from..^4].Replace('+', '-').Replace('/', '_'));
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    public void So_it_is_at_the_very_end_whatever_its_length(int length)
    {
        var key = Key[..length];
        foreach (var before in (string[])["", "a", "ab"])
        {
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + key));
            var from = ((before.Length * 4) + 2) / 3 + (before.Length % 3 == 0 ? 0 : 1);
            AssertHidden(base64, base64[from..].TrimEnd('=')[..^1], key);
        }
    }

    [Theory]
    [InlineData("abc123")]
    [InlineData("321cba")]
    [InlineData("616263313233")]
    [InlineData("YWJjMTIz")]
    public void A_short_key_is_hidden_in_each_of_them(string disguise) =>
        Assert.DoesNotContain(disguise[..^1], KeyRedaction.Apply($"key {disguise} here", "abc123"), StringComparison.Ordinal);

    [Fact]
    public void And_in_hexadecimal()
    {
        var bytes = Encoding.UTF8.GetBytes(Key);
        AssertHidden(Convert.ToHexString(bytes), Convert.ToHexString(bytes));
        AssertHidden(Convert.ToHexStringLower(bytes), Convert.ToHexStringLower(bytes));
    }

    [Theory]
    [InlineData("This model does not exist.")]
    [InlineData("sk-proj-")]
    [InlineData("7Hq2ZpW9x")]
    [InlineData("")]
    public void Other_words_stay(string text) => Assert.Equal(text, KeyRedaction.Apply(text, Key));

    [Fact]
    public void A_short_key_is_taken_out_whole_and_without_a_key_nothing_is()
    {
        Assert.Equal("key … here", KeyRedaction.Apply("key abc123 here", "abc123"));
        Assert.Equal("key abc123 here", KeyRedaction.Apply("key abc123 here", null));
    }

    /// <param name="secret">The part of it that tells of the key.</param>
    private static void AssertHidden(string disguise, string secret, string key = Key)
    {
        var shown = KeyRedaction.Apply($"The key '{disguise}' is wrong", key);

        Assert.StartsWith("The key '", shown, StringComparison.Ordinal);
        Assert.EndsWith("' is wrong", shown, StringComparison.Ordinal);
        for (var at = 0; at + 10 <= secret.Length; at++)
        {
            Assert.DoesNotContain(secret.Substring(at, 10), shown, StringComparison.Ordinal);
        }
    }
}
