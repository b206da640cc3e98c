using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Doctor.Examinations;
using Republic.Core.Host;
using Republic.Core.Inference.Supervision;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Missing;
using Republic.Core.Providers;

namespace Republic.Core.Doctor;

public static class DoctorRegistration
{
    /// <summary>Examinations, in the order in which they are listed. Needs an <see cref="Installation"/> and the configuration.</summary>
    public static IServiceCollection AddDoctor(this IServiceCollection services) =>
        services
            .AddScoped<DatabaseReader>()
            .AddScoped<Examiner>()
            .AddScoped<IExamination, DatabaseExamination>()
            .AddScoped<IExamination, EmbeddedExamination>()
            .AddScoped<IExamination, DiskExamination>()
            .AddScoped<IExamination, KeyExamination>()
            .AddScoped<IExamination, SecretsExamination>()
            .AddScoped<IExamination, BackupExamination>()
            .AddScoped<IExamination, BuiltInModelExamination>()
            .AddScoped<IExamination, PersonalModelExamination>()
            .AddScoped<IExamination>(NamedModels)
            .AddScoped<IExamination>(ModelHost)
            .AddScoped<IExamination, JobExamination>()
            .AddScoped<IExamination, ClockExamination>()
            .AddScoped<IExamination, ProxyExamination>()
            .AddScoped<IExamination, PortExamination>()
            .AddScoped<IExamination, PopplerExamination>()
            .AddScoped<IExamination, VersionExamination>();

    private static NamedModelExamination NamedModels(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<IDbContextFactory<RepublicDb>>(),
            provider.GetRequiredService<ProviderCatalog>(),
            provider.GetRequiredService<SharedModels>(),
            provider.GetRequiredService<MissingModels>
        );

    private static ModelHostExamination ModelHost(IServiceProvider provider) =>
        new(
            provider.GetRequiredService<Installation>(),
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<IOptions<ModelHostOptions>>(),
            () => provider.GetRequiredService<ModelHostSupervisor>().Status
        );
}
