using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Providers.Idempotency;

/// <summary>
/// Sees to it that a call with an <c>Idempotency-Key</c> asks a model once, on however many nodes it arrives: who inserts the row asks.
/// All times are the database's, so nodes need not agree on theirs.
/// </summary>
public sealed class KeptAnswers(
    IDbContextFactory<RepublicDb> databases,
    IOptions<IdempotencyOptions> options,
    TimeProvider time,
    ILogger<KeptAnswers> log
)
{
    private readonly IdempotencyOptions limits = options.Value;

    public bool AreOn => limits.KeepFor > TimeSpan.Zero;

    public int MaxAnswerBytes => limits.MaxAnswerBytes;

    /// <summary>Fails where the database is away: then nobody can know whether the call was answered before.</summary>
    public async Task<Outcome<CallClaim>> ClaimAsync(IdempotentCall call, CancellationToken ct)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            while (true)
            {
                var claim = Guid.CreateVersion7();
                if (await InsertAsync(db, call, claim, ct))
                {
                    return new CallClaim.Taken(claim);
                }

                var known = await db
                    .KeptAnswers.AsNoTracking()
                    .SingleOrDefaultAsync(a => a.CallerId == call.Caller && a.Key == call.Key, ct);
                if (known is not null)
                {
                    return Read(known, call);
                }

                // The first failed and let go just now.
            }
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            log.LogWarning("A call with an Idempotency-Key is refused, the database is away: {Reason}", e.GetBaseException().Message);
            return Failure.Upstream(
                "The database is away, so whether this call was answered before is not known. Try again in a few seconds."
            );
        }
    }

    /// <summary>Works while the call is under way, so that no other node takes it for dead.</summary>
    public async Task HoldAsync(IdempotentCall call, Guid claim, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(limits.Silence / 4, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ct))
            {
                await TryAsync(
                    db =>
                        db.Database.ExecuteSqlAsync(
                            $"""
                            update kept_answers set until = clock_timestamp() + {limits.Silence}
                            where caller_id = {call.Caller} and key = {call.Key} and claim = {claim}
                            """,
                            ct
                        ),
                    "not held"
                );
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Answered.
        }
    }

    public Task KeepAsync(IdempotentCall call, Guid claim, string headers, byte[] body)
    {
        return TryAsync(
            db =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    update kept_answers set headers = {headers}::jsonb, body = {body}, until = clock_timestamp() + {limits.KeepFor}
                    where caller_id = {call.Caller} and key = {call.Key} and claim = {claim}
                    """
                ),
            "not kept"
        );
    }

    /// <summary>There is no answer to keep: the call made again asks again.</summary>
    public Task LetGoAsync(IdempotentCall call, Guid claim)
    {
        return TryAsync(
            db =>
                db.KeptAnswers.Where(a => a.CallerId == call.Caller && a.Key == call.Key && a.Claim == claim && a.Body == null)
                    .ExecuteDeleteAsync(),
            "not let go"
        );
    }

    /// <summary>Removes what is over, and of those who keep too much the oldest.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Database.ExecuteSqlAsync($"delete from kept_answers where until < clock_timestamp()", ct)
            + await db.Database.ExecuteSqlAsync(
                $"""
                delete from kept_answers k using (
                    select caller_id, key, claim,
                        sum(octet_length(body)) over (partition by owner_id order by until desc, claim desc) as bytes
                    from kept_answers where body is not null) sized
                where k.caller_id = sized.caller_id and k.key = sized.key and k.claim = sized.claim
                  and sized.bytes > {limits.MaxBytesPerPerson}
                """,
                ct
            );
    }

    private async Task<bool> InsertAsync(RepublicDb db, IdempotentCall call, Guid claim, CancellationToken ct) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into kept_answers (caller_id, key, owner_id, claim, request_hash, until)
            values ({call.Caller}, {call.Key}, {call.Owner}, {claim}, {call.RequestHash}, clock_timestamp() + {limits.Silence})
            on conflict (caller_id, key) do update
            set claim = excluded.claim, request_hash = excluded.request_hash, until = excluded.until, headers = null, body = null
            where kept_answers.until < clock_timestamp()
            """,
            ct
        ) == 1;

    private static CallClaim Read(KeptAnswer known, IdempotentCall call) =>
        !CryptographicOperations.FixedTimeEquals(known.RequestHash, call.RequestHash) ? new CallClaim.Mismatch()
        : known.Body is null ? new CallClaim.UnderWay()
        : new CallClaim.Answered(known.Headers!, known.Body);

    /// <summary>The caller has its answer, whatever becomes of the row: one that stays under way is given up after a while.</summary>
    private async Task TryAsync(Func<RepublicDb, Task<int>> write, string what)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync();
            await write(db);
        }
        catch (Exception e) when (DatabaseFaults.IsTransient(e))
        {
            log.LogWarning("A call with an Idempotency-Key is {What}, the database is away: {Reason}", what, e.GetBaseException().Message);
        }
    }
}
