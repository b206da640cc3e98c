using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.FromRows;
using Republic.Core.Knowledge.Reading;

namespace Republic.Core.Knowledge.Ingest;

public static class IngestRegistration
{
    /// <summary>Documents: taken in, read, cut, and kept.</summary>
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<IngestOptions>()
            .Bind(configuration.GetSection("Knowledge"))
            .Validate(
                o =>
                    o is { MaxFileBytes: > 0, MaxTextBytes: > 0, MaxUnpackedBytes: > 0, MaxEntries: > 0, MaxCharacters: > 0 }
                    && o is { MaxBlocks: > 0, MaxPassages: > 0, QuotaBytes: > 0, MaxFiles: > 0, PdfBytes: > 0 },
                "Limits below Knowledge are above 0."
            )
            .ValidateOnStart();
        services.AddSingleton<DocumentFiles>();
        services.AddSingleton<RowCollections>();
        services.AddSingleton<DocumentQuota>();
        services.AddSingleton<DocumentUpload>();
        services.AddSingleton<PdfText>();
        services.AddSingleton<DocumentReader>();
        services.AddSingleton<CollectionCards>();
        services.AddSingleton<DocumentCards>();
        services.AddSingleton<PassageCards>();
        services.AddSingleton<PassageStore>();
        services.AddScoped<DocumentJobs>();
        services.AddScoped<DocumentEditor>();
        services.AddSingleton<CollectionRules>();
        services.AddScoped<CollectionEditor>();
        services.AddScoped<PassageEditor>();
        // A large document is in memory as a whole while it is read.
        services.AddJob<IngestWork>(IngestWork.KindOfJob, atOnce: _ => 2);
        Sweep.AddTo<DocumentSweep>(services);
        return services;
    }
}
