namespace Republic.Core.Minions;

/// <summary>Reads a version of a minion so that it can be asked, whichever version is in use.</summary>
public interface IVersionedMinions
{
    /// <param name="version">Its number; 0 is the minion before the first training.</param>
    Task<Outcome<VersionedMinion>> LoadAsync(Guid owner, Guid minion, int version, CancellationToken ct);
}
