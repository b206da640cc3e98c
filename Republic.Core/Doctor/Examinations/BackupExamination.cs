using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Backups.Schedules;

namespace Republic.Core.Doctor.Examinations;

/// <summary>How old the last backup is, whether its file is there, and whether there will be another.</summary>
/// <param name="scopes">Its reader has one of its own, which lasts as long as what it reads: that may outlast the examination.</param>
internal sealed class BackupExamination(IServiceScopeFactory scopes) : IExamination
{
    private const string Backup = "backup";
    private const string Page = "Administration, Backups";

    public string Check => Backup;

    public bool NeedsTables => true;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return [.. Of(await scope.ServiceProvider.GetRequiredService<BackupReader>().ReadAsync(ct))];
    }

    internal static IEnumerable<Finding> Of(BackupOverview overview)
    {
        List<string> gone = [.. overview.Backups.Where(IsGone).Select(one => one.FileName)];
        if (overview.Failed is { } failed)
        {
            yield return Finding.Trouble(
                Backup,
                $"The last backup, {failed.FileName}, cannot be used: {(failed.Error ?? "it failed").FirstLine()}",
                $"Do what is said there, and make another one under {Page}."
            );
        }

        if (overview.Last is not { } last)
        {
            yield return gone.Count > 0
                ? Finding.Trouble(
                    Backup,
                    $"Of {Counted.Of(gone.Count, "backup")} no file is where it was written.",
                    $"Put the files back into the folder of backups, or make a new one under {Page}."
                )
                : Finding.Warning(
                    Backup,
                    "There is no backup yet.",
                    $"Make one under {Page}, where a schedule is set as well, or with republic backup FILE."
                );
            yield break;
        }

        if (gone.Count > 0)
        {
            yield return Finding.Warning(
                Backup,
                $"Files of backups are gone: {NameList.Of(gone)}.",
                $"Put them back into the folder of backups, or take them off the list under {Page}."
            );
        }

        if (overview.IsLate)
        {
            yield return Finding.Warning(Backup, $"The last backup is {AgeOf(overview)} old.", $"Make another one under {Page}.");
        }

        if (!overview.Schedule.IsOn)
        {
            yield return Finding.Warning(Backup, "No backup is made by itself.", $"Set a schedule under {Page}.");
        }
        else if (overview is { Failed: null, IsLate: false } && gone.Count == 0)
        {
            yield return Finding.Good(
                Backup,
                $"The last backup, {last.FileName}, is {AgeOf(overview)} old and takes {ByteSize.Of(last.Bytes ?? 0)}; it was read whole after it was written."
            );
        }
    }

    private static bool IsGone(BackupCard card) => card is { HasFile: false, Status: BackupStatus.Completed };

    private static string AgeOf(BackupOverview overview)
    {
        var age = overview.Age.GetValueOrDefault();
        return age < TimeSpan.FromHours(1) ? "less than an hour"
            : age < TimeSpan.FromDays(2) ? Counted.Of((long)age.TotalHours, "hour")
            : Counted.Of((long)age.TotalDays, "day");
    }
}
