using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Republic.Core.Data;

namespace Republic.Core.Backups.Taking;

/// <summary>Deletes what a backup held that was killed: second names of files keep their bytes on the disk.</summary>
internal sealed class BackupLinksSweep(
    IDbContextFactory<RepublicDb> databases,
    DataFolder data,
    TimeProvider time,
    ILogger<BackupLinksSweep> log
) : Sweep(TimeSpan.FromHours(1), "Files that a stopped backup held will be looked for again", time, log)
{
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        if (FileSnapshot.Leftovers(data).Count == 0)
        {
            return 0;
        }

        await using var database = await DatabaseSnapshot.OpenAsync(databases, ct);
        return await database.TryLockAsync(ct) ? FileSnapshot.Clear(data) : 0;
    }
}
