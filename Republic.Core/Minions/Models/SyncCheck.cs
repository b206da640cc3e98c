using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions.Models;

/// <param name="Error">Why the provider's list could not be read; null when it was.</param>
public sealed record SyncCheck(SyncStatus Status, string? Error)
{
    public static SyncCheck Of(Minion minion, ProviderList list)
    {
        return list.Error is { } error ? new SyncCheck(SyncStatus.Error, error)
            : list.Present.Any(known => IsSame(known.Model.Id, minion.ModelId)) ? new SyncCheck(SyncStatus.Synced, null)
            : new SyncCheck(SyncStatus.Stale, null);
    }

    // Servers that keep tags list “llama3.2:latest” for what is asked for as “llama3.2”.
    internal static bool IsSame(string listed, string wanted) => listed == wanted || listed == $"{wanted}:latest";
}
