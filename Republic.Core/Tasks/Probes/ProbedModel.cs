namespace Republic.Core.Tasks.Probes;

/// <summary>The result of the three short tasks that a model on this machine was given once.</summary>
public sealed class ProbedModel
{
    /// <summary>The SHA-256 of a personal model's file; of a shared one name, size and time. Another file is another model.</summary>
    public required string File { get; init; }

    public required int RightAnswers { get; init; }

    public required DateTimeOffset ProbedAt { get; init; }

    public bool FollowsTasks => RightAnswers >= TaskProbe.Needed;
}
