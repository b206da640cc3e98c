namespace Republic.Core.Knowledge.Measuring;

/// <summary>Where the right passage came for one question.</summary>
/// <param name="Rank">From 1; null where it was not among the first ten.</param>
/// <param name="Score">Of the right passage, or of the first hit where it was not found; null where nothing was found at all.</param>
/// <param name="Given">Whether an answer would be given the right passage: found, not below the least score, and not beyond so many as are given. Null in a round of before this was asked.</param>
public sealed record QuestionRank(Guid Question, int? Rank, double? Score, bool? Given = null);
