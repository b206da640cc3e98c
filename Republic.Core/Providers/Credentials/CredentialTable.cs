using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Providers.Credentials;

internal sealed class CredentialTable : IEntityTypeConfiguration<Credential>
{
    public void Configure(EntityTypeBuilder<Credential> credential)
    {
        credential.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        credential
            .HasIndex(c => new
            {
                c.OwnerId,
                c.Provider,
                c.Label,
            })
            .IsUnique();
        credential.HasIndex(c => new { c.OwnerId, c.Provider }).IsUnique().HasFilter("is_default");
        credential.HasIndex(c => c.Provider).HasFilter("is_shared");
        credential.Property(c => c.Provider).HasMaxLength(64);
        credential.Property(c => c.Label).HasMaxLength(CredentialRules.LongestLabel);
        credential.Property(c => c.BaseUrl).HasMaxLength(2000);
        credential.Property(c => c.KeyHint).HasMaxLength(16);
    }
}
