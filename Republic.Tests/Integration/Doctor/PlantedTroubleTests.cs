using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Doctor;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Doctor;

/// <summary>What is wrong in the database and beside it, found by the examinations that ask its tables. It concerns all, so the app is its own.</summary>
public sealed class PlantedTroubleTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_trouble_that_is_planted_is_found_and_the_page_begins_with_the_worst()
    {
        Assert.DoesNotContain(await ExamineAsync(), finding => finding.Level == FindingLevel.Trouble);

        await PlantJobsAsync();
        await PlantModelsAsync();
        await PlantSecretAsync();
        await PlantNodeAsync();
        var found = await ExamineAsync();

        Assert.All(
            [
                ("key", FindingLevel.Trouble, "1 secret cannot be opened: the key 04030201 is not here."),
                ("models", FindingLevel.Trouble, "Files of personal models are missing: lost-model."),
                ("models", FindingLevel.Trouble, "Files of personal models have another size than they had: cut-model."),
                ("models", FindingLevel.Warning, "1 minion names a model that is not on this machine: gone-model."),
                ("jobs", FindingLevel.Warning, "none of the kind is worked on: letters."),
                ("jobs", FindingLevel.Warning, "1 job was begun 3 times or more"),
                ("jobs", FindingLevel.Warning, "failed of these kinds of jobs: songs."),
                ("clocks", FindingLevel.Warning, "The clock of fast-node is ahead of"),
            ],
            expected =>
                Assert.Contains(
                    found,
                    finding =>
                        (finding.Check, finding.Level) == (expected.Item1, expected.Item2)
                        && finding.Summary.Contains(expected.Item3, StringComparison.Ordinal)
                        && finding.Advice is not null
                )
        );
        var page = await (await republic.Mira.BrowserAsync()).ReadAsync("/admin/doctor");
        var (trouble, warning) = (
            page.LastIndexOf("</svg>trouble<", StringComparison.Ordinal),
            page.IndexOf("</svg>warning<", StringComparison.Ordinal)
        );
        Assert.True(trouble > 0 && trouble < warning, $"{trouble} and {warning}");
        Assert.Contains("Files of personal models are missing: lost-model.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing is wrong", page, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Finding>> ExamineAsync()
    {
        await using var scope = republic.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<Examiner>().ExamineAsync(Ct)).Findings;
    }

    private Task<int> PlantJobsAsync() =>
        republic.QueryAsync(db =>
        {
            db.Jobs.Add(NewJob("letters", JobStatus.Queued, Now.AddHours(-2)));
            // It waits for no node, but for its time.
            var held = NewJob("held letters", JobStatus.Queued, Now.AddHours(-2));
            held.HeldUntil = Now.AddHours(2);
            db.Jobs.Add(held);
            // One of this kind is worked on, so that the others have their turn later.
            db.Jobs.Add(NewJob("parcels", JobStatus.Queued, Now.AddHours(-2)));
            db.Jobs.Add(NewJob("parcels", JobStatus.Running, Now.AddHours(-2)));
            var begun = NewJob("stones", JobStatus.Running, Now);
            begun.Attempts = 3;
            db.Jobs.Add(begun);
            foreach (var (kind, status) in Enumerable.Range(0, 5).SelectMany(i => Ended(i)))
            {
                var ended = NewJob(kind, status, Now.AddHours(-1));
                ended.FinishedAt = Now;
                db.Jobs.Add(ended);
            }

            return db.SaveChangesAsync(Ct);
        });

    /// <summary>All songs fail, and of dances one does not.</summary>
    private static (string Kind, JobStatus Status)[] Ended(int i) =>
        [("songs", JobStatus.Failed), ("dances", i == 0 ? JobStatus.Completed : JobStatus.Failed)];

    private Job NewJob(string kind, JobStatus status, DateTimeOffset createdAt) =>
        new()
        {
            OwnerId = republic.Jonas.Id,
            Kind = kind,
            Subject = Guid.CreateVersion7(),
            Status = status,
            // No node takes it, as somebody seems to work on it.
            HeartbeatAt = Now.AddHours(1),
            CreatedAt = createdAt,
        };

    private async Task PlantModelsAsync()
    {
        var sage = await republic.Jonas.NewMinionAsync("sage");
        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == sage.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ModelId, "gone-model"), Ct)
        );
        await republic.QueryAsync(db =>
        {
            db.PersonalModels.AddRange(NewModel("lost-model", 'a'), NewModel("cut-model", 'b'), NewModel("whole-model", 'c'));
            return db.SaveChangesAsync(Ct);
        });
        var folder = new DataFolder(republic.DataFolder).Folder("personal-models");
        await File.WriteAllTextAsync(Path.Combine(folder, $"{new string('b', 64)}.gguf"), "GGU", Ct);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{new string('c', 64)}.gguf"), "GGUF", Ct);
    }

    private PersonalModel NewModel(string name, char digit) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            OwnerId = republic.Ada.Id,
            ModelId = name,
            Name = name,
            Origin = ModelOrigin.Upload,
            State = ModelState.Ready,
            Sha256 = new string(digit, 64),
            Bytes = 4,
            CreatedAt = Now,
            UpdatedAt = Now,
        };

    /// <summary>A value that says that a key sealed it which was never here.</summary>
    private Task<int> PlantSecretAsync() =>
        republic.QueryAsync(db =>
        {
            db.DataProtectionKeys.Add(new DataProtectionKey { FriendlyName = "planted", SealedXml = [1, 1, 2, 3, 4, .. new byte[40]] });
            return db.SaveChangesAsync(Ct);
        });

    private async Task PlantNodeAsync()
    {
        await Until.TrueAsync(() =>
            republic.QueryAsync(db =>
                db.Database.SqlQuery<bool>($"""select to_regclass('quartz_scheduler_state') is not null as "Value" """).SingleAsync(Ct)
            )
        );
        var ahead = TimeProvider.System.GetUtcNow().AddMinutes(5).UtcTicks;
        // Under another name than that of the scheduler, which leaves it alone.
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"insert into quartz_scheduler_state (sched_name, instance_name, last_checkin_time, checkin_interval) values ('planted', 'fast-node', {ahead}, 1000)",
                Ct
            )
        );
    }
}
