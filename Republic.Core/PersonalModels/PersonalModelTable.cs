using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;

namespace Republic.Core.PersonalModels;

internal sealed class PersonalModelTable : IEntityTypeConfiguration<PersonalModel>
{
    public const int MaxName = 100;
    public const int MaxUrl = 2000;
    public const int MaxError = 2000;

    public void Configure(EntityTypeBuilder<PersonalModel> model)
    {
        model.ToTable("UserPersonalModels");
        model.Property(m => m.ModelId).HasMaxLength(300);
        model.Property(m => m.Variant).HasMaxLength(40);
        model.Property(m => m.Name).HasMaxLength(MaxName);
        model.Property(m => m.Error).HasMaxLength(MaxError);
        model.Property(m => m.AllowableHost).HasMaxLength(300);
        model.Property(m => m.SourceUrl).HasMaxLength(MaxUrl);
        model.Property(m => m.SecondUrl).HasMaxLength(MaxUrl);
        model.Property(m => m.ExpectedSha256).HasMaxLength(64).IsFixedLength();
        model.Property(m => m.Sha256).HasMaxLength(64).IsFixedLength();
        model.Property(m => m.IsPinned).HasColumnName("pinned");
        model.Property(m => m.ETag).HasColumnName("etag").HasMaxLength(300);
        model.Property(m => m.Facts).IsJson();
        model.Property(m => m.Measured).IsJson(SnakeCaseJson.Compact);
        model.Property(m => m.Stages).IsJson(SnakeCaseJson.Compact);
        model.HasOne<Person>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Cascade);
        model.HasIndex(m => new { m.OwnerId, m.Name }).IsUnique();
        model.HasOne<PersonalModel>().WithMany().HasForeignKey(m => m.QuantizedFrom).OnDelete(DeleteBehavior.SetNull);
        model.HasIndex(m => m.Sha256);
    }
}
