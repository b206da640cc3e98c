using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Admin;

public static class AdminRegistration
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services.AddScoped<AuditReader>();
}
