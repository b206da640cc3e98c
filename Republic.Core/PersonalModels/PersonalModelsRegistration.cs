using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Files;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.PersonalModels.Installing;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.PersonalModels.Storage;
using Republic.Core.Providers.Credentials;

namespace Republic.Core.PersonalModels;

public static class PersonalModelsRegistration
{
    public static IServiceCollection AddPersonalModels(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddModelFitting(configuration);
        services.AddSingleton<DiskSpace>();
        services.AddSingleton<ModelDownload>();
        services.AddSingleton<SplitDownload>();
        services.AddSingleton<ModelFiles>();
        services.AddSingleton<IncomingFiles>();
        services.AddSingleton<ModelQuota>();
        services.AddSingleton<ModelUpload>();
        services.AddSingleton<InstalledModels>();
        services.AddSingleton<IInstalledModels>(provider => provider.GetRequiredService<InstalledModels>());
        services.AddSingleton<PersonalModelStore>();
        services.AddSingleton<PersonalModelCards>();
        services.AddSingleton<ModelVerdicts>();
        services.AddSingleton<ServedModels>();
        services.AddSingleton<ServedFiles>();
        services.AddSingleton<QuarantinedModels>();
        services.AddSingleton<LocalModels>();
        services.AddScoped<MissingModels>();
        services.AddScoped<ModelMoves>();
        services.AddScoped<MinionRecords>();
        services.AddSingleton<ModelFinder>();
        services.AddSingleton<ModelNames>();
        services.AddSingleton<SamplingDefaults>();
        services.AddSingleton<ModelOrders>();
        services.AddScoped<PersonalModelEditor>();
        services.AddScoped<InstallControl>();
        services.AddScoped<QuarantineRelease>();
        services.AddScoped<ServedModelEditor>();
        services.AddScoped<ModelCopies>();
        services.AddSingleton<ModelDependents>();
        services.AddTransient<MemoryCheck>();
        services.AddTransient<IInstallStage, CheckStage>();
        services.AddTransient<IInstallStage, DownloadStage>();
        services.AddTransient<IInstallStage, QuantizeStage>();
        services.AddTransient<IInstallStage, VerifyStage>();
        services.AddTransient<IInstallStage, InstallStage>();
        services.AddTransient<IInstallStage, TestStage>();
        services.AddJob<InstallWork>(
            InstallWork.KindOfJob,
            atOnce: provider => provider.GetRequiredService<IOptions<PersonalModelOptions>>().Value.AtOnce,
            perPerson: provider => provider.GetRequiredService<IOptions<PersonalModelOptions>>().Value.PerPerson,
            canPause: true
        );
        Sweep.AddTo<ModelSweep>(services);
        Sweep.AddTo<IncomingSweep>(services);
        return services;
    }
}
