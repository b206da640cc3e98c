using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.PersonalModels.Missing;

internal sealed class RemovedModelTable : IEntityTypeConfiguration<RemovedModel>
{
    public void Configure(EntityTypeBuilder<RemovedModel> model)
    {
        model.ToTable("RemovedModels");
        model.HasIndex(m => new { m.OwnerId, m.Name }).IsUnique();
        model.Property(m => m.Name).HasMaxLength(PersonalModelTable.MaxName);
        model.Property(m => m.ModelId).HasMaxLength(300);
        model.Property(m => m.Sha256).HasMaxLength(64).IsFixedLength();
        model.HasOne<Person>().WithMany().HasForeignKey(m => m.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
