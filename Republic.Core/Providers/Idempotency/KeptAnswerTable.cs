using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Providers.Idempotency;

internal sealed class KeptAnswerTable : IEntityTypeConfiguration<KeptAnswer>
{
    public void Configure(EntityTypeBuilder<KeptAnswer> answer)
    {
        answer.HasKey(a => new { a.CallerId, a.Key });
        answer.HasOne<Person>().WithMany().HasForeignKey(a => a.OwnerId).OnDelete(DeleteBehavior.Cascade);
        answer.HasIndex(a => a.Until);
        answer.Property(a => a.Key).HasMaxLength(KeptAnswer.MaxKeyLength);
        answer.Property(a => a.Headers).HasColumnType("jsonb");
    }
}
