using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Answering;

/// <summary>
/// Marks around texts that are data. The number in them cannot be guessed by whoever wrote those texts, and changes with them; the same
/// texts get the same one, so that an answer that is remembered is found again, and is not once a document was changed.
/// </summary>
internal sealed class PromptDelimiter
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);
    private readonly string nonce;

    private PromptDelimiter(string nonce) => this.nonce = nonce;

    public static PromptDelimiter Around(params IEnumerable<string> texts) =>
        new(Convert.ToHexStringLower(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(string.Join('\0', texts))).AsSpan(0, 8)));

    public string Begin(string what) => $"⟦{what} {nonce}⟧";

    public string End(string what) => $"⟦end of {what} {nonce}⟧";

    public string Put(string what, string text) => $"{Begin(what)}\n{text}\n{End(what)}";

    /// <summary>Without what could pass for a mark, and without characters that nobody sees.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // Lines stay lines.
            if (rune.Value is not ('\n' or '\t' or 0x2028 or 0x2029) && HiddenLetters.Has(rune))
            {
                continue;
            }

            clean.Append(
                rune.Value switch
                {
                    '⟦' or '〚' or '⦗' or '⟬' or '【' => "[",
                    '⟧' or '〛' or '⦘' or '⟭' or '】' => "]",
                    _ => rune.ToString(),
                }
            );
        }

        return clean.ToString();
    }

    /// <summary>Names and headings: on one line.</summary>
    public static string CleanLine(string text) =>
        string.Join(' ', Clean(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
