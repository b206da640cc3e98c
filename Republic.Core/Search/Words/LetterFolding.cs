using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Search.Words;

/// <summary>
/// Makes words that differ in capitals and accents alone the same: <c>Über</c> is found by <c>uber</c>. What becomes of a letter the database
/// says (<see cref="RepublicDb.SearchFold"/>), since this process has no culture data; it is asked once for each letter.
/// </summary>
internal sealed class LetterFolding(IDbContextFactory<RepublicDb> databases)
{
    private readonly ConcurrentDictionary<Rune, string> known = [];

    public async Task<Folded> FoldAsync(string text, CancellationToken ct)
    {
        var unknown = Unknown(text);
        if (unknown.Length > 0)
        {
            await LearnAsync(unknown, ct);
        }

        return Fold(text);
    }

    private string[] Unknown(string text) =>
        [
            .. text.EnumerateRunes()
                .Where(letter => !IsPlain(letter) && !known.ContainsKey(letter))
                .Distinct()
                .Select(rune => rune.ToString()),
        ];

    private async Task LearnAsync(string[] unknown, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var letters = await db
            .Database.SqlQuery<FoldedLetter>(
                $"""select letter as "Letter", search_fold(letter) as "Folded" from unnest({unknown}) as letter"""
            )
            .ToListAsync(ct);
        foreach (var letter in letters)
        {
            known[Rune.GetRuneAt(letter.Letter, 0)] = letter.Folded;
        }
    }

    private Folded Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var origins = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length; )
        {
            _ = Rune.DecodeFromUtf16(text.AsSpan(at), out var letter, out var length);
            if (letter.IsAscii)
            {
                folded.Append(char.ToLowerInvariant((char)letter.Value));
            }
            else if (IsPlain(letter))
            {
                folded.Append(text, at, length);
            }
            else
            {
                folded.Append(known[letter]);
            }

            while (origins.Count < folded.Length)
            {
                origins.Add(at);
            }

            at += length;
        }

        origins.Add(text.Length);
        return new Folded(folded.ToString(), origins);
    }

    /// <summary>Letters that stay as they are, which need no asking: most of Chinese and Korean. Of ASCII the capitals alone change.</summary>
    private static bool IsPlain(Rune letter) =>
        letter.IsAscii || letter.Value is (>= 0x3400 and <= 0x4dbf) or (>= 0x4e00 and <= 0x9fff) or (>= 0xac00 and <= 0xd7a3);

    private sealed record FoldedLetter(string Letter, string Folded);
}
