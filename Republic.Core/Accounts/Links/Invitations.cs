using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Accounts.Links;

/// <summary>Makes, lists and withdraws invitations.</summary>
public sealed class Invitations(RepublicDb db, AuditLog audit, TimeProvider time)
{
    public const int NoteLength = 100;
    public const int UsualDays = 7;
    public const int MaxDays = 90;
    public const int MaxOpen = 200;

    /// <summary>The only time the token itself is seen.</summary>
    /// <param name="by">Null in a terminal.</param>
    /// <param name="note">For whom it is.</param>
    /// <param name="days">After which it is of no use; null for 7.</param>
    public async Task<Outcome<(Invitation Invitation, string Token)>> CreateAsync(Guid? by, string? note, int? days, CancellationToken ct)
    {
        var text = note?.Trim() is { Length: > 0 } given ? given : null;
        var problems = Check(text, days).ToList();
        if (problems.Count > 0)
        {
            return Failure.Invalid(problems);
        }

        var now = time.GetUtcNow();
        var (token, hash) = LinkToken.New();
        var invitation = new Invitation
        {
            Hash = hash,
            Note = text,
            MadeBy = by,
            CreatedAt = now,
            ExpiresAt = now.AddDays(days ?? UsualDays),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Not while the role of who asks is taken away, which withdraws those that are there.
        if (!await db.KeepsAdministeringAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        await AdvisoryLocks.TakeAsync(db, Guid.Empty, AdvisoryLocks.Additions, ct);
        if (await db.Invitations.CountAsync(i => i.UsedAt == null && i.ExpiresAt > now, ct) >= MaxOpen)
        {
            return Failure.Conflict($"{MaxOpen} invitations are open already. Withdraw some that nobody needs.");
        }

        db.Invitations.Add(invitation);
        await audit.CommitAsync(db, AuditActions.PersonInvited, text, ct);
        return (invitation, token);
    }

    /// <summary>At most 200: all that are open, then the newest of those that were used or have expired.</summary>
    public async Task<IReadOnlyList<Invitation>> ListAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await db
            .Invitations.AsNoTracking()
            .OrderByDescending(i => i.UsedAt == null && i.ExpiresAt > now)
            .ThenByDescending(i => i.Id)
            .Take(MaxOpen)
            .ToListAsync(ct);
    }

    public async Task<Outcome<Guid>> WithdrawAsync(Guid by, Guid id, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        var open = db.Invitations.Where(i => i.Id == id && i.UsedAt == null);
        var note = await open.Select(i => i.Note).FirstOrDefaultAsync(ct);
        if (await open.ExecuteDeleteAsync(ct) == 0)
        {
            return await db.Invitations.AnyAsync(i => i.Id == id, ct)
                ? Failure.Conflict("It was used already. Deactivate the account that was made with it instead.")
                : Failure.NotFound("invitation");
        }

        await audit.CommitAsync(db, AuditActions.InvitationWithdrawn, note, ct);
        return id;
    }

    /// <summary>Whether somebody may make an account with it now.</summary>
    public async Task<bool> IsOpenAsync(string? token, CancellationToken ct) =>
        LinkToken.HashOfGiven(token) is { } hash && await Open(time.GetUtcNow()).AnyAsync(i => i.Hash == hash, ct);

    /// <summary>Uses it up within the caller's transaction.</summary>
    /// <returns>False where it is not open, or somebody else was faster.</returns>
    internal async Task<bool> UseAsync(string? token, Guid person, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return LinkToken.HashOfGiven(token) is { } hash
            && await Open(now)
                .Where(i => i.Hash == hash)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.UsedAt, now).SetProperty(i => i.UsedBy, person), ct) == 1;
    }

    private IQueryable<Invitation> Open(DateTimeOffset now)
    {
        var makers = db.Users.Administering();
        return db
            .Invitations.Where(i => i.UsedAt == null && i.ExpiresAt > now)
            .Where(i => i.MadeBy == null || makers.Any(p => p.Id == i.MadeBy));
    }

    private static IEnumerable<FieldError> Check(string? note, int? days)
    {
        if (note?.Length > NoteLength)
        {
            yield return new FieldError("note", $"Say in at most {NoteLength} characters for whom it is.");
        }
        else if (note is not null && !NameRule.Is(note))
        {
            yield return new FieldError("note", NameRule.Rule);
        }

        if (days is < 1 or > MaxDays)
        {
            yield return new FieldError("days", $"An invitation is good for 1 to {MaxDays} days.");
        }
    }
}
