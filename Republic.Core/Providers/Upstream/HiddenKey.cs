using System.Text;

namespace Republic.Core.Providers.Upstream;

/// <summary>A key in all forms in which a text may tell of it. Made once where many texts are looked through.</summary>
internal sealed class HiddenKey
{
    // The shortest piece of a key that is worth hiding; vendors' public prefixes are shorter.
    private const int Piece = 10;

    /// <summary>Of a short key, which is hidden whole; none of any other.</summary>
    private readonly List<string> whole = [];

    /// <summary>Of a longer one: whatever holds one of these tells of it.</summary>
    private readonly HashSet<string> pieces = new(StringComparer.Ordinal);

    public HiddenKey(string key)
    {
        var forms = Forms(key);
        if (key.Length < Piece)
        {
            // Two or three letters of Base64 stand in many words.
            whole.AddRange(forms.Where(form => form == key || form.Length >= Math.Max(4, key.Length)));
            return;
        }

        foreach (var form in forms)
        {
            for (var at = 0; at + Piece <= form.Length; at++)
            {
                pieces.Add(form.Substring(at, Piece));
            }
        }
    }

    public string Hide(string text)
    {
        if (pieces.Count == 0)
        {
            return whole.Aggregate(text, (shown, form) => shown.Replace(form, "…", StringComparison.Ordinal));
        }

        var known = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        var kept = new StringBuilder(text.Length);
        var end = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (at + Piece <= text.Length && known.Contains(text.AsSpan(at, Piece)))
            {
                if (at >= end)
                {
                    kept.Append('…');
                }

                end = at + Piece;
            }
            else if (at >= end)
            {
                kept.Append(text[at]);
            }
        }

        return kept.ToString();
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
