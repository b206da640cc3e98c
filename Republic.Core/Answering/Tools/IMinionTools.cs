namespace Republic.Core.Answering.Tools;

/// <summary>Says which tools a minion has in an answer.</summary>
public interface IMinionTools
{
    /// <summary>Opens the tools of one answer, and touches no network.</summary>
    /// <returns>Null where the minion has none that may be used there.</returns>
    Task<ToolSession?> OpenAsync(ToolOrder order, CancellationToken ct);
}
