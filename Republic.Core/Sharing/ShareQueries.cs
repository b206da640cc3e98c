using Microsoft.EntityFrameworkCore;

namespace Republic.Core.Sharing;

public static class ShareQueries
{
    /// <summary>The shares by which a person sees subjects of others.</summary>
    public static IQueryable<T> AcceptedBy<T>(this IQueryable<T> shares, Guid person)
        where T : Share => shares.Where(s => s.PersonId == person && s.AcceptedAt != null);

    /// <summary>One page of what is shared with a person, invitations too, the newest first.</summary>
    /// <param name="before">The last id of the previous page; null for the first.</param>
    public static IQueryable<T> PageOf<T>(this IQueryable<T> shares, Guid person, int limit, Guid? before)
        where T : Share =>
        shares
            .Where(s => s.PersonId == person && (before == null || s.Id < before))
            .OrderByDescending(s => s.Id)
            .Take(Math.Clamp(limit, 1, Share.MaxPage));

    /// <summary>The people to whom changes of these subjects are published: the owner first, then who accepted a share.</summary>
    internal static async Task<List<Guid>> AudienceAsync<T>(this IQueryable<T> shares, Guid owner, List<Guid> ids, CancellationToken ct)
        where T : Share
    {
        var accepted = shares.Where(s => ids.Contains(s.SubjectId) && s.PersonId != null && s.AcceptedAt != null);
        return [owner, .. await accepted.Select(s => s.PersonId!.Value).Distinct().ToListAsync(ct)];
    }
}
