using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Audit;

public static class AuditRegistration
{
    /// <summary>With nobody who asks, as on the command line; the web says who it is.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) =>
        services.AddSingleton<AuditLog>().AddSingleton<IAuditActor, NoActor>();

    private sealed class NoActor : IAuditActor
    {
        public Guid? PersonId => null;

        public IPAddress? Address => null;
    }
}
