using Republic.Core.Providers;

namespace Republic.Core.Minions;

/// <param name="Error">Why the provider's list could not be read; null when it was.</param>
public sealed record SyncCheck(SyncStatus Status, string? Error)
{
    public static SyncCheck Of(Minion minion, Outcome<IReadOnlyList<ListedModel>> listed) =>
        !listed.Ok ? new SyncCheck(SyncStatus.Error, listed.Failure.Message)
        : listed.Value.Any(model => IsSame(model.Id, minion.ModelId)) ? new SyncCheck(SyncStatus.Synced, null)
        : new SyncCheck(SyncStatus.Stale, null);

    // Servers that keep tags list “llama3.2:latest” for what is asked for as “llama3.2”.
    private static bool IsSame(string listed, string wanted) => listed == wanted || listed == $"{wanted}:latest";
}
