using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Core.Tools.Servers.OAuth;

/// <summary>Signs a person in to a tool server: sends them to its authorization server, and takes the code with which they come back.</summary>
public sealed class ToolServerSignIn(
    RepublicDb db,
    OAuthDiscovery discovery,
    OAuthRequests requests,
    OAuthVault vault,
    ToolServerClient client,
    AuditLog audit
)
{
    private const int MaxCode = 8000;
    private const int MaxWords = 100;

    private static readonly Failure NotBegun = Failure.Conflict(
        "This sign-in was not begun here, was used already, or took longer than 10 minutes. Nobody is signed in by it. Begin again."
    );

    /// <param name="redirect">Our page that the person comes back to.</param>
    /// <returns>The page of the authorization server at which the person signs in.</returns>
    public async Task<Outcome<Uri>> BeginAsync(Guid person, Guid id, string redirect, CancellationToken ct)
    {
        if (await db.ToolServers.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } server)
        {
            return Failure.NotFound("tool server");
        }

        if (server.IsCommand)
        {
            return Failure.Conflict($"{server.Name} is a command of this machine. Nobody signs in to it.");
        }

        try
        {
            var found = await discovery.FindAsync(server, ct);
            var known = vault.Open(server).Client is { } earlier && earlier.Suits(found, redirect) ? earlier : null;
            var registered = known is null
                ? await requests.RegisterAsync(server, found, redirect, ct)
                : known with
                {
                    Authorization = found.Authorization,
                    Resource = found.Resource,
                    Scope = found.Scope,
                };
            var pending = vault.NewPending();
            var isKept = await ChangeAsync(person, server, secrets => secrets with { Client = registered, Pending = pending }, null, ct);
            return isKept
                ? OAuthRequests.PageOf(registered, pending.State, ChallengeOf(pending.Verifier))
                : Failure.NotFound("tool server");
        }
        catch (Exception failed) when (failed is OAuthException or SecretUnreadableException)
        {
            return Failure.Upstream(failed.Message);
        }
    }

    /// <summary>Takes the code once, and reads the tools of the server.</summary>
    /// <returns>The name of the server.</returns>
    public async Task<Outcome<string>> FinishAsync(Guid person, Guid id, OAuthReturn said, CancellationToken ct)
    {
        if (await db.ToolServers.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(s => s.Id == id, ct) is not { } server)
        {
            return Failure.NotFound("tool server");
        }

        try
        {
            // Whatever comes of it: what was begun is over, before anything is asked for.
            OAuthPending? begun = null;
            OAuthClient? known = null;
            await ChangeAsync(
                person,
                server,
                secrets =>
                {
                    if (secrets.Pending is not { } pending || !vault.IsOf(pending, said.State ?? ""))
                    {
                        return secrets;
                    }

                    (begun, known) = (pending, secrets.Client);
                    return secrets with { Pending = null };
                },
                null,
                ct
            );
            if (begun is null || known is null)
            {
                return NotBegun;
            }

            if (Problem(server, known, said) is { } problem)
            {
                return problem;
            }

            var tokens = await requests.ExchangeAsync(server, known, said.Code!, begun.Verifier, ct);
            await ChangeAsync(person, server, secrets => secrets with { Tokens = tokens }, AuditActions.ToolServerSignedIn, ct);
        }
        catch (OAuthException refused)
        {
            // Perhaps it does not know this installation any more: the next time it is made known anew.
            await ChangeAsync(person, server, secrets => secrets with { Client = null, Tokens = null }, null, ct);
            return Failure.Upstream(refused.Message);
        }
        catch (SecretUnreadableException unreadable)
        {
            return Failure.Upstream(unreadable.Message);
        }

        var signedIn = await db.ToolServers.AsNoTracking().OwnedBy(person).SingleOrDefaultAsync(s => s.Id == id, ct);
        if (signedIn is not null)
        {
            await client.RefreshAsync(signedIn, ct);
        }

        return server.Name;
    }

    private static Failure? Problem(ToolServer server, OAuthClient known, OAuthReturn said)
    {
        var host = new Uri(known.Authorization).Authority;
        if (said.Issuer is { } issuer && issuer.TrimEnd('/') != known.Issuer.TrimEnd('/'))
        {
            return Failure.Upstream($"Somebody else than {host} sent you back. Nobody is signed in to {server.Name} by it. Begin again.");
        }

        if (said.Error is { Length: > 0 } error)
        {
            var word = error.AtMost(MaxWords);
            return Failure.Upstream($"{host} did not sign you in to {server.Name}. It says: {word}");
        }

        return said.Code is { Length: > 0 and <= MaxCode }
            ? null
            : Failure.Upstream($"{host} sent you back without what it should have given you. Begin again.");
    }

    /// <summary>Changes the secrets of the sign-in. Changes of one server follow each other.</summary>
    /// <returns>False where the server is gone, or has another address by now.</returns>
    private async Task<bool> ChangeAsync(
        Guid person,
        ToolServer server,
        Func<OAuthSecrets, OAuthSecrets> change,
        string? action,
        CancellationToken ct
    )
    {
        using var turn = await vault.Turns.TakeAsync(server.Id, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await AdvisoryLocks.TakeAsync(db, server.Id, AdvisoryLocks.ToolServerSignIn, ct);
        db.ChangeTracker.Clear();
        if (await db.ToolServers.OwnedBy(person).SingleOrDefaultAsync(s => s.Id == server.Id && s.Url == server.Url, ct) is not { } row)
        {
            return false;
        }

        var known = vault.Open(row);
        var changed = change(known);
        if (changed == known)
        {
            return true;
        }

        vault.Seal(row, changed);
        // Without the path, which may hold a secret.
        await audit.CommitAsync(db, action, action is null ? null : $"{row.Name}, {new Uri(row.Url).Authority}", ct);
        return true;
    }

    private static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
