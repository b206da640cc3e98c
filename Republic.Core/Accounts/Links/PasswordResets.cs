using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Times;

namespace Republic.Core.Accounts.Links;

/// <summary>Links with which a person chooses a new password without the old one. A superuser makes them; their person reads by whom at the next sign-in.</summary>
public sealed class PasswordResets(
    RepublicDb db,
    UserManager<Person> people,
    Sessions sessions,
    AccessTokens tokens,
    AuditLog audit,
    TimeProvider time
)
{
    private const string Useless = "This link is no longer valid. Ask a superuser of this republic for a new one.";
    private const int MostShown = 10;
    private static readonly TimeSpan Life = TimeSpan.FromDays(1);
    private static readonly TimeSpan Shown = TimeSpan.FromDays(30);

    /// <summary>The only time the token itself is seen. Links that were made before are of no use from then on.</summary>
    /// <param name="by">Null in a terminal.</param>
    public async Task<Outcome<(PasswordReset Reset, string Token)>> CreateAsync(Guid? by, Guid personId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of one person they are made one after the other, so that only the newest is good; and none while that account is deleted, or while
        // the role of who asks is taken away, which withdraws those that are there.
        await db.LockPeopleAsync([personId, by], ct);
        if (!await db.AdministersAsync(by, ct))
        {
            return PeopleQueries.OnlySuperusers;
        }

        if (await people.FindByIdAsync(personId.ToString()) is not { } person)
        {
            return Person.NotFound;
        }

        if (person.DeactivatedAt is not null)
        {
            return Failure.Conflict($"{person.Citizen.DisplayName} is deactivated and cannot sign in. Reactivate the account first.");
        }

        var (token, hash) = LinkToken.New();
        var now = time.GetUtcNow();
        var reset = new PasswordReset
        {
            PersonId = personId,
            Hash = hash,
            MadeBy = by,
            CreatedAt = now,
            ExpiresAt = now + Life,
        };
        await db.PasswordResets.Where(r => r.PersonId == personId && r.UsedAt == null).ExecuteDeleteAsync(ct);
        db.PasswordResets.Add(reset);
        await audit.CommitAsync(db, AuditActions.ResetLinkMade, person.Email, ct);
        return (reset, token);
    }

    public async Task<bool> IsOpenAsync(string? token, CancellationToken ct) => await OpenAsync(token, ct) is not null;

    /// <summary>Sets the password, and ends all sessions and access tokens.</summary>
    public async Task<Outcome<Person>> UseAsync(string? token, string? password, CancellationToken ct)
    {
        if (await OpenAsync(token, ct) is not { } open)
        {
            return Failure.Invalid("", Useless);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Before the link, as whoever withdraws links holds people first.
        await db.LockPeopleAsync([open.PersonId], ct);
        if (await people.FindByIdAsync(open.PersonId.ToString()) is not { DeactivatedAt: null } person)
        {
            return Failure.Invalid("", Useless);
        }

        if (Passwords.Reject(password ?? "", person.Email!) is { } reason)
        {
            return Failure.Invalid("new_password", reason);
        }

        var now = time.GetUtcNow();
        var used = await Open(now).Where(r => r.Id == open.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.UsedAt, now), ct);
        if (used == 0)
        {
            return Failure.Invalid("", Useless);
        }

        person.PasswordHash = people.PasswordHasher.HashPassword(person, password!);
        var saved = await people.UpdateAsync(person);
        if (!saved.Succeeded)
        {
            return Failure.Conflict("The account was changed meanwhile. Try again.");
        }

        // What was opened with the former password ends with it.
        await Sessions.EndOthersAsync(db, person.Id, kept: null, ct);
        var revoked = await AccessTokens.RevokeAllAsync(db, person.Id, ct);
        await audit.CommitAsync(db, person.Id, AuditActions.PasswordReset, await MakerAsync(open, ct), ct);
        sessions.Forget();
        tokens.Forget(revoked);
        return person;
    }

    /// <summary>Makes links that were not used useless from now on. Their person still reads who made them.</summary>
    public Task ExpireAsync(Guid personId, CancellationToken ct) => ExpireAsync(db, personId, time.GetUtcNow(), ct);

    /// <inheritdoc cref="ExpireAsync(Guid, CancellationToken)"/>
    internal static Task ExpireAsync(RepublicDb db, Guid personId, DateTimeOffset now, CancellationToken ct) =>
        db
            .PasswordResets.Where(r => r.PersonId == personId && r.UsedAt == null && r.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ExpiresAt, now), ct);

    /// <summary>The notice of the newest link, shown once after a sign-in and once more when the link was used; null where there is nothing new.</summary>
    public async Task<string?> UnreadNoticeAsync(Guid personId, CancellationToken ct)
    {
        var reset = await db
            .PasswordResets.Where(r => r.PersonId == personId && (r.NoticedAt == null || r.UsedAt > r.NoticedAt))
            .OrderByDescending(r => r.Id)
            .FirstOrDefaultAsync(ct);
        if (reset is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        await db
            .PasswordResets.Where(r => r.PersonId == personId && r.Id <= reset.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.NoticedAt, now), ct);
        var since = reset.CreatedAt - Shown;
        var others = await db.PasswordResets.CountAsync(r => r.PersonId == personId && r.Id < reset.Id && r.UsedAt > since, ct);
        return await SentenceAsync(reset, ct)
            + (others > 0 ? $" {Counted.Of(others, "earlier link was", "earlier links were")} used within thirty days." : "");
    }

    /// <summary>
    /// Sentences on the links of the last thirty days, the newest first. The notice at the sign-in is seen once, perhaps by somebody else who
    /// used the link.
    /// </summary>
    public async Task<IReadOnlyList<string>> RecentAsync(Guid personId, CancellationToken ct)
    {
        var since = time.GetUtcNow() - Shown;
        var resets = await db
            .PasswordResets.AsNoTracking()
            .Where(r => r.PersonId == personId && r.CreatedAt > since)
            .OrderByDescending(r => r.Id)
            .Take(MostShown)
            .ToListAsync(ct);
        List<string> sentences = [];
        foreach (var reset in resets)
        {
            sentences.Add(await SentenceAsync(reset, ct));
        }

        return sentences;
    }

    private async Task<string> SentenceAsync(PasswordReset reset, CancellationToken ct)
    {
        var made = $"{await MakerAsync(reset, ct)} made a link on {UtcText.Of(reset.CreatedAt)} with which your password could be changed.";
        return reset.UsedAt is { } used ? $"{made} It was used on {UtcText.Of(used)}." : $"{made} It was not used.";
    }

    private async Task<PasswordReset?> OpenAsync(string? token, CancellationToken ct)
    {
        return LinkToken.HashOfGiven(token) is { } hash
            ? await Open(time.GetUtcNow()).AsNoTracking().FirstOrDefaultAsync(r => r.Hash == hash, ct)
            : null;
    }

    private IQueryable<PasswordReset> Open(DateTimeOffset now)
    {
        var makers = db.Users.Administering();
        return db
            .PasswordResets.Where(r => r.UsedAt == null && r.ExpiresAt > now)
            .Where(r => db.Users.Any(p => p.Id == r.PersonId && p.DeactivatedAt == null))
            .Where(r => r.MadeBy == null || makers.Any(p => p.Id == r.MadeBy));
    }

    private async Task<string> MakerAsync(PasswordReset reset, CancellationToken ct) =>
        await db.Users.Where(p => p.Id == reset.MadeBy).Select(p => p.Citizen.DisplayName).FirstOrDefaultAsync(ct)
        ?? "Somebody who administers this server";
}
