using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Citizens;

internal sealed class CitizenTable : IEntityTypeConfiguration<Citizen>, IEntityTypeConfiguration<AvatarImage>
{
    public void Configure(EntityTypeBuilder<Citizen> citizen)
    {
        citizen.Property(c => c.DisplayName).HasMaxLength(100);
        citizen.Property(c => c.Avatar).HasMaxLength(64);
        citizen.HasIndex(c => c.CreatedBy);
        citizen.HasOne<AvatarImage>().WithMany().HasForeignKey(c => c.AvatarImageId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<AvatarImage> image)
    {
        image.HasOne<Citizen>().WithMany().HasForeignKey(i => i.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
