using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Datasets.Reading;
using Republic.Core.Datasets.Refining;

namespace Republic.Core.Datasets.Uploads;

/// <summary>What a source is, for whoever must choose the columns of a table.</summary>
public sealed class DatasetLook(IDbContextFactory<RepublicDb> databases, DatasetFiles files)
{
    /// <summary>As much of a file as a look takes.</summary>
    public const int HeadBytes = 256 * 1024;

    /// <summary>Of a file that is not uploaded yet, by its beginning.</summary>
    public static async Task<Outcome<SourceLook>> AtHeadAsync(Stream head, CancellationToken ct)
    {
        var buffer = new byte[HeadBytes];
        var length = await head.ReadAtLeastAsync(buffer, HeadBytes, throwOnEndOfStream: false, ct);
        return DatasetRefinery.Look(buffer.AsSpan(0, length), isWhole: length < HeadBytes);
    }

    public async Task<Outcome<SourceLook>> AtAsync(Guid owner, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Datasets.OwnedBy(owner).AnyAsync(d => d.Id == id, ct)
            ? DatasetRefinery.Look(files.PathOf(id))
            : Failure.NotFound("dataset");
    }
}
