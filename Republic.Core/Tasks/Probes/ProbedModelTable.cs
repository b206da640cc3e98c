using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Republic.Core.Tasks.Probes;

internal sealed class ProbedModelTable : IEntityTypeConfiguration<ProbedModel>
{
    public void Configure(EntityTypeBuilder<ProbedModel> model)
    {
        model.ToTable("ProbedModels");
        model.HasKey(m => m.File);
        model.Property(m => m.File).HasMaxLength(400);
    }
}
