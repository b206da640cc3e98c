using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Chats.Messages;
using Republic.Core.Jobs;
using Republic.Core.Tasks;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>
/// What must go through is tried again where the database undoes it. Somebody holds what it wants and waits for what it holds, and the
/// database finds that circle from its side: theirs is looked at only after a minute.
/// </summary>
public sealed class RetriedDeadlockTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string People = "/api/admin/people";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deletion_that_is_undone_once_is_done_and_in_the_log_once()
    {
        var (owner, guest) = (await republic.NewPersonAsync("Orla"), await republic.NewPersonAsync("Gerd"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });
        var task = Guid.Parse(shared.Task);
        Task deleted;
        await using (var other = await OtherAsync($"select 1 from tasks where id = {task} for update"))
        {
            Task crossed;
            await using (var turn = await HeldAsync($"select 1 from citizens where id = {guest.Id} for update"))
            {
                deleted = republic.Mira.Api.DeleteAsync($"{People}/{guest.Id}");
                await turn.WaitedForAsync(1, "citizens");
                crossed = other.Db.LockTasksAsync(guest.Id, Ct);
                await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            }

            // Only a deletion that was undone lets go of it.
            await crossed;
        }

        await deleted;
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Get, $"{People}/{guest.Id}");
        Assert.Equal(1, await LoggedAsync(AuditActions.PersonDeleted, guest));
    }

    [Fact]
    public async Task A_deactivation_that_is_undone_once_is_done_with_all_that_belongs_to_it()
    {
        var person = await republic.NewPersonAsync("Dora");
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(person, vendor, "dora");
        var (job, answer) = (await RunningJobAsync(person), await chat.SayAsync("Hi"));
        await chat.EndOfAsync(answer);
        await WrittenAsync(answer);
        Task deactivated;
        await using (var other = await OtherAsync($"select 1 from messages where id = {answer} for update"))
        {
            Task crossed;
            await using (var turn = await HeldAsync($"select 1 from jobs where id = {job} for update"))
            {
                deactivated = republic.Mira.Api.PostAsync($"{People}/{person.Id}/deactivate");
                await turn.WaitedForAsync(1, "update jobs");
                crossed = other.Db.Database.ExecuteSqlAsync($"select 1 from people where id = {person.Id} for no key update", Ct);
                await turn.WaitedForAsync(1, "from people");
            }

            await crossed;
        }

        await deactivated;
        Assert.NotNull((await republic.Mira.Api.GetAsync($"{People}/{person.Id}"))["deactivated_at"]);
        Assert.Equal(1, await LoggedAsync(AuditActions.PersonDeactivated, person));
        Assert.Equal(
            TurnState.Stopped,
            await republic.QueryAsync(db => db.Messages.Where(m => m.Id == answer).Select(m => m.State).SingleAsync(Ct))
        );
        Assert.Equal(
            JobStatus.Queued,
            await republic.QueryAsync(db => db.Jobs.Where(j => j.Id == job).Select(j => j.Status).SingleAsync(Ct))
        );
    }

    private Task<HeldTurn> HeldAsync(FormattableString rows) => HeldTurn.TakeAsync(republic, db => db.Database.ExecuteSqlAsync(rows, Ct));

    private Task<HeldTurn> OtherAsync(FormattableString rows) =>
        HeldTurn.TakeAsync(
            republic,
            async db =>
            {
                await db.Database.ExecuteSqlAsync($"set local deadlock_timeout = '1min'", Ct);
                await db.Database.ExecuteSqlAsync(rows, Ct);
            }
        );

    private Task<int> LoggedAsync(string action, Inhabitant person) =>
        republic.QueryAsync(db => db.AuditEntries.CountAsync(e => e.Action == action && e.Subject!.Contains(person.Email), Ct));

    private Task<Guid> RunningJobAsync(Inhabitant person) =>
        republic.QueryAsync(async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            var job = new Job
            {
                OwnerId = person.Id,
                Kind = "document",
                Subject = Guid.CreateVersion7(),
                Status = JobStatus.Running,
                Attempts = 1,
                // No node takes it, as somebody seems to work on it.
                HeartbeatAt = now.AddHours(1),
                CreatedAt = now,
            };
            db.Jobs.Add(job);
            await db.SaveChangesAsync(Ct);
            return job.Id;
        });

    private Task<int> WrittenAsync(Guid answer) =>
        republic.QueryAsync(db =>
            db.Messages.Where(m => m.Id == answer)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(m => m.State, TurnState.Streaming)
                            .SetProperty(m => m.UpdatedAt, TimeProvider.System.GetUtcNow().AddHours(1)),
                    Ct
                )
        );
}
