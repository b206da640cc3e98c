using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Data;

namespace Republic.Core.Answering.Turns;

/// <summary>The columns of a turn, and the table of its pieces, for the configuration of a noun's own row.</summary>
internal static class TurnTable
{
    public static void ConfigureTurn<TTurn>(this EntityTypeBuilder<TTurn> turn)
        where TTurn : Turn
    {
        turn.HasKey(t => t.Id);
        turn.Property(t => t.Phase).HasMaxLength(200);
        turn.Property(t => t.Provider).HasMaxLength(64);
        turn.Property(t => t.Model).HasMaxLength(300);
        turn.Property(t => t.Cost).HasPrecision(18, 9);
        turn.Property(t => t.Route).IsJson(SnakeCaseJson.Compact);
        turn.Property(t => t.Trace).IsJson(SnakeCaseJson.Compact);
        turn.Property(t => t.FinishReason).HasMaxLength(32);
        turn.Ignore(t => t.IsBeingWritten);
    }

    public static void ConfigurePieces<TTurn>(this EntityTypeBuilder<TurnPiece<TTurn>> piece, string table)
        where TTurn : Turn
    {
        piece.ToTable(table);
        piece.HasKey(p => new { p.TurnId, p.Offset });
        piece.HasOne<TTurn>().WithMany().HasForeignKey(p => p.TurnId).OnDelete(DeleteBehavior.Cascade);
    }
}
