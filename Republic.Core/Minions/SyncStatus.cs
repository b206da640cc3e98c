namespace Republic.Core.Minions;

/// <summary>Whether the model behind a minion was last seen in its provider's list.</summary>
public enum SyncStatus
{
    Synced,
    Stale,
    Error,
}
