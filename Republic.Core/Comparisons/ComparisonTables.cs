using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Answering.Turns;
using Republic.Core.Minions;

namespace Republic.Core.Comparisons;

internal sealed class ComparisonTables
    : IEntityTypeConfiguration<Comparison>,
        IEntityTypeConfiguration<ComparisonAnswer>,
        IEntityTypeConfiguration<TurnPiece<ComparisonAnswer>>
{
    public void Configure(EntityTypeBuilder<TurnPiece<ComparisonAnswer>> piece) => piece.ConfigurePieces("ComparisonAnswerPieces");

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
        answer.ConfigureTurn();
        answer.Property(a => a.Content).HasColumnName("text");
        answer.HasOne<Comparison>().WithMany(c => c.Answers).HasForeignKey(a => a.ComparisonId).OnDelete(DeleteBehavior.Cascade);
        answer.HasOne<Minion>().WithMany().HasForeignKey(a => a.MinionId).OnDelete(DeleteBehavior.Cascade);
        answer.HasIndex(a => new { a.ComparisonId, a.Position }).IsUnique();
        answer.HasIndex(a => new { a.MinionId, a.Version });
    }
}
