using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Accounts;

internal sealed class PersonTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> person)
    {
        person.ToTable("people");
        person.HasOne(p => p.Citizen).WithOne().HasForeignKey<Person>(p => p.Id).OnDelete(DeleteBehavior.Cascade);
        person.Navigation(p => p.Citizen).AutoInclude();
        person.HasIndex(p => p.NormalizedEmail).IsUnique();
    }
}
