using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Minions.Access;

internal sealed class CountedBatchTable : IEntityTypeConfiguration<CountedBatch>
{
    public void Configure(EntityTypeBuilder<CountedBatch> batch) => batch.Property(b => b.Id).ValueGeneratedNever();
}
