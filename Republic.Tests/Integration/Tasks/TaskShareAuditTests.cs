using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>That a task is shared, or no longer, comes into the audit log after all else: who waits for the task holds up nobody who writes there.</summary>
public sealed class TaskShareAuditTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_holds_a_task_writes_to_the_audit_log_before_those_who_wait_for_the_task(bool ends)
    {
        var (owner, guest) = (await republic.NewPersonAsync($"Owner{ends}"), await republic.NewPersonAsync($"Guest{ends}"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        var share = await shared.ShareOfAsync(guest);
        var task = Guid.Parse(shared.Task);
        Task done;
        // As the deletion of an account does, which holds the tasks of others that its person was to do.
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from tasks where id = {task} for no key update", Ct)
            )
        )
        {
            done = ends
                ? owner.Api.DeleteAsync($"{shared.Path}/shares/{share}")
                : owner.Api.PostAsync($"{shared.Path}/shares", new { username = "nobody at all" });
            await turn.WaitedForAsync(1, "update tasks");
            await turn.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.AuditLog})", Ct);
        }

        await done;
        var (action, entered) = ends ? (AuditActions.TaskShareEnded, guest.Email) : (AuditActions.TaskShared, "nobody at all");
        Assert.True(
            await republic.QueryAsync(db =>
                db.AuditEntries.AnyAsync(e => e.PersonId == owner.Id && e.Action == action && e.Subject!.EndsWith(entered), Ct)
            )
        );
    }
}
