using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.PersonalModels.Storage;

namespace Republic.Core.Admin.People;

/// <summary>Lists people, with what they use.</summary>
public sealed class PeopleReader(RepublicDb db, IncomingFiles incoming, TimeProvider time)
{
    /// <summary>The newest first.</summary>
    /// <param name="words">A part of the name or the e-mail address; null for everybody.</param>
    /// <param name="after">The last of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<PersonLine>> ListAsync(string? words, Guid? after, int limit, CancellationToken ct)
    {
        var people = db.Users.AsNoTracking();
        if (words?.Trim() is { Length: > 0 } searched)
        {
            var like = LikePattern.Containing(searched);
            people = people.Where(p =>
                EF.Functions.ILike(p.Citizen.DisplayName, like, LikePattern.Escape)
                || EF.Functions.ILike(p.Email!, like, LikePattern.Escape)
            );
        }

        if (after is { } last)
        {
            people = people.Where(p => p.Id < last);
        }

        return await WithFiguresAsync(people.OrderByDescending(p => p.Id).Take(limit), ct);
    }

    public async Task<Outcome<PersonLine>> FindAsync(Guid id, CancellationToken ct) =>
        await WithFiguresAsync(db.Users.AsNoTracking().Where(p => p.Id == id), ct) is [var found] ? found : Person.NotFound;

    public async Task<Outcome<PersonLine>> FindByEmailAsync(string email, CancellationToken ct)
    {
        var normalized = email.Trim().ToUpperInvariant();
        var id = await db.Users.Where(p => p.NormalizedEmail == normalized).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(ct);
        return id is { } found
            ? await FindAsync(found, ct)
            : new Failure(FailureKind.NotFound, $"Nobody here has the address {email.Trim()}.", []);
    }

    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(IReadOnlyCollection<Guid> people, CancellationToken ct) =>
        await db.Users.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Citizen.DisplayName, ct);

    /// <summary>How many people there are, and how many of them are deactivated.</summary>
    public async Task<(int All, int Deactivated)> CountAsync(CancellationToken ct) =>
        (await db.Users.CountAsync(ct), await db.Users.CountAsync(p => p.DeactivatedAt != null, ct));

    private async Task<IReadOnlyList<PersonLine>> WithFiguresAsync(IQueryable<Person> people, CancellationToken ct)
    {
        var lines = await people
            .Select(p => new PersonLine(
                p.Id,
                p.Citizen.DisplayName,
                p.Email!,
                p.IsSuperuser,
                p.Citizen.CreatedAt,
                p.Citizen.LastSeenAt,
                p.DeactivatedAt
            ))
            .ToListAsync(ct);
        var figures = await FiguresAsync([.. lines.Select(line => line.Id)], ct);
        return [.. lines.Select(line => line with { Figures = figures.GetValueOrDefault(line.Id, PersonFigures.None) })];
    }

    private async Task<Dictionary<Guid, PersonFigures>> FiguresAsync(Guid[] people, CancellationToken ct)
    {
        var today = time.GetUtcNow();
        var month = new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var first = DateOnly.FromDateTime(month.UtcDateTime);
        var rows = await db
            .Database.SqlQuery<PersonFigures>(
                $"""
                select person.id as PersonId,
                  (select coalesce(sum(given.answers), 0)::bigint from answer_days given join minions minion on minion.id = given.minion_id
                    where minion.owner_id = person.id and given.day >= {first}) as answers,
                  (select sum(call.cost) from model_calls call where call.owner_id = person.id and call.started_at >= {month}) as cost,
                  ((select coalesce(sum(bytes), 0) from datasets where owner_id = person.id)
                    + (select coalesce(sum(bytes), 0) from documents where owner_id = person.id)
                    + (select coalesce(sum(file_size), 0) from task_attachments where owner_id = person.id)
                    + (select coalesce(sum(bytes), 0) from training_jobs where owner_id = person.id)
                    + (select coalesce(sum(bytes), 0) from user_personal_models where owner_id = person.id and sha256 is not null))::bigint as bytes
                from people person where person.id = any({people})
                """
            )
            .ToListAsync(ct);
        // A model that is not installed counts whole against the quota, and here with what has come in of it.
        var unfinished = await db
            .PersonalModels.Where(m => people.Contains(m.OwnerId) && m.Sha256 == null)
            .Select(m => new { m.OwnerId, m.Id })
            .ToListAsync(ct);
        var received = unfinished.ToLookup(model => model.OwnerId, model => incoming.BytesOf(model.Id));
        return rows.ToDictionary(row => row.PersonId, row => row with { Bytes = row.Bytes + received[row.PersonId].Sum() });
    }
}
