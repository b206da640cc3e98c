namespace Republic.Core.Training.Runs;

/// <summary>Knows datasets whose rows people may take back, for a module that does not know where rows come from.</summary>
public interface IRowConsent
{
    /// <summary>Why these datasets may not be learned from any more, in words; null where they may.</summary>
    Task<string?> ProblemAsync(Guid owner, IReadOnlyList<Guid> datasets, CancellationToken ct);
}
