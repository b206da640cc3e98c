using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Citizens;

/// <summary>Takes a PNG, keeps its pixels and nothing else of it.</summary>
public sealed class AvatarUpload(RepublicDb db, TimeProvider time)
{
    public const int MaxSide = 512;

    // 512 × 512 pixels of four bytes hardly grow when they are compressed.
    public const int MaxBytes = 3 * 512 * 1024;

    /// <summary>The picture joins what the database context saves next.</summary>
    public async Task<Outcome<AvatarImage>> AddAsync(Guid owner, Stream upload, CancellationToken ct)
    {
        var bytes = new byte[MaxBytes + 1];
        var length = await upload.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        if (length > MaxBytes)
        {
            return Failure.Invalid("file", $"The picture is larger than {MaxBytes / 1024:N0} KB. Make it smaller.");
        }

        try
        {
            return await AddAsync(owner, PngReader.Read(bytes.AsSpan(0, length), MaxSide), ct);
        }
        catch (PngException e)
        {
            return Failure.Invalid("file", e.Message);
        }
    }

    internal async Task<AvatarImage> AddAsync(Guid owner, Pixels pixels, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await SweepAsync(owner, now.AddDays(-1), ct);
        var image = new AvatarImage
        {
            OwnerId = owner,
            Png = PngWriter.Write(pixels),
            CreatedAt = now,
        };
        db.AvatarImages.Add(image);
        return image;
    }

    /// <summary>Pictures that nobody wears would pile up; a fresh one may still be on its way into a form.</summary>
    private async Task SweepAsync(Guid owner, DateTimeOffset before, CancellationToken ct) =>
        await db
            .AvatarImages.OwnedBy(owner)
            .Where(image => image.CreatedAt < before && !db.Citizens.Any(citizen => citizen.AvatarImageId == image.Id))
            .ExecuteDeleteAsync(ct);
}
