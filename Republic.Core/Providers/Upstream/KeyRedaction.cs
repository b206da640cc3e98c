using System.Text;

namespace Republic.Core.Providers.Upstream;

/// <summary>
/// Takes a key out of what a provider says. Providers echo keys whole, in part or as they came in a header; a hostile one turns them round
/// or writes them in Base64 or hexadecimal, and its errors are shown to people who share a key without knowing it.
/// </summary>
internal static class KeyRedaction
{
    // The shortest piece of a key that is worth hiding; vendors' public prefixes are shorter.
    private const int Piece = 10;

    public static string Apply(string text, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return text;
        }

        var forms = Forms(key);
        if (key.Length < Piece)
        {
            return forms
                // Two or three letters of Base64 stand in many words.
                .Where(form => form == key || form.Length >= Math.Max(4, key.Length))
                .Aggregate(text, (kept, form) => kept.Replace(form, "…", StringComparison.Ordinal));
        }

        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; )
        {
            var length = forms.Max(form => Match(text, at, form));
            if (length == 0)
            {
                kept.Append(text[at++]);
                continue;
            }

            kept.Append('…');
            at += length;
        }

        return kept.ToString();
    }

    /// <summary>How many characters from here on are a piece of it: none, or <see cref="Piece"/> and more.</summary>
    private static int Match(string text, int at, string form)
    {
        if (at + Piece > text.Length || !form.Contains(text.AsSpan(at, Piece), StringComparison.Ordinal))
        {
            return 0;
        }

        var length = Piece;
        while (at + length < text.Length && form.Contains(text.AsSpan(at, length + 1), StringComparison.Ordinal))
        {
            length++;
        }

        return length;
    }

    private static List<string> Forms(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        var reversed = bytes.Reverse().ToArray();
        List<string> forms = [key, Encoding.UTF8.GetString(reversed), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes)];
        // What stands before the key, “Bearer ” for one, shifts its letters within the groups of three bytes.
        for (var shift = 0; shift < 3; shift++)
        {
            foreach (var source in (byte[][])[bytes, reversed])
            {
                var base64 = Convert.ToBase64String([.. new byte[shift], .. source]).TrimEnd('=');
                // Characters that hold bits of what stands before it or after it differ.
                var own = base64[(shift == 0 ? 0 : shift + 1)..^1];
                forms.Add(own);
                forms.Add(own.Replace('+', '-').Replace('/', '_'));
            }
        }

        return forms;
    }
}
