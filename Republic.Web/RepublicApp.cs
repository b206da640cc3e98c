using Microsoft.EntityFrameworkCore;
using Republic.Core.Admin;
using Republic.Core.Admin.Settings;
using Republic.Core.Analytics;
using Republic.Core.Answering;
using Republic.Core.Archives;
using Republic.Core.Audit;
using Republic.Core.Backups;
using Republic.Core.Backups.Schedules;
using Republic.Core.Chats;
using Republic.Core.Citizens;
using Republic.Core.Comparisons;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Doctor;
using Republic.Core.Episodes;
using Republic.Core.Events;
using Republic.Core.Inference;
using Republic.Core.Interactions;
using Republic.Core.Jobs;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Ingest;
using Republic.Core.Leaving;
using Republic.Core.Memories;
using Republic.Core.Minions;
using Republic.Core.Navigation;
using Republic.Core.PersonalModels;
using Republic.Core.Providers;
using Republic.Core.Scenarios;
using Republic.Core.Search;
using Republic.Core.Security;
using Republic.Core.Tasks;
using Republic.Core.Telemetry;
using Republic.Core.Tools;
using Republic.Core.Trainer;
using Republic.Core.Training;
using Republic.Web.Api;
using Republic.Web.Api.Accounts;
using Republic.Web.Api.Admin;
using Republic.Web.Api.Citizens;
using Republic.Web.Api.Datasets;
using Republic.Web.Api.Episodes;
using Republic.Web.Api.Knowledge;
using Republic.Web.Api.Minions;
using Republic.Web.Api.OpenAi;
using Republic.Web.Api.PersonalModels;
using Republic.Web.Api.Providers;
using Republic.Web.Api.Scenarios;
using Republic.Web.Api.Spending;
using Republic.Web.Api.Tasks;
using Republic.Web.Api.Tools;
using Republic.Web.Api.Training;
using Republic.Web.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Mcp;
using Republic.Web.Pages.Episodes;
using Republic.Web.Pages.PersonalModels;
using Republic.Web.Pages.Tasks;
using Republic.Web.Pages.Training;

namespace Republic.Web;

/// <summary>The whole application, put together. Each line is a folder; what it adds is written there.</summary>
internal static class RepublicApp
{
    public static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddJsonLogs();
        builder.Services.AddSingleton(StoredSettingsSource.AddTo(builder.Configuration));
        var folder = DataFolder.From(builder.Configuration, builder.Environment.ContentRootPath);
        var isEmbedded = string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Db"));
        if (!EF.IsDesignTime)
        {
            folder.RefuseUnrestored();
            folder.Lock(holdsDatabase: isEmbedded);
        }

        AddFeatures(builder.Services, builder.Configuration);
        var connection = await ConnectionAsync(builder, folder);
        builder.Services.AddRepublicData(folder, connection);
        builder.Services.AddSingleton(
            new Installation
            {
                ConnectionString = connection,
                IsEmbedded = isEmbedded,
                IsServed = true,
            }
        );
        builder.Services.AddJobs(builder.Configuration, connection);
        builder.Services.AddRepublicAuthentication();
        builder.Services.AddOpenAiApi();
        builder.Services.AddMcpTools();
        builder.Services.AddTrainingPages();
        builder.Services.AddTaskPages();
        builder.Services.AddEpisodePages();
        builder.AddWebShell();

        var app = builder.Build();
        // Resolved first, so that it is disposed last.
        app.Services.GetService<EmbeddedPostgres>();
        // Beside the rest of this method: each takes a second of a core.
        var ready = EF.IsDesignTime ? Task.CompletedTask : Task.Run(() => ReadyAsync(app.Services));
        app.UseWebShell();
        app.UseClientBaseUrls();
        app.UseRepublicAuthentication();
        MapAll(app);
        try
        {
            await ready;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return app;
    }

    private static void MapAll(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorPages().WithStaticAssets();
        app.MapOpenApi().AllowAnonymous();
        app.MapAccounts();
        app.MapHealth();
        app.MapMetrics();
        app.MapAdministration();
        app.MapMinions();
        app.MapProviders();
        app.MapProviderModels();
        app.MapMinionTools();
        app.MapAvatars();
        app.MapCards();
        app.MapChats();
        app.MapMemories();
        app.MapToolCalls();
        app.MapCitizens();
        app.MapTasks();
        app.MapToolServers();
        app.MapScenarios();
        app.MapEpisodes();
        app.MapDatasets();
        app.MapPersonalModels();
        app.MapServedModels();
        app.MapCollections();
        app.MapCollectionQuality();
        app.MapTraining();
        app.MapSearch();
        app.MapAnalytics();
        app.MapBudgets();
        app.MapPrices();
        app.MapUsage();
        app.MapLive();
        app.MapOpenAi();
        app.MapMcpTools();
    }

    /// <summary>What there is without a database and without the web: all that a command may need to know of.</summary>
    public static void AddFeatures(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TimeProvider>(new DatabaseClock());
        services.AddAudit();
        services.AddSecurity(configuration);
        services.AddProviders(configuration);
        services.AddCitizens();
        services.AddMinions();
        services.AddEvents();
        services.AddChats(configuration);
        services.AddKnowledge(configuration);
        services.AddIngest(configuration);
        services.AddMemories();
        services.AddPipeline();
        services.AddDatasets(configuration);
        services.AddPersonalModels(configuration);
        services.AddSingleton<CatalogSearch>();
        services.AddSingleton<ModelOffers>();
        services.AddScoped<ModelViews>();
        services.AddTraining(configuration);
        services.AddInteractions();
        services.AddComparisons();
        services.AddTasks(configuration);
        services.AddTools(configuration);
        services.AddScenarios();
        services.AddEpisodes();
        services.AddArchives(configuration);
        services.AddAnalytics();
        services.AddSingleton<NavigationReader>();
        services.AddSearch();
        services.AddBackupSchedules(configuration);
        services.AddAdmin();
        services.AddLeaving();
        services.AddDoctor();
        services.AddBackups();
        services.AddTelemetry();
        services.AddTrainer();
        services.AddModelHost(configuration);
    }

    /// <summary>The connection string that was configured, or that of a database of our own.</summary>
    private static async Task<string> ConnectionAsync(WebApplicationBuilder builder, DataFolder folder)
    {
        var configured = builder.Configuration.GetConnectionString("Db");
        if (!string.IsNullOrWhiteSpace(configured) || EF.IsDesignTime)
        {
            return configured ?? "Host=design-time";
        }

        // Not disposed: the database's watchman logs through it for as long as the process lives.
        var logging = LoggerFactory.Create(log => log.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
        var postgres = await EmbeddedPostgres.StartAsync(folder, logging.CreateLogger<EmbeddedPostgres>(), CancellationToken.None);
        // By a factory, so that the container owns it and stops it after everything that uses it.
        builder.Services.AddSingleton(_ => postgres);
        return postgres.ConnectionString;
    }

    private static async Task ReadyAsync(IServiceProvider services)
    {
        // Before anything is served: a key file that cannot be used stops the start.
        services.GetRequiredService<MasterKeys>();
        await DataRegistration.MigrateAsync(services, CancellationToken.None);
    }
}
