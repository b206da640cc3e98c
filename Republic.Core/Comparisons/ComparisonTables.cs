using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Minions;

namespace Republic.Core.Comparisons;

internal sealed class ComparisonTables : IEntityTypeConfiguration<Comparison>, IEntityTypeConfiguration<ComparisonAnswer>
{
    public void Configure(EntityTypeBuilder<Comparison> comparison)
    {
        comparison.Property(c => c.Prompt).HasMaxLength(ComparisonInput.LongestPrompt);
        comparison.HasOne<Person>().WithMany().HasForeignKey(c => c.OwnerId).OnDelete(DeleteBehavior.Cascade);
        comparison.HasOne<Minion>().WithMany().HasForeignKey(c => c.MinionId).OnDelete(DeleteBehavior.Cascade);
        comparison.HasIndex(c => new { c.OwnerId, c.Id });
    }

    public void Configure(EntityTypeBuilder<ComparisonAnswer> answer)
    {
        answer.ToTable("ComparisonAnswers");
        answer.HasKey(a => new { a.ComparisonId, a.Position });
        answer.Property(a => a.Provider).HasMaxLength(64);
        answer.Property(a => a.Model).HasMaxLength(300);
        answer.HasOne<Comparison>().WithMany(c => c.Answers).HasForeignKey(a => a.ComparisonId).OnDelete(DeleteBehavior.Cascade);
        answer.HasOne<Minion>().WithMany().HasForeignKey(a => a.MinionId).OnDelete(DeleteBehavior.Cascade);
        answer.HasIndex(a => new { a.MinionId, a.Version });
    }
}
