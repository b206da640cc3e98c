using Republic.Core.Archives.Importing.Reading;
using Republic.Core.Archives.Records;

namespace Republic.Core.Archives.Importing;

/// <summary>Finds out what there is to choose from.</summary>
internal static class ContentsReader
{
    private const int MaxName = 100;

    /// <summary>More are not chosen one by one: a form has no more fields.</summary>
    private const int MostListed = 500;

    /// <summary>As many of a kind as anybody believes, so that they can be summed up.</summary>
    private const int MostCounted = 10_000_000;
    private const string MinionFolder = "minions/";
    private const string MinionFile = "/minion.json";

    public static async Task<ArchiveContents> ReadAsync(ArchiveReader archive, CancellationToken ct)
    {
        var manifest = archive.Manifest;
        var minions = new List<ArchiveContents.ContainedMinion>();
        var ids = ArchiveFormat.Ids(archive.Names, MinionFolder, MinionFile).ToList();
        foreach (var id in ids.Count <= MostListed ? ids : [])
        {
            var minion = await archive.ReadJsonAsync<ArchivedMinion>(ArchiveFormat.Minion(id, "minion.json"), ct);
            if (minion.Ok)
            {
                minions.Add(
                    new ArchiveContents.ContainedMinion(id, ArchiveText.Plain(minion.Value.DisplayName, MaxName), minion.Value.IsDeleted)
                );
            }
        }

        var counts = ArchiveKinds.All.ToDictionary(
            kind => kind,
            kind => Math.Clamp(manifest.Counts.GetValueOrDefault(kind), 0, MostCounted)
        );
        counts[ArchiveKinds.Minions] = ids.Count;
        return new ArchiveContents(
            ArchiveText.Plain(manifest.AppVersion, MaxName),
            manifest.MadeAt,
            ArchiveText.Plain(manifest.UserName, MaxName),
            counts,
            minions
        );
    }
}
