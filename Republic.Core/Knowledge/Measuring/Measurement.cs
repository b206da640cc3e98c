using System.Text.Json;

namespace Republic.Core.Knowledge.Measuring;

/// <summary>What one round through all golden questions gave.</summary>
public sealed record Measurement(IReadOnlyList<QuestionRank> Ranks)
{
    /// <summary>So many hits are looked through for the right one.</summary>
    public const int Depth = 10;

    public double Mrr => Ranks.Count == 0 ? 0 : Ranks.Average(rank => rank.Rank is { } place ? 1.0 / place : 0);

    public double HitAt(int depth) => Ranks.Count == 0 ? 0 : Ranks.Count(rank => rank.Rank <= depth) / (double)Ranks.Count;

    /// <summary>The share of questions whose right passage an answer would be given.</summary>
    public double Answered => Ranks.Count == 0 ? 0 : Ranks.Count(rank => rank.Given == true) / (double)Ranks.Count;

    public string ToJson() => JsonSerializer.Serialize(this, SnakeCaseJson.Options);

    public static Measurement? Of(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<Measurement>(json, SnakeCaseJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a hit is what the question asks for: they have at least half of the shorter of the two in common.</summary>
    public static bool IsRight(GoldenQuestion question, PassageHit hit)
    {
        var common = Math.Min(hit.Offset + hit.Length, question.Start + question.Length) - Math.Max(hit.Offset, question.Start);
        return hit.DocumentId == question.DocumentId && common > 0 && 2L * common >= Math.Min(hit.Length, question.Length);
    }
}
