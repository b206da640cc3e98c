using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;

namespace Republic.Core.Datasets;

internal sealed class DatasetTables
    : IEntityTypeConfiguration<Dataset>,
        IEntityTypeConfiguration<DatasetVersion>,
        IEntityTypeConfiguration<DatasetChange>
{
    public const int MaxName = 200;
    public const int MaxDescription = 2000;

    public void Configure(EntityTypeBuilder<Dataset> dataset)
    {
        dataset.Property(d => d.Name).HasMaxLength(MaxName);
        dataset.Property(d => d.Description).HasMaxLength(MaxDescription);
        dataset.Property(d => d.FileName).HasMaxLength(200);
        dataset.Property(d => d.SourceSha256).HasMaxLength(64).IsFixedLength();
        dataset.Property(d => d.Mapping).IsJson(JsonSerializerOptions.Default);
        dataset.HasOne<Person>().WithMany().HasForeignKey(d => d.OwnerId).OnDelete(DeleteBehavior.Cascade);
        dataset.HasIndex(d => new { d.OwnerId, d.CreatedAt });
        dataset.HasIndex(d => new { d.OwnerId, d.SourceSha256 });
    }

    public void Configure(EntityTypeBuilder<DatasetVersion> version)
    {
        version.ToTable("DatasetVersions");
        version.Property(v => v.Folder).HasMaxLength(64);
        version.Property(v => v.Result).IsJson(JsonSerializerOptions.Default);
        version.HasOne<Dataset>().WithMany().HasForeignKey(v => v.DatasetId).OnDelete(DeleteBehavior.Cascade);
        version.HasIndex(v => new { v.DatasetId, v.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DatasetChange> change)
    {
        change.ToTable("DatasetChanges");
        change.Property(c => c.Hash).HasMaxLength(64);
        change.Property(c => c.Messages).IsJson(JsonSerializerOptions.Default);
        change.HasOne<Dataset>().WithMany().HasForeignKey(c => c.DatasetId).OnDelete(DeleteBehavior.Cascade);
        change.HasIndex(c => new { c.DatasetId, c.Hash }).IsUnique().HasFilter("saved_in is null");
    }
}
