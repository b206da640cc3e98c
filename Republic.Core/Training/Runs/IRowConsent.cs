namespace Republic.Core.Training.Runs;

/// <summary>Knows which datasets have rows that people may take back, for a module that does not know where rows come from.</summary>
public interface IRowConsent
{
    /// <summary>Why a run may not learn from its datasets, or not any more, in words; null where it may.</summary>
    Task<string?> ProblemAsync(TrainingJob run, CancellationToken ct);
}
