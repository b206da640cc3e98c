namespace Republic.Core.Minions.Models;

/// <summary>Whether the model behind a minion was last seen in its provider's list.</summary>
public enum SyncStatus
{
    Synced,
    Stale,
    Error,
}
