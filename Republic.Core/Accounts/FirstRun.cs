using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Accounts;

/// <summary>
/// Whether the republic still has nobody. Whoever comes first is its superuser, so a token is asked for that
/// only the log shows; only a development run on this machine needs none.
/// </summary>
public sealed class FirstRun(IDbContextFactory<RepublicDb> contexts, IOptions<AccountOptions> options)
{
    private readonly string token = options.Value.SetupToken ?? RandomNumberGenerator.GetHexString(24, lowercase: true);
    private volatile bool done;

    public string Token => token;

    public async ValueTask<bool> IsNeededAsync(CancellationToken ct)
    {
        if (done)
        {
            return false;
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        done = await db.Users.AnyAsync(ct);
        return !done;
    }

    internal void Done() => done = true;

    internal bool IsToken(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given.Trim()), Encoding.UTF8.GetBytes(token));
}
