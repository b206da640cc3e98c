using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Data;

namespace Republic.Web.Http.Auth;

/// <summary>
/// The live streams that this node sends. Each ends with the session or access token that opened it: all of them are looked up together
/// every few seconds, so that an end on any node counts.
/// </summary>
internal sealed class OpenStreams(IDbContextFactory<RepublicDb> contexts, TimeProvider time, ILogger<OpenStreams> log)
    : RevocationTimer(CheckInterval, time, log)
{
    /// <summary>A browser has one for all its tabs, and a program one for each thing that it watches.</summary>
    public const int MaxPerPerson = 64;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, OpenStream> streams = new();

    /// <param name="expires">When the bearer token ends; null for a cookie.</param>
    /// <returns>Dispose it when the stream has ended; null where the person has too many.</returns>
    public OpenStream? Open(ClaimsPrincipal user, DateTimeOffset? expires, CancellationToken ct)
    {
        var person = CurrentPerson.From(user).Id;
        var opened = new OpenStream(this, person, PersonClaims.SessionOf(user), PersonClaims.TokenOf(user), expires, ct);
        streams[opened.Id] = opened;
        if (streams.Values.Count(stream => stream.PersonId == person) <= MaxPerPerson)
        {
            return opened;
        }

        opened.Dispose();
        return null;
    }

    protected override async Task EndRevokedAsync(CancellationToken ct)
    {
        if (streams.IsEmpty)
        {
            return;
        }

        var now = Time.GetUtcNow();
        var open = streams.Values.ToList();
        var sessions = open.Select(stream => stream.SessionId).OfType<Guid>().Distinct().ToList();
        var tokens = open.Select(stream => stream.TokenId).OfType<Guid>().Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var good = await db
            .Sessions.Where(session => sessions.Contains(session.Id))
            .Where(session => db.Users.Any(person => person.Id == session.PersonId && person.DeactivatedAt == null))
            .Select(session => session.Id)
            .ToHashSetAsync(ct);
        good.UnionWith(
            await db
                .AccessTokens.Where(token => tokens.Contains(token.Id) && (token.ExpiresAt == null || token.ExpiresAt > now))
                .Where(token => db.Users.Any(person => person.Id == token.OwnerId && person.DeactivatedAt == null))
                .Select(token => token.Id)
                .ToListAsync(ct)
        );
        foreach (var stream in open.Where(stream => stream.Expires <= now || !good.Contains(stream.SessionId ?? stream.TokenId ?? default)))
        {
            stream.End();
        }
    }

    internal sealed class OpenStream : IDisposable
    {
        private readonly OpenStreams all;
        private readonly CancellationTokenSource ended;

        public OpenStream(OpenStreams all, Guid person, Guid? session, Guid? token, DateTimeOffset? expires, CancellationToken ct)
        {
            (this.all, PersonId, SessionId, TokenId, Expires) = (all, person, session, token, expires);
            ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        }

        public Guid Id { get; } = Guid.CreateVersion7();

        public Guid PersonId { get; }

        public Guid? SessionId { get; }

        public Guid? TokenId { get; }

        public DateTimeOffset? Expires { get; }

        /// <summary>The reader left, or may not read on.</summary>
        public CancellationToken Ended => ended.Token;

        public void End()
        {
            try
            {
                ended.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself just now.
            }
        }

        public void Dispose()
        {
            all.streams.TryRemove(Id, out _);
            ended.Dispose();
        }
    }
}
