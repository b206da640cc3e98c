namespace Republic.Core.Backups.Restoring;

/// <summary>What is to be restored.</summary>
/// <param name="Passphrase">Null where the file is not encrypted.</param>
/// <param name="ConnectionString">Of a PostgreSQL of one's own; null for the embedded one.</param>
/// <param name="IsDryRun">Everything is checked, and nothing written.</param>
public sealed record RestoreOrder(string File, string? Passphrase = null, string? ConnectionString = null, bool IsDryRun = false);
