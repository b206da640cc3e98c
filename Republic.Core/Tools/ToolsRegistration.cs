using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Tools;
using Republic.Core.Security;
using Republic.Core.Tools.BuiltIn;
using Republic.Core.Tools.BuiltIn.Web;
using Republic.Core.Tools.Calls;
using Republic.Core.Tools.Commands;
using Republic.Core.Tools.Servers;
using Republic.Core.Tools.Servers.OAuth;

namespace Republic.Core.Tools;

public static class ToolsRegistration
{
    public static IServiceCollection AddTools(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<ToolOptions>(configuration.GetSection(ToolOptions.Section));
        AddBuiltIn(services);
        AddServers(services);
        services.AddSingleton<IMinionTools, MinionTools>();
        services.AddScoped<MinionToolCards>();
        services.AddScoped<MinionToolEditor>();
        services.AddSingleton<ToolJournals>();
        services.AddSingleton<ToolCallReader>();
        services.AddScoped<ToolApprovals>();
        Sweep.AddTo<ToolSweep>(services);
        return services;
    }

    private static void AddBuiltIn(IServiceCollection services)
    {
        services.AddSingleton(provider => new WebClient(
            WebGuards.OfPages(provider.GetRequiredService<OutboundGuard>(), provider.GetRequiredService<IOptionsMonitor<ToolOptions>>()),
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<WebSearch>();
        services.AddSingleton<KnowledgeTools>();
        services.AddSingleton<ChatTools>();
        services.AddSingleton<MemoryTools>();
        services.AddSingleton<TaskTools>();
        services.AddSingleton<ClockTools>();
        services.AddSingleton<WebTools>();
        services.AddSingleton(provider => new BuiltInTools(
            provider.GetRequiredService<KnowledgeTools>(),
            provider.GetRequiredService<ChatTools>(),
            provider.GetRequiredService<MemoryTools>(),
            provider.GetRequiredService<TaskTools>(),
            provider.GetRequiredService<ClockTools>(),
            provider.GetRequiredService<WebTools>()
        ));
    }

    private static void AddServers(IServiceCollection services)
    {
        services.AddSingleton(ToolServer.SealedKeys);
        services.AddSingleton(ToolServer.SealedOAuthKeys);
        services.AddSingleton(ToolCommand.SealedKeys);
        services.AddSingleton<ToolCommandRunner>();
        services.AddScoped<ToolCommandEditor>();
        services.AddSingleton<OAuthHttp>();
        services.AddSingleton<OAuthDiscovery>();
        services.AddSingleton<OAuthRequests>();
        services.AddSingleton<OAuthVault>();
        services.AddSingleton<ToolServerTokens>();
        services.AddScoped<ToolServerSignIn>();
        services.AddSingleton<ToolServerChannels>();
        services.AddSingleton<ToolServerRules>();
        services.AddSingleton<ToolServerRecords>();
        services.AddSingleton<ToolServerClient>();
        services.AddSingleton<ToolServerCards>();
        services.AddScoped<ToolServerEditor>();
    }
}
