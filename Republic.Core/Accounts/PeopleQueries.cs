using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

internal static class PeopleQueries
{
    public static readonly Failure OnlySuperusers = Failure.Forbidden("Only a superuser administers people.");

    public static IQueryable<Person> Administering(this IQueryable<Person> people) =>
        people.Where(p => p.IsSuperuser && p.DeactivatedAt == null);

    /// <summary>
    /// Whether a person is an active superuser at this moment: the role may have been taken away since their request was authenticated.
    /// </summary>
    /// <param name="by">Null for a command in a terminal, which may do everything.</param>
    public static async Task<bool> AdministersAsync(this RepublicDb db, Guid? by, CancellationToken ct) =>
        by is null || await db.Users.Administering().AnyAsync(p => p.Id == by, ct);

    /// <summary>
    /// Locks a person's account and returns whether they are an active superuser, which they then stay until the transaction ends.
    /// </summary>
    /// <param name="by">Null for a command in a terminal, which may do everything.</param>
    public static async Task<bool> KeepsAdministeringAsync(this RepublicDb db, Guid? by, CancellationToken ct)
    {
        await db.LockPeopleAsync([by], ct);
        return await db.AdministersAsync(by, ct);
    }

    /// <summary>
    /// Locks accounts against changes and deletion until the transaction ends. Rows that refer to them can be written meanwhile: their
    /// foreign keys would wait for a plain <c>for update</c>.
    /// </summary>
    public static Task LockPeopleAsync(this RepublicDb db, IEnumerable<Guid?> ids, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"select 1 from people where id = any({ids.OfType<Guid>().ToArray()}) order by id for no key update",
            ct
        );
}
