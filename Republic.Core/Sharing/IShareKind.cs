namespace Republic.Core.Sharing;

/// <summary>What a kind of subject that is shared has of its own.</summary>
public interface IShareKind<TShare>
    where TShare : Share
{
    /// <summary>As in <c>the task</c>.</summary>
    string Noun { get; }

    /// <summary>Live events: of a changed subject; and of a share that is new, or was ended, with the share as its subject.</summary>
    (string Changed, string Shared) Events { get; }

    /// <summary>Audit actions. By those of sharing, the names of a day are counted.</summary>
    (string Share, string End, string Accept, string Leave) Actions { get; }

    /// <summary>Changes the shares of the subject, which is held until the transaction ends.</summary>
    /// <returns>The id of the subject; not found where it is not the owner's.</returns>
    Task<Outcome<Guid>> ChangeAsync(Guid owner, Guid actor, Guid id, Func<ShareChange, Task<Failure?>> edit, CancellationToken ct);
}
