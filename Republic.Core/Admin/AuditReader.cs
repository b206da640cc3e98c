using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Admin;

/// <summary>The audit log with the names of the people in it.</summary>
public sealed class AuditReader(RepublicDb db, AuditLog log)
{
    /// <param name="who">A part of a name or an e-mail address, or the id of somebody who may be gone; null for everybody.</param>
    public async Task<IReadOnlyList<AuditLine>> ListAsync(string? who, AuditFilter filter, int limit, CancellationToken ct)
    {
        var asked = who?.Trim() is { Length: > 0 } words ? filter with { People = await PeopleAsync(words, ct) } : filter;
        var entries = await log.ListAsync(asked, limit, ct);
        var ids = entries.Select(entry => entry.PersonId).OfType<Guid>().Distinct().ToList();
        var names = await db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Citizen.DisplayName, ct);
        return [.. entries.Select(entry => new AuditLine(entry, entry.PersonId is { } id ? names.GetValueOrDefault(id) : null))];
    }

    private async Task<IReadOnlyList<Guid>> PeopleAsync(string words, CancellationToken ct)
    {
        if (Guid.TryParse(words, out var id))
        {
            return [id];
        }

        var like = LikePattern.Containing(words);
        return await db
            .Users.Where(p =>
                EF.Functions.ILike(p.Citizen.DisplayName, like, LikePattern.Escape)
                || EF.Functions.ILike(p.Email!, like, LikePattern.Escape)
            )
            .Select(p => p.Id)
            .ToListAsync(ct);
    }
}
