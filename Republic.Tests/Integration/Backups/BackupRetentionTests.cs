using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Backups.Schedules;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>Which backups are removed once another was made, and that none is where it was not.</summary>
[Collection(nameof(IdleNode))]
public sealed class BackupRetentionTests(IdleRepublic node) : BackupTestBase(node)
{
    [Fact]
    public async Task The_oldest_beyond_the_number_kept_go_and_nothing_else()
    {
        await PlanAsync(Mira, keep: 3);
        var oldFailure = await Node.PlantBackupAsync(TimeSpan.FromDays(9), BackupStatus.Failed, hasFile: false);
        var damaged = await Node.PlantBackupAsync(TimeSpan.FromDays(8), BackupStatus.Unreadable);
        var fifth = await Node.PlantBackupAsync(TimeSpan.FromDays(5));
        var fourth = await Node.PlantBackupAsync(TimeSpan.FromDays(4));
        var third = await Node.PlantBackupAsync(TimeSpan.FromDays(3));
        var failure = await Node.PlantBackupAsync(TimeSpan.FromDays(2.5), BackupStatus.Failed, hasFile: false);
        var second = await Node.PlantBackupAsync(TimeSpan.FromDays(2));
        var first = await Node.PlantBackupAsync(TimeSpan.FromDays(1));
        var strange = Path.Combine(Node.Backups().Root, "by-hand.zip");
        await File.WriteAllTextAsync(strange, "of somebody", Ct);
        await WriteUnfinishedAsync(failure);

        await TrimAsync(first);

        Assert.Equal([damaged.Id, third.Id, failure.Id, second.Id, first.Id], (await Node.BackupsAsync()).Select(one => one.Id));
        Assert.False(Node.Backups().Has(fifth.FileName) || Node.Backups().Has(fourth.FileName));
        Assert.All([damaged, third, second, first], one => Assert.True(Node.Backups().Has(one.FileName), one.FileName));
        Assert.True(File.Exists(strange));
        Assert.False(File.Exists(UnfinishedOf(failure)));
        Assert.DoesNotContain(await Node.BackupsAsync(), one => one.Id == oldFailure.Id);
        List<string?> removed = [fourth.FileName, fifth.FileName];
        Assert.Equal(
            2,
            await Node.QueryAsync(db =>
                db.AuditEntries.CountAsync(e => e.Action == AuditActions.BackupRemoved && removed.Contains(e.Subject), Ct)
            )
        );
    }

    [Fact]
    public async Task The_one_that_was_just_made_stays_even_if_a_wrong_clock_made_others_younger()
    {
        await PlanAsync(Mira, keep: 1);
        var future = await Node.PlantBackupAsync(TimeSpan.FromDays(-400));
        var made = await Node.PlantBackupAsync(TimeSpan.Zero);

        await TrimAsync(made);

        Assert.Equal(made.Id, Assert.Single(await Node.BackupsAsync()).Id);
        Assert.False(Node.Backups().Has(future.FileName));
    }

    [Fact]
    public async Task One_whose_file_is_on_a_disk_that_is_not_there_neither_counts_nor_goes()
    {
        await PlanAsync(Mira, keep: 2);
        var old = await Node.PlantBackupAsync(TimeSpan.FromDays(3));
        var elsewhere = await Node.PlantBackupAsync(TimeSpan.FromDays(2), hasFile: false);
        var made = await Node.PlantBackupAsync(TimeSpan.Zero);

        await TrimAsync(made);

        Assert.Equal([old.Id, elsewhere.Id, made.Id], (await Node.BackupsAsync()).Select(one => one.Id));
    }

    [Fact]
    public async Task A_backup_that_fails_removes_nothing_and_says_why()
    {
        await PlanAsync(Mira, keep: 1);
        var older = await Node.PlantBackupAsync(TimeSpan.FromDays(3));
        var newer = await Node.PlantBackupAsync(TimeSpan.FromDays(2));
        var (asked, job) = await AskedAsync(hasFile: false);
        var options = Options.Create(new BackupScheduleOptions { PassphraseFile = "/nowhere/passphrase" });
        var folder = new BackupFolder(Node.Services.GetRequiredService<DataFolder>(), options);

        var why = (await WorkAsync(job, folder)).Failure!.Message;

        var failed = await ReadAsync(asked.Id);
        Assert.Equal(("FAILED", why), ((string?)failed["status"], (string?)failed["error"]));
        Assert.Contains("/nowhere/passphrase", why, StringComparison.Ordinal);
        Assert.NotNull(failed["finished_at"]);
        Assert.All([older, newer], one => Assert.True(Node.Backups().Has(one.FileName)));
        Assert.Equal(3, (await Node.BackupsAsync()).Count);
    }

    [Fact]
    public async Task What_stands_in_the_place_of_a_backup_and_is_none_is_not_overwritten()
    {
        var (asked, job) = await AskedAsync();

        var ended = await WorkAsync(job, Node.Backups());

        Assert.False(ended.Ok);
        Assert.Equal("FAILED", (string?)(await ReadAsync(asked.Id))["status"]);
        Assert.Equal("planted", await File.ReadAllTextAsync(Node.Backups().PathOf(asked.FileName), Ct));
    }

    [Fact]
    public async Task A_start_that_finds_its_backup_made_goes_on_with_the_old_ones()
    {
        await PlanAsync(Mira, keep: 1);
        var old = await Node.PlantBackupAsync(TimeSpan.FromDays(1));
        var (made, job) = await AskedAsync(BackupStatus.Completed);

        var ended = await WorkAsync(job, Node.Backups());

        Assert.True(ended.Ok);
        Assert.Equal(made.Id, Assert.Single(await Node.BackupsAsync()).Id);
        Assert.False(Node.Backups().Has(old.FileName));
    }

    [Fact]
    public async Task A_file_goes_with_the_backup_that_is_deleted_and_that_of_a_failure_is_nobodys()
    {
        var good = await Node.PlantBackupAsync(TimeSpan.FromDays(1));
        var failed = await Node.PlantBackupAsync(TimeSpan.Zero, BackupStatus.Failed);
        await WriteUnfinishedAsync(failed);

        await Mira.Api.DeleteAsync($"{Address}/{good.Id}");
        await Mira.Api.DeleteAsync($"{Address}/{failed.Id}");

        Assert.Empty(await Node.BackupsAsync());
        Assert.Equal((false, true), (Node.Backups().Has(good.FileName), Node.Backups().Has(failed.FileName)));
        Assert.False(File.Exists(UnfinishedOf(failed)));
        await Mira.Api.ProblemAsync(404, HttpMethod.Delete, $"{Address}/{good.Id}");
    }

    [Fact]
    public async Task One_that_is_being_made_is_neither_deleted_nor_downloaded_nor_checked()
    {
        var id = await StartAsync(Mira);

        await Mira.Api.ProblemAsync(409, HttpMethod.Delete, $"{Address}/{id}");
        await Mira.Api.ProblemAsync(409, HttpMethod.Get, $"{Address}/{id}/download");
        await Mira.Api.ProblemAsync(409, HttpMethod.Post, $"{Address}/{id}/check");

        Assert.Equal("RUNNING", (string?)(await ReadAsync(id))["status"]);
    }

    /// <summary>Of one whose process died while it wrote it.</summary>
    private string UnfinishedOf(BackupRun backup) => Node.Backups().PathOf(backup.FileName) + ".part";

    private Task WriteUnfinishedAsync(BackupRun backup) => File.WriteAllTextAsync(UnfinishedOf(backup), "half", Ct);

    private Task TrimAsync(BackupRun made) => Node.Services.GetRequiredService<BackupRetention>().TrimAsync(made, Ct);

    private Task<Outcome<JobResult>> WorkAsync(JobRun job, BackupFolder folder) =>
        ActivatorUtilities.CreateInstance<BackupWork>(Node.Services, folder).RunAsync(job, Ct);

    /// <summary>A backup and a start of its job, which no node takes from it.</summary>
    private async Task<(BackupRun Backup, JobRun Job)> AskedAsync(string status = BackupStatus.Running, bool hasFile = true)
    {
        var now = TimeProvider.System.GetUtcNow();
        var job = new Job
        {
            OwnerId = Mira.Id,
            Kind = BackupWork.KindOfJob,
            Subject = Guid.CreateVersion7(),
            Status = JobStatus.Running,
            Epoch = 1,
            HeartbeatAt = now.AddHours(1),
            CreatedAt = now,
        };
        await Node.QueryAsync(db =>
        {
            db.Jobs.Add(job);
            return db.SaveChangesAsync(Ct);
        });
        var backup = await Node.PlantBackupAsync(TimeSpan.Zero, status, hasFile, job.Subject);
        return (backup, new JobRun(job, Node.Services.GetRequiredService<JobSlots>()));
    }
}
