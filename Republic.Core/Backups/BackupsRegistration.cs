using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Backups.Taking;

namespace Republic.Core.Backups;

public static class BackupsRegistration
{
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        Sweep.AddTo<BackupLinksSweep>(services);
        return services.AddSingleton<BackupCheck>().AddSingleton<BackupTaker>();
    }
}
