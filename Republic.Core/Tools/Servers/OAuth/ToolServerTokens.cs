using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Data;
using Republic.Core.Events;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>Gives the tokens for a conversation, renewed where it expired. A token that renews is often of use once, so they are used one after the other.</summary>
public sealed class ToolServerTokens(IDbContextFactory<RepublicDb> databases, OAuthRequests requests, OAuthVault vault, LiveEvents live)
{
    // Each holds a connection to the database for as long as the other side takes. A person with many servers leaves most to others.
    private readonly KeyedTurns people = new(2);
    private readonly KeyedTurns everybody = new(8);

    /// <param name="spent">An access token that the server did not take; null where none is known.</param>
    /// <returns>Null where nobody signed in.</returns>
    /// <exception cref="ToolException">It cannot be renewed.</exception>
    internal async Task<OAuthTokens?> FindAsync(ToolServer server, string? spent, CancellationToken ct) =>
        vault.Open(server).Tokens is not { } tokens ? null
        : vault.IsFresh(tokens, spent) ? tokens
        : await RenewAsync(server, spent, ct);

    private async Task<OAuthTokens?> RenewAsync(ToolServer server, string? spent, CancellationToken ct)
    {
        using var ofServer = await vault.Turns.TakeAsync(server.Id, ct);
        using var ofPerson = await people.TakeAsync(server.OwnerId, ct);
        using var ofAll = await everybody.TakeAsync(Guid.Empty, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, server.Id, AdvisoryLocks.ToolServerSignIn, ct);
        if (
            await db.ToolServers.SingleOrDefaultAsync(s => s.Id == server.Id && s.Url == server.Url, ct) is not { } row
            || vault.Open(row) is not { Client: { } client, Tokens: { } tokens } secrets
        )
        {
            return null;
        }

        // Another conversation was first.
        if (vault.IsFresh(tokens, spent))
        {
            return tokens;
        }

        try
        {
            // From here on to the end, whoever waits: the other side may have taken the old token back already.
            var renewed = tokens.Refresh is { } refresh
                ? await requests.RenewAsync(server, client, refresh, CancellationToken.None)
                : throw new OAuthException($"The sign-in to {server.Name} ran out. Sign in again.", isRefused: true);
            vault.Seal(row, secrets with { Tokens = renewed });
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            return renewed;
        }
        catch (OAuthException refused) when (refused.IsRefused)
        {
            vault.Seal(row, secrets with { Tokens = null });
            (row.NeedsSignIn, row.Error) = (true, refused.Message);
            await db.SaveChangesAsync(CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
            live.Publish(row.OwnerId, new LiveEvent(ToolServerEditor.Changed, row.Id, null));
            throw new ToolException(refused.Message);
        }
        catch (OAuthException failed)
        {
            throw new ToolException(failed.Message);
        }
    }
}
