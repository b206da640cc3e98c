using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.FromRows;

namespace Republic.Tests.World;

/// <summary>Collections as they are once documents were uploaded and indexed, without an upload.</summary>
public static class PlantedCollections
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>With a passage for each text.</summary>
    public static async Task<Guid> NewAsync(IRepublic world, Inhabitant person, string name, params string[] texts)
    {
        var id = Guid.CreateVersion7();
        await using var db = await DbAsync(world);
        await world
            .Services.GetRequiredService<RowCollections>()
            .AddAsync(db, new RowSource(id, person.Id, name, "Planted.", texts), DateTimeOffset.Parse("2026-01-01Z"), Ct);
        return id;
    }

    /// <summary>A document that is not indexed yet, or could not be.</summary>
    /// <returns>The job that indexes it.</returns>
    public static async Task<Guid> AddDocumentAsync(IRepublic world, Guid collection, string name, JobStatus status, string? error = null)
    {
        await using var db = await DbAsync(world);
        var (owner, now) = (
            await db.Collections.Where(c => c.Id == collection).Select(c => c.OwnerId).SingleAsync(Ct),
            DateTimeOffset.Parse("2026-01-01Z")
        );
        var work = new Job
        {
            OwnerId = owner,
            Kind = "planted",
            Subject = collection,
            Status = status,
            Error = error,
            // Nobody takes it up: it looks as if somebody were at it.
            HeartbeatAt = DateTimeOffset.Parse("2100-01-01Z"),
            CreatedAt = now,
        };
        db.AddRange(
            work,
            new Document
            {
                Id = Guid.CreateVersion7(),
                OwnerId = owner,
                CollectionId = collection,
                Name = name,
                Format = DocumentFormat.Pdf,
                Bytes = 1,
                Sha256 = new string('0', 64),
                JobId = work.Id,
                CreatedAt = now,
                UpdatedAt = now,
            }
        );
        await db.SaveChangesAsync(Ct);
        return work.Id;
    }

    public static async Task EndJobAsync(IRepublic world, Guid job)
    {
        await using var db = await DbAsync(world);
        await db.Jobs.Where(j => j.Id == job).ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Completed), Ct);
    }

    private static Task<RepublicDb> DbAsync(IRepublic world) =>
        world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);
}
