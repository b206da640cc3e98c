using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Accounts.Links;

internal sealed class LinkTables : IEntityTypeConfiguration<Invitation>, IEntityTypeConfiguration<PasswordReset>
{
    public void Configure(EntityTypeBuilder<Invitation> invitation)
    {
        invitation.Property(i => i.Note).HasMaxLength(Invitations.NoteLength);
        invitation.HasIndex(i => i.Hash).IsUnique();
        invitation.HasOne<Person>().WithMany().HasForeignKey(i => i.MadeBy).OnDelete(DeleteBehavior.SetNull);
        invitation.HasOne<Person>().WithMany().HasForeignKey(i => i.UsedBy).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<PasswordReset> reset)
    {
        reset.HasIndex(r => r.Hash).IsUnique();
        reset.HasOne<Person>().WithMany().HasForeignKey(r => r.PersonId).OnDelete(DeleteBehavior.Cascade);
        reset.HasOne<Person>().WithMany().HasForeignKey(r => r.MadeBy).OnDelete(DeleteBehavior.SetNull);
    }
}
