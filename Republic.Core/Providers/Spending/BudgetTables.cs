using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Republic.Core.Accounts;

namespace Republic.Core.Providers.Spending;

internal sealed class BudgetTables
    : IEntityTypeConfiguration<Budget>,
        IEntityTypeConfiguration<BudgetMonth>,
        IEntityTypeConfiguration<BudgetLease>
{
    public void Configure(EntityTypeBuilder<Budget> budget)
    {
        budget.HasOne<Person>().WithMany().HasForeignKey(b => b.OwnerId).OnDelete(DeleteBehavior.Cascade);
        budget
            .HasIndex(b => new
            {
                b.OwnerId,
                b.Scope,
                b.Subject,
                b.IsImposed,
            })
            .IsUnique();
        budget.Property(b => b.Subject).HasMaxLength(64);
        budget.Property(b => b.MonthlyUsd).HasPrecision(12, 2);
    }

    public void Configure(EntityTypeBuilder<BudgetMonth> month)
    {
        month.HasKey(m => new { m.BudgetId, m.Month });
        month.HasOne<Budget>().WithMany().HasForeignKey(m => m.BudgetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<BudgetLease> lease)
    {
        lease.HasKey(l => new
        {
            l.BudgetId,
            l.Month,
            l.Node,
        });
        lease.HasOne<Budget>().WithMany().HasForeignKey(l => l.BudgetId).OnDelete(DeleteBehavior.Cascade);
    }
}
