using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Links;
using Republic.Core.Leaving;
using Republic.Core.Tasks;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Admin;

/// <summary>A guest who is deleted: the files they put into tasks of others stay, and tasks assigned to them have no assignee.</summary>
public sealed class GuestDeletionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string People = "/api/admin/people";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_guest_did_in_a_task_of_somebody_else_stays_with_the_task()
    {
        var (owner, guest) = (await republic.NewPersonAsync("Olga"), await republic.NewPersonAsync("Gustav"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        var file = await SharedTask.UploadAsync(guest, shared.Task, "notes.txt", "of a guest");
        await owner.Api.PostAsync($"{shared.Path}/assign", new { citizen_id = guest.Id });

        await republic.Mira.Api.DeleteAsync($"{People}/{guest.Id}");

        Assert.Equal("of a guest", await owner.Api.Http.GetStringAsync($"{shared.Path}/attachments/{file}", Ct));
        var task = await republic.QueryAsync(db => db.Tasks.SingleAsync(t => t.Id == Guid.Parse(shared.Task), Ct));
        Assert.Equal((null, null, null), (task.AssignedTo, task.AssignedBy, task.AssignedAt));
        var kept = await republic.QueryAsync(db => db.TaskAttachments.SingleAsync(a => a.Id == Guid.Parse(file), Ct));
        Assert.Equal((owner.Id, owner.Id), (kept.OwnerId, kept.CitizenId));
    }

    [Fact]
    public async Task An_invitation_that_was_not_answered_stays_as_one_to_a_name_that_nobody_has()
    {
        var (owner, guest) = (await republic.NewPersonAsync("Orla"), await republic.NewPersonAsync("Gregor"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        var before = await shared.ShareOfAsync(guest);

        await republic.Mira.Api.DeleteAsync($"{People}/{guest.Id}");

        Assert.Equal(before, await shared.ShareOfAsync(guest));
    }

    [Fact]
    public async Task A_profile_that_is_saved_meanwhile_does_not_undo_a_deactivation()
    {
        var person = await republic.NewPersonAsync("Stefan");
        await using var scope = republic.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var stale = await people.FindByIdAsync(person.Id.ToString());
        await republic.Mira.Api.PostAsync($"{People}/{person.Id}/deactivate");

        Assert.False((await people.UpdateAsync(stale!)).Succeeded);
        Assert.NotNull((await republic.Mira.Api.GetAsync($"{People}/{person.Id}"))["deactivated_at"]);
    }

    [Fact]
    public async Task A_deletion_that_has_begun_is_done_though_who_asked_is_gone()
    {
        var person = await republic.NewPersonAsync("Traude");
        await using var scope = republic.Services.CreateAsyncScope();
        var deletion = scope.ServiceProvider.GetRequiredService<AccountDeletion>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        Task<Outcome<string>> deleted;
        await using (
            var turn = await HeldTurn.TakeAsync(
                republic,
                db => db.Database.ExecuteSqlAsync($"select 1 from citizens where id = {person.Id} for update", Ct)
            )
        )
        {
            deleted = deletion.DeleteAsync(republic.Mira.Id, person.Id, patience.Token);
            await turn.WaitedForAsync(1, "citizens");
            await patience.CancelAsync();
        }

        Assert.True((await deleted).Ok);
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Get, $"{People}/{person.Id}");
    }

    [Fact]
    public async Task What_somebody_makes_just_before_they_are_deleted_goes_with_them()
    {
        var (maker, other) = (await republic.NewPersonAsync("Magda"), await republic.NewPersonAsync("Otmar"));
        var now = republic.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        Task deleted;
        await using (var turn = await HeldTurn.TakeAsync(republic, db => db.LockTasksAsync(maker.Id, Ct)))
        {
            deleted = republic.Mira.Api.DeleteAsync($"{People}/{maker.Id}");
            await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            var id = Guid.CreateVersion7();
            turn.Db.Tasks.Add(
                new WorkTask
                {
                    Id = id,
                    OwnerId = maker.Id,
                    Number = await turn.Db.NextTaskNumberAsync(maker.Id, Ct),
                    Title = "Late",
                    CreatedBy = maker.Id,
                    RootId = id,
                    CreatedAt = now,
                    UpdatedAt = now,
                }
            );
            turn.Db.PasswordResets.Add(
                new PasswordReset
                {
                    PersonId = other.Id,
                    Hash = id.ToByteArray(),
                    MadeBy = maker.Id,
                    CreatedAt = now,
                    ExpiresAt = now.AddDays(1),
                }
            );
            await turn.Db.SaveChangesAsync(Ct);
        }

        await deleted;
        Assert.False(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.OwnerId == maker.Id, Ct)));
        Assert.False(await republic.QueryAsync(db => db.PasswordResets.AnyAsync(r => r.PersonId == other.Id, Ct)));
    }

    [Fact]
    public async Task Somebody_deactivated_is_offered_no_task()
    {
        var (owner, guest) = (await republic.NewPersonAsync("Oskar"), await republic.NewPersonAsync("Gisela"));
        var shared = await SharedTask.MakeAsync(owner);
        await shared.AcceptedByAsync(guest);
        await republic.Mira.Api.PostAsync($"{People}/{guest.Id}/deactivate");

        await owner.Api.ProblemAsync(400, HttpMethod.Post, $"{shared.Path}/assign", new { citizen_id = guest.Id });
    }
}
