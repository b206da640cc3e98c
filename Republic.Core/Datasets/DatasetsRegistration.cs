using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Datasets.Uploads;
using Republic.Core.Jobs;

namespace Republic.Core.Datasets;

public static class DatasetsRegistration
{
    public static IServiceCollection AddDatasets(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<DatasetOptions>()
            .Bind(configuration.GetSection("Datasets"))
            .Validate(
                o => o is { MaxUploadBytes: > 0, QuotaBytes: > 0, MaxEditedBytes: > 0, MaxFiles: > 0, MaxJsonBytes: > 0 },
                "Limits below Datasets are above 0."
            )
            .ValidateOnStart();
        services.AddSingleton<DatasetFiles>();
        services.AddSingleton<DatasetQuota>();
        services.AddSingleton<DatasetUpload>();
        services.AddSingleton<DatasetCards>();
        services.AddSingleton<DatasetRows>();
        services.AddSingleton<DatasetLook>();
        services.AddSingleton<DatasetDryRun>();
        services.AddScoped<DatasetEditor>();
        services.AddScoped<RowEditor>();
        services.AddJob<DatasetWork>(DatasetWork.KindOfJob);
        Sweep.AddTo<DatasetSweep>(services);
        return services;
    }
}
