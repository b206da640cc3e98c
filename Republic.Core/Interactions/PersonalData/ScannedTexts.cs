using System.Security.Cryptography;
using System.Text;

namespace Republic.Core.Interactions.PersonalData;

/// <summary>
/// What was found in texts, by their hash, so that a text that was searched before is not searched again. It depends on nothing but the
/// text and the names that are looked for.
/// </summary>
/// <param name="before">Of the last reading. What that does not read is forgotten with it.</param>
internal sealed class ScannedTexts(PersonalDataScanner scanner, IReadOnlyDictionary<UInt128, IReadOnlyList<PersonalDataMatch>> before)
{
    private readonly Dictionary<UInt128, IReadOnlyList<PersonalDataMatch>> found = [];

    /// <summary>Matches in the texts of this reading, by the hash of a text.</summary>
    public IReadOnlyDictionary<UInt128, IReadOnlyList<PersonalDataMatch>> Found => found;

    /// <summary>Number of texts and of matches in them, which is what they take in memory.</summary>
    public int Size => found.Values.Sum(matches => 1 + matches.Count);

    /// <inheritdoc cref="PersonalDataScanner.Find"/>
    public IReadOnlyList<PersonalDataMatch> Find(string text)
    {
        var hash = HashOf(text);
        return found[hash] = before.GetValueOrDefault(hash) ?? (scanner.Find(text) is { Count: > 0 } some ? some : []);
    }

    private static UInt128 HashOf(string text) => BitConverter.ToUInt128(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
