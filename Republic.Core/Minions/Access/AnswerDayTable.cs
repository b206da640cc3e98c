using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Minions.Access;

internal sealed class AnswerDayTable : IEntityTypeConfiguration<AnswerDay>
{
    public void Configure(EntityTypeBuilder<AnswerDay> day)
    {
        day.HasKey(d => new
        {
            d.MinionId,
            d.Day,
            d.Provider,
        });
        day.HasOne<Minion>().WithMany().HasForeignKey(d => d.MinionId).OnDelete(DeleteBehavior.Cascade);
    }
}
