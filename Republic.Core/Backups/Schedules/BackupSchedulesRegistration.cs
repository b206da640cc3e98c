using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

public static class BackupSchedulesRegistration
{
    /// <summary>Beside <c>AddBackups</c>, which knows how a backup is made and checked.</summary>
    public static IServiceCollection AddBackupSchedules(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<BackupScheduleOptions>(configuration.GetSection("Backups"));
        services.AddSingleton<BackupFolder>();
        services.AddSingleton<BackupEvents>();
        services.AddSingleton<BackupStart>();
        services.AddSingleton<BackupRows>();
        services.AddSingleton<BackupRetention>();
        services.AddScoped<BackupReader>();
        services.AddScoped<BackupEditor>();
        services.AddScoped<BackupScheduleEditor>();
        services.AddScoped<IJobStopper, BackupStopper>();
        services.AddJob<BackupWork>(BackupWork.KindOfJob, atOnce: _ => 1);
        services.AddJob<BackupCheckWork>(BackupCheckWork.KindOfJob, atOnce: _ => 1);
        Sweep.AddTo<BackupSweep>(services);
        return services;
    }
}
