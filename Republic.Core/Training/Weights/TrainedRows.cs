using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Versions;
using Republic.Core.Minions;
using Republic.Core.Training.Reports;
using Republic.Core.Training.Steps;

namespace Republic.Core.Training.Weights;

/// <summary>Says which rows of a run a minion has not earned experience with yet, and writes them down.</summary>
internal sealed class TrainedRows(TrainingFiles files)
{
    private const int HashBytes = 16;
    private const int AtOnce = 5000;

    /// <summary>In the transaction that gives the experience, with the minion's row held.</summary>
    /// <returns>How many of the rows are new to the minion, as far as more rows still earn anything.</returns>
    public async Task<int> AddAsync(RepublicDb db, StepRun run, Minion minion, CancellationToken ct)
    {
        var room = ExperienceCurve.MostRows - minion.TrainedRows;
        if (room <= 0 || run.Read<RefinedData>(StepName.RefineDatasets).Folder is not { } folder)
        {
            return 0;
        }

        using var version = VersionReader.Open(Path.Combine(files.FolderOf(run.Job.Id), folder));
        var added = 0;
        // The minion is held meanwhile, and a million rows say no more than the first that fill the room.
        foreach (var some in RowFiles.Rows(version).Chunk(AtOnce))
        {
            byte[][] hashes = [.. some.Select(HashOf)];
            added += await db.Database.ExecuteSqlAsync(
                $"""
                insert into trained_rows (minion_id, hash)
                select distinct {minion.Id}, row.hash from unnest({hashes}) as row(hash)
                where not exists (select 1 from trained_rows known where known.minion_id = {minion.Id} and known.hash = row.hash)
                limit {room - added}
                """,
                ct
            );
            if (added == room)
            {
                break;
            }
        }

        return added;
    }

    internal static byte[] HashOf(SampleRow row)
    {
        var text = RowFiles.TextOf(row);
        string said = new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
        return SHA256.HashData(Encoding.UTF8.GetBytes(said.Length > 0 ? said : text))[..HashBytes];
    }
}
