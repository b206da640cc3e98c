namespace Republic.Core.Backups;

/// <summary>Where a sequence of the database stands.</summary>
/// <param name="IsCalled">Whether the last value was given to somebody already.</param>
public sealed record BackupSequence(string Name, long LastValue, bool IsCalled);
