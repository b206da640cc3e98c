using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Republic.Core.Accounts;

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
        Json(dataset.Property(d => d.Mapping));
        dataset.HasOne<Person>().WithMany().HasForeignKey(d => d.OwnerId).OnDelete(DeleteBehavior.Cascade);
        dataset.HasIndex(d => new { d.OwnerId, d.CreatedAt });
        dataset.HasIndex(d => new { d.OwnerId, d.SourceSha256 });
    }

    public void Configure(EntityTypeBuilder<DatasetVersion> version)
    {
        version.ToTable("DatasetVersions");
        version.Property(v => v.Folder).HasMaxLength(64);
        Json(version.Property(v => v.Result));
        version.HasOne<Dataset>().WithMany().HasForeignKey(v => v.DatasetId).OnDelete(DeleteBehavior.Cascade);
        version.HasIndex(v => new { v.DatasetId, v.Number }).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DatasetChange> change)
    {
        change.ToTable("DatasetChanges");
        change.Property(c => c.Hash).HasMaxLength(64);
        Json(change.Property(c => c.Messages));
        change.HasOne<Dataset>().WithMany().HasForeignKey(c => c.DatasetId).OnDelete(DeleteBehavior.Cascade);
        change.HasIndex(c => new { c.DatasetId, c.Hash }).IsUnique().HasFilter("saved_in is null");
    }

    private static void Json<T>(PropertyBuilder<T> property)
    {
        property.HasConversion(
            new ValueConverter<T, string>(
                value => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
                json => JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Default)!
            ),
            // They are records and lists that nobody changes in place.
            new ValueComparer<T>((one, other) => ReferenceEquals(one, other), value => value == null ? 0 : value.GetHashCode())
        );
        property.HasColumnType("jsonb");
    }
}
