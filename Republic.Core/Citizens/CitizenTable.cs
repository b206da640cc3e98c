using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Data;

namespace Republic.Core.Citizens;

internal sealed class CitizenTable : IEntityTypeConfiguration<Citizen>, IEntityTypeConfiguration<AvatarImage>
{
    public const int MaxName = 100;

    public void Configure(EntityTypeBuilder<Citizen> citizen)
    {
        citizen.Property(c => c.DisplayName).HasMaxLength(100);
        citizen.Property(c => c.Avatar).HasMaxLength(64);
        citizen.Property(c => c.FirstName).HasMaxLength(MaxName);
        citizen.Property(c => c.LastName).HasMaxLength(MaxName);
        citizen.Property(c => c.PersonalityTraits).HasDefaultValueSql("'{}'");
        citizen.Property(c => c.Skills).HasDefaultValueSql("'{}'");
        citizen.Property(c => c.Interests).HasDefaultValueSql("'{}'");
        citizen.Property(c => c.LlmModel).IsJson();
        citizen.Property(c => c.EmbeddingModel).IsJson();
        citizen.HasIndex(c => c.CreatedBy);
        citizen.HasOne<AvatarImage>().WithMany().HasForeignKey(c => c.AvatarImageId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<AvatarImage> image)
    {
        image.HasOne<Citizen>().WithMany().HasForeignKey(i => i.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
