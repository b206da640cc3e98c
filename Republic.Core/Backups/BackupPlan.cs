namespace Republic.Core.Backups;

/// <summary>What would be in a backup now, and about how large that is before it is compressed.</summary>
/// <param name="Key">The name of the master key that seals.</param>
public sealed record BackupPlan(int Tables, long TableBytes, int Files, long FileBytes, string Key, IReadOnlyList<string> LeftOut);
