using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Audit;
using Republic.Core.Data;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Core.Providers.Spending;

internal static class SpendingRegistration
{
    public static void AddSpending(this IServiceCollection services)
    {
        services.AddSingleton<BudgetBook>();
        services.AddSingleton<BudgetLeases>();
        services.AddSingleton<SpendingGate>();
        services.AddSingleton<BudgetRefresher>();
        services.AddHostedService(provider => provider.GetRequiredService<BudgetRefresher>());
        services.AddHostedService<BudgetNews>();
        services.AddSingleton(provider => new Budgets(
            provider.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            provider.GetRequiredService<ProviderCatalog>(),
            provider.GetRequiredService<BudgetBook>(),
            provider.GetRequiredService<BudgetRefresher>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(provider => new PriceOverrides(
            provider.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            provider.GetRequiredService<ProviderCatalog>(),
            provider.GetRequiredService<PriceTable>(),
            provider.GetRequiredService<BudgetRefresher>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>()
        ));
    }
}
