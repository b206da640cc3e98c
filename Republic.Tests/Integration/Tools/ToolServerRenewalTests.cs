using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Tools.Servers.OAuth;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>An authorization server that takes its time over new tokens.</summary>
public sealed class ToolServerRenewalTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private ToolServerTokens Tokens => republic.Services.GetRequiredService<ToolServerTokens>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Those_who_wait_for_a_renewal_hold_no_connection_to_the_database()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub) { Lifetime = 1 };
        var server = await republic.Jonas.SignedInServerAsync(republic, stub, authorization);
        var row = await server.RowAsync();
        var before = authorization.TokenRequests.Count;
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        authorization.Held = held.Task;

        var waiting = Enumerable.Range(0, 20).Select(_ => Tokens.FindAsync(row, spent: null, Ct)).ToList();
        await Until.TrueAsync(() => authorization.TokenRequests.Count > before);
        var atTheLock = await AtTheLockAsync(server.Id);
        authorization.Lifetime = 3600;
        held.SetResult();
        var found = await Task.WhenAll(waiting);

        Assert.Equal(1, atTheLock);
        Assert.Equal(before + 1, authorization.TokenRequests.Count);
        Assert.All(found, tokens => Assert.Equal(authorization.Access, tokens!.Access));
    }

    /// <summary>How many connections hold the lock of the server's sign-in, or wait for it.</summary>
    private Task<int> AtTheLockAsync(Guid server) =>
        republic.QueryAsync(db =>
            db.Database.SqlQuery<int>(
                    $"""
                    select count(*)::int as "Value" from pg_locks where locktype = 'advisory'
                    and ((classid::bigint << 32) | objid::bigint) = hashtextextended({server.ToString()}, {AdvisoryLocks.ToolServerSignIn})
                    """
                )
                .SingleAsync(Ct)
        );
}
