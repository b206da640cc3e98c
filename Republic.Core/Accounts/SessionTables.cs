using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts.Attempts;

namespace Republic.Core.Accounts;

internal sealed class SessionTables : IEntityTypeConfiguration<Session>, IEntityTypeConfiguration<FailedSignIn>
{
    public void Configure(EntityTypeBuilder<Session> session)
    {
        session.Property(s => s.Client).HasMaxLength(Sessions.ClientLength);
        session.HasIndex(s => s.PersonId);
        session.HasOne<Person>().WithMany().HasForeignKey(s => s.PersonId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<FailedSignIn> failed)
    {
        failed.HasKey(f => f.SubjectHash);
        failed.HasIndex(f => f.LastAt);
    }
}
