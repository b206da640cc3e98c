using System.Text.Json.Serialization;
using Republic.Core.Answering.Turns;

namespace Republic.Core.Comparisons;

/// <summary>A comparison as the person sees it.</summary>
public sealed record ComparisonCard
{
    public required Guid Id { get; init; }
    public required Guid MinionId { get; init; }
    public required string MinionName { get; init; }
    public required string Prompt { get; init; }
    public required bool IsBlind { get; init; }

    /// <summary>True while it is blind and not voted on: which version wrote which answer is not told.</summary>
    public required bool IsHidden { get; init; }

    /// <summary>The compared versions from the oldest on, whatever the order of the answers.</summary>
    public required IReadOnlyList<int> Versions { get; init; }

    /// <summary>Null while it is hidden: the order follows from it.</summary>
    public long? Seed { get; init; }

    /// <summary>True while answers are still to come.</summary>
    public required bool IsUnderWay { get; init; }

    /// <summary>It is begun again by itself then, after its process died again and again; null where it is not held.</summary>
    public DateTimeOffset? HeldUntil { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? VotedAt { get; init; }

    /// <summary>The position of the answer that was chosen.</summary>
    public int? Best { get; init; }
    public bool IsTie { get; init; }
    public required IReadOnlyList<AnswerCard> Answers { get; init; }

    [JsonIgnore]
    public bool CanVote =>
        VotedAt is null && Answers.All(answer => answer.IsOver) && Answers.Count(answer => answer.State == AnswerState.Complete) >= 2;

    /// <summary>The version that was chosen; null before the vote and where there is no difference.</summary>
    [JsonIgnore]
    public int? Winner => Answers.FirstOrDefault(answer => answer.Position == Best)?.Version;

    internal static ComparisonCard Of(
        Comparison comparison,
        IReadOnlyList<ComparisonAnswer> answers,
        TurnTexts saved,
        string minion,
        bool isUnderWay
    ) =>
        new()
        {
            Id = comparison.Id,
            MinionId = comparison.MinionId,
            MinionName = minion,
            Prompt = comparison.Prompt,
            IsBlind = comparison.IsBlind,
            IsHidden = comparison.IsHidden,
            Versions = [.. answers.Select(answer => answer.Version).Order()],
            Seed = comparison.IsHidden ? null : comparison.Seed,
            IsUnderWay = isUnderWay,
            CreatedAt = comparison.CreatedAt,
            VotedAt = comparison.VotedAt,
            Best = comparison.Best,
            IsTie = comparison.IsTie,
            Answers = [.. answers.Select(answer => AnswerCard.Of(answer, saved, comparison.IsHidden, isUnderWay))],
        };
}
