using System.Numerics;
using Republic.Core.Datasets.Versions;

namespace Republic.Core.Datasets.Refining;

/// <summary>Adds samples up to the statistics of their version.</summary>
internal sealed class StatisticsCount
{
    private const int FirstBin = 8;
    private readonly int[] tokens = new int[24];
    private readonly int[] quality = new int[10];
    private readonly List<bool> groups = [];
    private int validation;
    private int heldOutGroups;
    private int allGroups;
    private long characters;
    private long turns;
    private double qualities;
    private int shortest = int.MaxValue;
    private int longest;

    public int Samples { get; private set; }

    public static int TokensOf(int characters) =>
        (characters + VersionStatistics.CharactersPerToken - 1) / VersionStatistics.CharactersPerToken;

    public void Add(in IndexRow row)
    {
        Samples++;
        validation += row.IsHeldOut ? 1 : 0;
        Count(row.Group, row.IsHeldOut);
        characters += row.Characters;
        turns += row.Turns;
        qualities += row.Quality;
        shortest = Math.Min(shortest, row.Characters);
        longest = Math.Max(longest, row.Characters);
        tokens[BitOperations.Log2((uint)Math.Max(1, TokensOf(row.Characters) / FirstBin * 2))]++;
        quality[Math.Clamp((int)(row.Quality * 10), 0, 9)]++;
    }

    /// <param name="differentAnswers">Null where they were not counted.</param>
    public VersionStatistics Total(int? differentAnswers) =>
        new()
        {
            Training = Samples - validation,
            Validation = validation,
            Groups = allGroups == 0 && Samples > 0 ? null : allGroups,
            HeldOutGroups = allGroups == 0 && Samples > 0 ? null : heldOutGroups,
            DifferentAnswers = differentAnswers,
            Characters = characters,
            ShortestCharacters = Samples == 0 ? 0 : shortest,
            LongestCharacters = longest,
            MeanCharacters = Mean(characters),
            MeanTurns = Mean(turns),
            MeanQuality = Mean(qualities),
            AboutTokens = (characters + VersionStatistics.CharactersPerToken - 1) / VersionStatistics.CharactersPerToken,
            Tokens = Samples == 0 ? [] : [.. tokens.Take(Array.FindLastIndex(tokens, count => count > 0) + 1).Select(TokenBin)],
            Quality = [.. quality.Select((count, i) => new HistogramBin(i / 10.0, (i + 1) / 10.0, count))],
        };

    private void Count(int? group, bool isHeldOut)
    {
        if (group is not { } number)
        {
            return;
        }

        while (groups.Count <= number)
        {
            groups.Add(false);
        }

        if (!groups[number])
        {
            groups[number] = true;
            allGroups++;
            heldOutGroups += isHeldOut ? 1 : 0;
        }
    }

    private static HistogramBin TokenBin(int count, int i) => new(i == 0 ? 0 : FirstBin << (i - 1), FirstBin << i, count);

    private double Mean(double sum) => Samples == 0 ? 0 : Math.Round(sum / Samples, 3);
}
