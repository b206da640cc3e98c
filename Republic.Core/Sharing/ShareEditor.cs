using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Sharing;

/// <summary>
/// Shares subjects of one kind by user name, and takes the answers of whom they are shared with. Whether anybody is called so makes no
/// difference to the owner: the same questions, one row and the same answer.
/// </summary>
public sealed class ShareEditor<TShare>(
    RepublicDb db,
    IShareKind<TShare> kind,
    ILookupNormalizer names,
    AuditLog audit,
    LiveEvents live,
    TimeProvider time
)
    where TShare : Share, new()
{
    private DbSet<TShare> Shares => db.Set<TShare>();

    private string Subject => $"{("aeiou".Contains(kind.Noun[0], StringComparison.Ordinal) ? "an" : "a")} {kind.Noun}";

    /// <summary>The answer to every name.</summary>
    public string Answer(string username) => $"If there is a person called {username.Trim()}, the {kind.Noun} is shared with them.";

    public Task<Outcome<Guid>> ShareAsync(Guid me, Guid subject, string? username, CancellationToken ct) =>
        kind.ChangeAsync(me, me, subject, change => ShareAsync(change, me, subject, username, ct), ct);

    /// <summary>The person sees nothing of the subject from then on.</summary>
    public Task<Outcome<Guid>> EndAsync(Guid me, Guid subject, Guid id, CancellationToken ct) => RemoveAsync(me, me, subject, id, ct);

    /// <summary>Accepting twice is the same as once.</summary>
    /// <returns>The id of the subject.</returns>
    public async Task<Outcome<Guid>> AcceptAsync(Guid me, Guid id, CancellationToken ct)
    {
        if (await FindAsync(me, id, ct) is not { } share)
        {
            return Failure.NotFound("invitation");
        }

        var audience = await Shares.AudienceAsync(share.OwnerId, [share.SubjectId], ct);
        if (!await AnswerAsync(me, share, time.GetUtcNow(), ct))
        {
            return await FindAsync(me, id, ct) is { AcceptedAt: not null } ? share.SubjectId : Failure.NotFound("invitation");
        }

        foreach (var person in audience.Append(me))
        {
            live.Publish(person, new LiveEvent(kind.Events.Changed, share.SubjectId, null));
        }

        return share.SubjectId;
    }

    /// <summary>Declines an invitation, or leaves a subject that was accepted.</summary>
    public async Task<Outcome<Guid>> LeaveAsync(Guid me, Guid id, CancellationToken ct)
    {
        if (await FindAsync(me, id, ct) is not { } share)
        {
            return Failure.NotFound("invitation");
        }

        // To the owner it goes on to look as if nobody were called so, and the same name invites nobody again.
        if (!await AnswerAsync(me, share, acceptedAt: null, ct))
        {
            return await RemoveAsync(share.OwnerId, me, share.SubjectId, id, ct);
        }

        live.Publish(me, new LiveEvent(kind.Events.Shared, id, null));
        return id;
    }

    private async Task<Failure?> ShareAsync(ShareChange change, Guid owner, Guid subject, string? username, CancellationToken ct)
    {
        var rules = new FieldRules([]);
        rules.Required("username", "The user name", username);
        rules.Text("username", "The user name", username, Share.LongestName);
        if (change.Refusal is not null || rules.Errors.Count > 0)
        {
            return change.Refusal ?? Failure.Invalid(rules.Errors);
        }

        var (name, now) = (username!.Trim(), time.GetUtcNow());
        var normalized = names.NormalizeName(name);
        var listed = await Shares.Where(s => s.SubjectId == subject).Select(s => s.NormalizedName).ToListAsync(ct);
        if (listed.Contains(normalized))
        {
            return null;
        }

        if (await TooManyAsync(owner, listed.Count, now, ct) is { } refusal)
        {
            return refusal;
        }

        var share = new TShare
        {
            SubjectId = subject,
            OwnerId = owner,
            Name = name,
            NormalizedName = normalized,
            PersonId = await PersonAsync(owner, subject, normalized, ct),
            CreatedAt = now,
        };
        Shares.Add(share);
        Record(change, share, owner, kind.Actions.Share);
        return null;
    }

    /// <summary>The person of that name with whom the subject can be shared; null for nobody.</summary>
    private Task<Guid?> PersonAsync(Guid owner, Guid subject, string normalized, CancellationToken ct) =>
        db
            .Users.Where(p =>
                p.NormalizedUserName == normalized
                && p.Id != owner
                && p.Citizen.IsActive
                && p.DeactivatedAt == null
                // Somebody who was called otherwise when it was shared with them.
                && !Shares.Any(s => s.SubjectId == subject && s.PersonId == p.Id)
            )
            .Select(p => (Guid?)p.Id)
            .SingleOrDefaultAsync(ct);

    private async Task<Failure?> TooManyAsync(Guid owner, int listed, DateTimeOffset now, CancellationToken ct)
    {
        if (listed >= Share.MostPerSubject)
        {
            return Failure.Conflict(
                $"A{Subject[1..]} is shared with at most {Share.MostPerSubject} people. Stop sharing it with one of them first."
            );
        }

        // The log of what was done is the count of the day: shares that were ended are gone from the table.
        var (today, action) = (new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero), kind.Actions.Share);
        var entered = await db.AuditEntries.CountAsync(e => e.PersonId == owner && e.Action == action && e.At >= today, ct);
        var tooMany = Failure.TooMany($"You entered {Share.MostPerDay} names today, as many as are allowed. Share it tomorrow.");
        return entered < Share.MostPerDay ? null : tooMany with { RetryAfter = today.AddDays(1) - now };
    }

    /// <param name="acceptedAt">Null where the person declines.</param>
    /// <returns>False where the person answered before, or the owner ended it.</returns>
    private async Task<bool> AnswerAsync(Guid me, TShare share, DateTimeOffset? acceptedAt, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // By its row as it is now: the owner may have ended it meanwhile.
        var open = Shares.Where(s => s.Id == share.Id && s.PersonId == me && s.AcceptedAt == null);
        var (person, action) = acceptedAt is null ? (default(Guid?), kind.Actions.Leave) : (me, kind.Actions.Accept);
        if (
            await open.ExecuteUpdateAsync(set => set.SetProperty(s => s.AcceptedAt, acceptedAt).SetProperty(s => s.PersonId, person), ct)
            == 0
        )
        {
            return false;
        }

        await audit.CommitAsync(db, me, action, await LabelAsync(share, ct), ct);
        return true;
    }

    /// <summary>Takes a share away, and from its person what they had of the subject.</summary>
    /// <param name="actor">The owner, or the person of the share.</param>
    private Task<Outcome<Guid>> RemoveAsync(Guid owner, Guid actor, Guid subject, Guid id, CancellationToken ct) =>
        kind.ChangeAsync(
            owner,
            actor,
            subject,
            async change =>
            {
                var (isOwner, shares) = (actor == owner, Shares.Where(s => s.Id == id && s.SubjectId == subject));
                if (await shares.SingleOrDefaultAsync(s => isOwner || s.PersonId == actor, ct) is not { } share)
                {
                    return Failure.NotFound(isOwner ? "share" : "invitation");
                }

                Shares.Remove(share);
                // What follows asks the database who sees the subject.
                await db.SaveChangesAsync(ct);
                if (share.AcceptedAt is not null)
                {
                    await change.WithdrawAsync();
                }

                var (action, label) = isOwner ? (kind.Actions.End, null) : (kind.Actions.Leave, await LabelAsync(share, ct));
                Record(change, share, actor, action, label);
                return null;
            },
            ct
        );

    private void Record(ShareChange change, TShare share, Guid actor, string action, string? label = null)
    {
        change.Audited.Add((actor, action, label ?? $"{change.Label}: {share.Name}"));
        change.AfterCommit.Add(_ =>
        {
            // Where nobody is called so, nobody reads it; sending it takes the same time.
            live.Publish(share.PersonId ?? share.Id, new LiveEvent(kind.Events.Shared, share.Id, null));
            return Task.CompletedTask;
        });
    }

    private Task<TShare?> FindAsync(Guid me, Guid id, CancellationToken ct) =>
        Shares.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.PersonId == me, ct);

    /// <summary>The subject as the audit log names it to the person of the share.</summary>
    private async Task<string> LabelAsync(TShare share, CancellationToken ct) =>
        $"{Subject} of {await db.Citizens.Where(c => c.Id == share.OwnerId).Select(c => c.DisplayName).SingleOrDefaultAsync(ct)}";
}
