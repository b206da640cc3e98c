using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Sharing;
using Republic.Core.Tasks.Sharing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Sharing;

/// <summary>What holds of every share, shown with a kind of subject that is made up: it has the table of tasks, and all else of its own.</summary>
public sealed class ShareKindTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_kind_of_subject_has_its_own_words_and_its_own_actions_in_the_audit_log()
    {
        var (owner, guest) = (await republic.NewPersonAsync("OwnerEntry"), await republic.NewPersonAsync("GuestEntry"));
        var subject = Guid.Parse((await SharedTask.MakeAsync(owner)).Task);
        await using var entries = new Entries(republic);

        Assert.Equal("If there is a person called x, the entry is shared with them.", entries.Editor.Answer(" x "));
        Assert.True((await entries.Editor.ShareAsync(owner.Id, subject, $" {guest.Email.ToUpperInvariant()} ", Ct)).Ok);
        var share = await entries.OfAsync(guest.Id);
        Assert.Equal(subject, (await entries.Editor.AcceptAsync(guest.Id, share, Ct)).Value);
        Assert.Equal(subject, (await entries.Editor.AcceptAsync(guest.Id, share, Ct)).Value);
        Assert.True((await entries.Editor.LeaveAsync(guest.Id, share, Ct)).Ok);

        Assert.Equal(1, entries.Withdrawn);
        Assert.Equal([$"entry.share E-1: {guest.Email.ToUpperInvariant()}"], await LoggedAsync(owner.Id));
        Assert.Equal(["entry.accept an entry of OwnerEntry", "entry.leave an entry of OwnerEntry"], await LoggedAsync(guest.Id));
        Assert.Equal(FailureKind.NotFound, (await entries.Editor.AcceptAsync(guest.Id, share, Ct)).Failure?.Kind);
    }

    [Fact]
    public async Task What_nobody_accepted_is_ended_without_anything_to_take_from_them()
    {
        var (owner, guest) = (await republic.NewPersonAsync("OwnerOpen"), await republic.NewPersonAsync("GuestOpen"));
        var subject = Guid.Parse((await SharedTask.MakeAsync(owner)).Task);
        await using var entries = new Entries(republic);
        await entries.Editor.ShareAsync(owner.Id, subject, guest.Email, Ct);
        var share = await entries.OfAsync(guest.Id);

        Assert.Equal(FailureKind.NotFound, (await entries.Editor.EndAsync(owner.Id, Guid.CreateVersion7(), share, Ct)).Failure?.Kind);
        Assert.True((await entries.Editor.EndAsync(owner.Id, subject, share, Ct)).Ok);

        Assert.Equal(0, entries.Withdrawn);
        Assert.Equal([$"entry.share E-1: {guest.Email}", $"entry.end E-1: {guest.Email}"], await LoggedAsync(owner.Id));
        Assert.Equal(FailureKind.NotFound, (await entries.Editor.LeaveAsync(guest.Id, share, Ct)).Failure?.Kind);
    }

    [Fact]
    public async Task Each_kind_has_as_many_names_a_day_and_refuses_its_subjects_for_reasons_of_its_own()
    {
        var owner = await republic.NewPersonAsync("OwnerLimit");
        var shared = await SharedTask.MakeAsync(owner);
        var subject = Guid.Parse(shared.Task);
        await using var entries = new Entries(republic);
        for (var n = 0; n < Share.MostPerDay; n++)
        {
            await entries.Audit.WriteForAsync(owner.Id, "entry.share");
        }

        var refused = (await entries.Editor.ShareAsync(owner.Id, subject, "nobody", Ct)).Failure!;
        Assert.Equal(FailureKind.TooMany, refused.Kind);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromDays(1));
        for (var n = 0; n < Share.MostPerSubject; n++)
        {
            await owner.Api.PostAsync($"{shared.Path}/shares", new { username = $"name {n}" });
        }

        Assert.StartsWith(
            "An entry is shared with at most 20 people.",
            (await entries.Editor.ShareAsync(owner.Id, subject, "one more", Ct)).Failure?.Message
        );
        entries.Refusal = Failure.Conflict("It is a draft.");
        Assert.Same(entries.Refusal, (await entries.Editor.ShareAsync(owner.Id, subject, " ", Ct)).Failure);
    }

    private async Task<IEnumerable<string>> LoggedAsync(Guid person) =>
        await republic.QueryAsync(db =>
            db.AuditEntries.Where(e => e.PersonId == person && e.Action.StartsWith("entry."))
                .OrderBy(e => e.Number)
                .Select(e => $"{e.Action} {e.Subject}")
                .ToListAsync(Ct)
        );

    private sealed class Entries : IShareKind<TaskShare>, IAsyncDisposable
    {
        private readonly AsyncServiceScope scope;
        private readonly RepublicDb db;

        public Entries(SharedRepublic republic)
        {
            scope = republic.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            (db, Audit) = (services.GetRequiredService<RepublicDb>(), services.GetRequiredService<AuditLog>());
            Editor = new ShareEditor<TaskShare>(
                db,
                this,
                services.GetRequiredService<ILookupNormalizer>(),
                Audit,
                services.GetRequiredService<LiveEvents>(),
                services.GetRequiredService<TimeProvider>()
            );
        }

        public ShareEditor<TaskShare> Editor { get; }

        public AuditLog Audit { get; }

        public Failure? Refusal { get; set; }

        public int Withdrawn { get; private set; }

        public string Noun => "entry";

        public (string Changed, string Shared) Events => ("entry.changed", "entry.shared");

        public (string Share, string End, string Accept, string Leave) Actions =>
            ("entry.share", "entry.end", "entry.accept", "entry.leave");

        public Task<Guid> OfAsync(Guid person) => db.TaskShares.Where(s => s.PersonId == person).Select(s => s.Id).SingleAsync(Ct);

        public async Task<Outcome<Guid>> ChangeAsync(
            Guid owner,
            Guid actor,
            Guid id,
            Func<ShareChange, Task<Failure?>> edit,
            CancellationToken ct
        )
        {
            // What was read before is not what stands now.
            db.ChangeTracker.Clear();
            var change = new ShareChange("E-1", Refusal, WithdrawAsync, [], []);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await edit(change) is { } failure)
            {
                return failure;
            }

            await db.SaveChangesAsync(ct);
            foreach (var (person, action, label) in change.Audited)
            {
                await Audit.AppendAsync(db, person, action, label, ct);
            }

            await transaction.CommitAsync(ct);
            await Task.WhenAll(change.AfterCommit.Select(step => step(ct)));
            return id;
        }

        public ValueTask DisposeAsync() => scope.DisposeAsync();

        private Task WithdrawAsync()
        {
            Withdrawn++;
            return Task.CompletedTask;
        }
    }
}
