using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Tools.Commands;
using Republic.Core.Tools.Servers;

namespace Republic.Core.Tools;

internal sealed class ToolTables : IEntityTypeConfiguration<MinionTool>, IEntityTypeConfiguration<ToolServer>
{
    public void Configure(EntityTypeBuilder<MinionTool> tool)
    {
        tool.ToTable("MinionTools");
        tool.Property(t => t.Tool).HasMaxLength(200);
        tool.Property(t => t.AllowedHash).HasMaxLength(64);
        tool.HasOne<Person>().WithMany().HasForeignKey(t => t.OwnerId).OnDelete(DeleteBehavior.Cascade);
        tool.HasOne<Minion>().WithMany().HasForeignKey(t => t.MinionId).OnDelete(DeleteBehavior.Cascade);
        tool.HasOne<ToolServer>().WithMany().HasForeignKey(t => t.ServerId).OnDelete(DeleteBehavior.Cascade);
        tool.HasIndex(t => new
            {
                t.MinionId,
                t.ServerId,
                t.Tool,
            })
            .IsUnique()
            .AreNullsDistinct(false);
        tool.HasIndex(t => t.ServerId);
    }

    public void Configure(EntityTypeBuilder<ToolServer> server)
    {
        server.ToTable("ToolServers");
        server.Property(s => s.Name).HasMaxLength(ToolServer.MaxName);
        server.Property(s => s.Url).HasMaxLength(ToolServer.MaxUrl);
        server.Property(s => s.Tools).IsJson(SnakeCaseJson.Compact);
        server.HasOne<Person>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
        server.Property(s => s.SealedOAuth).HasColumnName("sealed_oauth");
        server.Ignore(s => s.IsCommand);
        server.HasOne<ToolCommand>().WithMany().HasForeignKey(s => s.CommandId).OnDelete(DeleteBehavior.SetNull);
        server.HasIndex(s => new { s.OwnerId, s.Name }).IsUnique();
    }
}
