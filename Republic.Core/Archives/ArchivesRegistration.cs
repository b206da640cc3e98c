using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Archives.Exporting;
using Republic.Core.Archives.Exporting.Parts;
using Republic.Core.Archives.Importing;
using Republic.Core.Archives.Importing.Parts;
using Republic.Core.Jobs;

namespace Republic.Core.Archives;

public static class ArchivesRegistration
{
    /// <summary>On one node: each reads and writes gigabytes.</summary>
    private const int AtOnce = 2;

    public static IServiceCollection AddArchives(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<ArchiveOptions>()
            .Bind(configuration.GetSection("Archives"))
            .Validate(
                o => o is { MaxUploadBytes: > 0, QuotaBytes: > 0, MaxEntries: > 0, ExportsADay: > 0, ImportsADay: > 0, DaysKept: > 0 },
                "Limits below Archives are above 0."
            )
            .ValidateOnStart();
        AddExports(services);
        AddImports(services);
        return services;
    }

    private static void AddExports(IServiceCollection services)
    {
        services.AddSingleton<ExportFiles>();
        services.AddScoped<Exports>();
        services.AddSingleton<IExportPart, ProfileExport>();
        services.AddSingleton<IExportPart, DatasetExport>();
        services.AddSingleton<IExportPart, CollectionExport>();
        services.AddSingleton<IExportPart, MinionExport>();
        services.AddSingleton<IExportPart, ChatExport>();
        services.AddSingleton<IExportPart, MemoryExport>();
        services.AddSingleton<IExportPart, TaskExport>();
        services.AddSingleton<IExportPart, ScenarioExport>();
        services.AddSingleton<IExportPart, EpisodeExport>();
        services.AddSingleton<IExportPart, PersonalModelExport>();
        services.AddJob<ExportWork>(ExportWork.KindOfJob, atOnce: _ => AtOnce, perPerson: _ => 1);
        Sweep.AddTo<ExportSweep>(services);
    }

    /// <summary>In the order of <see cref="ArchiveKinds"/>: what others refer to is added first.</summary>
    private static void AddImports(IServiceCollection services)
    {
        services.AddSingleton<ImportFiles>();
        services.AddSingleton<ImportQuota>();
        services.AddSingleton<ImportUpload>();
        services.AddScoped<Imports>();
        services.AddSingleton<WeightsImport>();
        services.AddSingleton<VersionImport>();
        services.AddSingleton<IImportPart, ProfileImport>();
        services.AddSingleton<IImportPart, DatasetImport>();
        services.AddSingleton<IImportPart, CollectionImport>();
        services.AddSingleton<IImportPart, MinionImport>();
        services.AddSingleton<IImportPart, ChatImport>();
        services.AddSingleton<IImportPart, MemoryImport>();
        services.AddSingleton<IImportPart, TaskImport>();
        services.AddSingleton<IImportPart, ScenarioImport>();
        services.AddSingleton<IImportPart, EpisodeImport>();
        services.AddSingleton<IImportPart, PersonalModelImport>();
        services.AddJob<ImportWork>(ImportWork.KindOfJob, atOnce: _ => AtOnce, perPerson: _ => 1);
        Sweep.AddTo<ImportSweep>(services);
    }
}
