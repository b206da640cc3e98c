using Microsoft.EntityFrameworkCore;
using Republic.Core.Citizens.Capabilities;
using Republic.Core.Citizens.Fields;
using Republic.Core.Data;

namespace Republic.Core.Citizens.Profiles;

/// <summary>Reads whom a person may see.</summary>
public sealed class CitizenCards(IDbContextFactory<RepublicDb> databases)
{
    public const int MaxPage = 200;

    /// <summary>The person first, then the others as they were made.</summary>
    /// <param name="kind">Null: people and minions.</param>
    /// <param name="after">The last of the page before this one.</param>
    public async Task<IReadOnlyList<CitizenCard>> ListAsync(Guid person, CitizenKind? kind, int limit, Guid? after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = db.Citizens.AsNoTracking().VisibleTo(db, person);
        found = kind is { } wanted ? found.Where(c => c.Kind == wanted) : found;
        // Ids of minions are not all made in the order of time: a form brings its own.
        found = after is { } last ? found.Where(c => c.Id != person && (last == person || c.Id > last)) : found;
        var page = await found.OrderBy(c => c.Id != person).ThenBy(c => c.Id).Take(Math.Clamp(limit, 1, MaxPage)).ToListAsync(ct);
        return await CardsAsync(db, person, page, ct);
    }

    public async Task<Outcome<CitizenCard>> FindAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.Citizens.AsNoTracking().VisibleTo(db, person).Where(c => c.Id == id).ToListAsync(ct);
        return (await CardsAsync(db, person, found, ct)).SingleOrDefault() is { } card ? card : Failure.NotFound("citizen");
    }

    /// <summary>The names of those of some citizens that the person may see.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(Guid person, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var seen = db.Citizens.VisibleTo(db, person).Where(c => ids.Contains(c.Id));
        return await seen.ToDictionaryAsync(c => c.Id, c => c.DisplayName, ct);
    }

    public async Task<Outcome<IReadOnlyList<CustomFieldCard>>> FieldsAsync(Guid person, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Citizens.EditableBy(db, person).AnyAsync(c => c.Id == id, ct)
            ? Outcome<IReadOnlyList<CustomFieldCard>>.Of([.. (await FieldsOfAsync(db, [id], ct))[id]])
            : Failure.NotFound("citizen");
    }

    /// <summary>What this person wants new things to begin with; null where they never said.</summary>
    public async Task<(PreferredModel? Llm, PreferredModel? Embedding)> PreferredAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var citizen = await db.Citizens.AsNoTracking().SingleOrDefaultAsync(c => c.Id == person, ct);
        return (citizen?.LlmModel, citizen?.EmbeddingModel);
    }

    private static async Task<IReadOnlyList<CitizenCard>> CardsAsync(
        RepublicDb db,
        Guid person,
        List<Citizen> citizens,
        CancellationToken ct
    )
    {
        var capabilities = await CapabilityCards.OfAsync(db, citizens.ConvertAll(c => c.Id), ct);
        var ids = citizens.Where(c => IsOwn(c, person)).Select(c => c.Id).ToList();
        var fields = await FieldsOfAsync(db, ids, ct);
        var account = ids.Contains(person)
            ? await db.Users.Where(u => u.Id == person).Select(u => new { u.Email, u.UserName }).SingleOrDefaultAsync(ct)
            : null;
        var logins = await db
            .Sessions.Where(s => ids.Contains(s.PersonId))
            .GroupBy(s => s.PersonId)
            .Select(group => new { group.Key, Last = group.Max(s => s.CreatedAt) })
            .ToDictionaryAsync(login => login.Key, login => login.Last, ct);
        return
        [
            .. citizens.Select(c =>
                Card(c, IsOwn(c, person)) with
                {
                    Email = c.Id == person ? account?.Email : null,
                    Username = c.Id == person ? account?.UserName : null,
                    LastLoginAt = logins.TryGetValue(c.Id, out var last) ? last : null,
                    Capabilities = [.. capabilities[c.Id]],
                    CustomFields = [.. fields[c.Id]],
                }
            ),
        ];
    }

    /// <summary>A minion that is seen at all is one's own.</summary>
    private static bool IsOwn(Citizen citizen, Guid person) => citizen.Kind == CitizenKind.Minion || citizen.Id == person;

    private static CitizenCard Card(Citizen citizen, bool isOwn) =>
        new()
        {
            Id = citizen.Id,
            Kind = citizen.Kind,
            IsOwn = isOwn,
            DisplayName = citizen.DisplayName,
            FirstName = citizen.FirstName,
            LastName = citizen.LastName,
            Avatar = citizen.Avatar,
            AvatarUrl = AvatarImage.UrlOf(citizen.AvatarImageId),
            PersonalityTraits = citizen.PersonalityTraits,
            Skills = citizen.Skills,
            Interests = citizen.Interests,
            LlmModel = isOwn ? citizen.LlmModel : null,
            EmbeddingModel = isOwn ? citizen.EmbeddingModel : null,
            IsActive = citizen.IsActive,
            CreatedBy = citizen.CreatedBy,
            CreatedAt = citizen.CreatedAt,
            LastSeenAt = isOwn ? citizen.LastSeenAt : null,
            Capabilities = [],
            CustomFields = [],
        };

    private static async Task<ILookup<Guid, CustomFieldCard>> FieldsOfAsync(
        RepublicDb db,
        IReadOnlyList<Guid> citizens,
        CancellationToken ct
    )
    {
        var fields = await db
            .CustomFields.AsNoTracking()
            .Where(f => citizens.Contains(f.CitizenId))
            .OrderBy(f => f.NormalizedName)
            .Select(f => new CustomFieldCard(f.Id, f.CitizenId, f.FieldName, f.FieldValue, f.CreatedAt, f.UpdatedAt))
            .ToListAsync(ct);
        return fields.ToLookup(f => f.UserId);
    }
}
