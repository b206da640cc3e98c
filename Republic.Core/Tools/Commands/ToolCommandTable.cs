using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Tools.Commands;

internal sealed class ToolCommandTable : IEntityTypeConfiguration<ToolCommand>
{
    public void Configure(EntityTypeBuilder<ToolCommand> command)
    {
        command.ToTable("ToolCommands");
        command.Property(c => c.Name).HasMaxLength(ToolCommand.MaxName);
        command.Property(c => c.Description).HasMaxLength(ToolCommand.MaxDescription);
        command.Property(c => c.Command).HasMaxLength(ToolCommand.MaxCommand);
        command.HasIndex(c => c.Name).IsUnique();
        command.HasOne<Person>().WithMany().HasForeignKey(c => c.AddedBy).OnDelete(DeleteBehavior.SetNull);
    }
}
