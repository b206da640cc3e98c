using System.Buffers;
using Republic.Core.Accounts;
using Republic.Core.Minions.Access;

namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>API keys that say by their first letters who issued them.</summary>
internal static class PrefixedKeyFinder
{
    private const string Base64Url = "-_";

    private static readonly KeyShape[] Shapes =
    [
        new(AccessTokens.Prefix, 40, Base64Url),
        new(RepublicKey.Prefix, 40, Base64Url),
        new("nvapi-", 40, Base64Url),
        new("sk-", 20, Base64Url),
        new("sk_live_", 16),
        new("sk_test_", 16),
        new("rk_live_", 16),
        new("rk_test_", 16),
        new("gsk_", 40),
        new("ghp_", 30),
        new("gho_", 30),
        new("ghu_", 30),
        new("ghs_", 30),
        new("ghr_", 30),
        new("github_pat_", 30, "_"),
        new("glpat-", 20, "-_."),
        new("xoxa-", 20, "-"),
        new("xoxb-", 20, "-"),
        new("xoxe-", 20, "-"),
        new("xoxp-", 20, "-"),
        new("xoxr-", 20, "-"),
        new("xoxs-", 20, "-"),
        new("xapp-", 20, "-"),
        new("AIza", 35, Base64Url, 39),
        new("hf_", 30),
        new("npm_", 30),
        new("pypi-", 40, Base64Url),
    ];

    /// <summary>The prefixes of access keys, which go on with sixteen capital letters or digits.</summary>
    private static readonly string[] AccessKeys = ["AKIA", "ASIA"];

    private const int LengthOfAccessKey = 20;

    private static readonly SearchValues<string> Prefixes = SearchValues.Create(
        [.. Shapes.Select(shape => shape.Prefix), .. AccessKeys],
        StringComparison.Ordinal
    );

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAny(Prefixes) is >= 0 and var offset)
        {
            var start = at + offset;
            var end = CharacterClass.IsLatinWord(text, start - 1) && text[start - 1] != '_' ? 0 : EndIn(text, start);
            if (end > 0)
                found.Add(new TextSpan(start, end - start));
            at = Math.Max(end, start + 1);
        }
    }

    private static int EndIn(ReadOnlySpan<char> text, int start)
    {
        foreach (var shape in Shapes)
        {
            if (text[start..].StartsWith(shape.Prefix) && shape.EndIn(text, start) is > 0 and var end)
                return end;
        }
        return IsAccessKey(text, start) ? start + LengthOfAccessKey : 0;
    }

    private static bool IsAccessKey(ReadOnlySpan<char> text, int start)
    {
        if (text.Length - start < LengthOfAccessKey || CharacterClass.IsLatinWord(text, start + LengthOfAccessKey))
            return false;
        var key = text.Slice(start, LengthOfAccessKey);
        if (!AccessKeys.AsSpan().Contains(key[..4].ToString()))
            return false;
        foreach (var character in key)
        {
            if (!char.IsAsciiLetterUpper(character) && !char.IsAsciiDigit(character))
                return false;
        }
        return true;
    }
}
