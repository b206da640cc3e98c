using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Citizens.Fields;

internal sealed class CustomFieldTable : IEntityTypeConfiguration<CustomField>
{
    public void Configure(EntityTypeBuilder<CustomField> field)
    {
        field.ToTable("CustomFields");
        field.Property(f => f.FieldName).HasMaxLength(CustomField.MaxName);
        field.Property(f => f.NormalizedName).HasMaxLength(CustomField.MaxName);
        field.Property(f => f.FieldValue).HasMaxLength(CustomField.MaxValue);
        field.HasOne<Citizen>().WithMany().HasForeignKey(f => f.CitizenId).OnDelete(DeleteBehavior.Cascade);
        field.HasIndex(f => new { f.CitizenId, f.NormalizedName }).IsUnique();
    }
}
