using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Accounts.Links;

internal static class PeopleQueries
{
    public static readonly Failure OnlySuperusers = Failure.Forbidden("Only a superuser administers people.");

    public static IQueryable<Person> Administering(this IQueryable<Person> people) =>
        people.Where(p => p.IsSuperuser && p.DeactivatedAt == null);

    /// <summary>Whether they administer people now: the role that their request came with may have been taken away since.</summary>
    /// <param name="by">Null in a terminal, which may.</param>
    public static async Task<bool> AdministersAsync(this RepublicDb db, Guid? by, CancellationToken ct) =>
        by is null || await db.Users.Administering().AnyAsync(p => p.Id == by, ct);

    /// <summary>Links that somebody made as a superuser are of no use once they are none: through one they would come back in.</summary>
    public static async Task WithdrawLinksAsync(this RepublicDb db, Guid maker, CancellationToken ct)
    {
        await db.PasswordResets.Where(r => r.MadeBy == maker && r.UsedAt == null).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(i => i.MadeBy == maker && i.UsedAt == null).ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// Until the transaction ends nobody else changes or deletes these accounts. Rows that refer to them are written meanwhile: their foreign
    /// keys would wait for a plain <c>for update</c>.
    /// </summary>
    public static Task LockPeopleAsync(this RepublicDb db, IEnumerable<Guid?> ids, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"select 1 from people where id = any({ids.OfType<Guid>().ToArray()}) order by id for no key update",
            ct
        );
}
