namespace Republic.Core.Datasets.Refining;

/// <summary>How useful a row looks, from 0 to 1, by its surface alone: no model is asked.</summary>
public static class RowQuality
{
    /// <summary>For people.</summary>
    public const string Formula =
        "0.4 × variety + 0.3 × plain text + 0.2 × length + 0.1 × ending. Variety: distinct words over words, doubled, at most 1. "
        + "Plain text: letters, digits and white space over characters, over 0.8, at most 1. Length: words of the answers over 8, "
        + "at most 1. Ending: 1 where the last answer ends with punctuation or a symbol other than , ; - ( [ {, else 0.";

    internal static float Of(RowMeasure row)
    {
        if (row.Words == 0 || row.Characters == 0)
        {
            return 0;
        }

        var variety = Math.Min(1, 2.0 * row.DistinctWords / row.Words);
        var plain = Math.Min(1, row.PlainCharacters / (0.8 * row.Characters));
        var length = Math.Min(1, row.AnswerWords / 8.0);
        return (float)((0.4 * variety) + (0.3 * plain) + (0.2 * length) + (row.EndsWell ? 0.1 : 0));
    }
}
