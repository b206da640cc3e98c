using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Accounts.Links;

internal static class LinkQueries
{
    /// <summary>Links that somebody made as a superuser are of no use once they are none: through one they would come back in.</summary>
    public static async Task WithdrawLinksAsync(this RepublicDb db, Guid maker, CancellationToken ct)
    {
        await db.PasswordResets.Where(r => r.MadeBy == maker && r.UsedAt == null).ExecuteDeleteAsync(ct);
        await db.Invitations.Where(i => i.MadeBy == maker && i.UsedAt == null).ExecuteDeleteAsync(ct);
    }
}
