using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Sharing;

internal static class ShareTable
{
    /// <summary>The table of the shares of one kind of subject, which end with their subject, its owner and the person.</summary>
    /// <param name="column">The name of the column with the id of the subject.</param>
    public static void ConfigureShare<TShare, TSubject>(this EntityTypeBuilder<TShare> share, string table, string column)
        where TShare : Share
        where TSubject : class
    {
        share.ToTable(table);
        share.Property(s => s.SubjectId).HasColumnName(column);
        share.Property(s => s.Name).HasMaxLength(Share.LongestName);
        // Normalizing may write one letter as several.
        share.Property(s => s.NormalizedName).HasMaxLength(4 * Share.LongestName);
        share.HasOne<TSubject>().WithMany().HasForeignKey(s => s.SubjectId).OnDelete(DeleteBehavior.Cascade);
        share.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
        share.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
        share.HasIndex(s => new { s.SubjectId, s.NormalizedName }).IsUnique();
        share.HasIndex(s => new { s.SubjectId, s.PersonId }).IsUnique();
        share.HasIndex(s => new { s.PersonId, s.Id });
        share.HasIndex(s => s.OwnerId);
    }
}
