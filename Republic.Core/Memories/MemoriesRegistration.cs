using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Memories.Learning;
using Republic.Core.Memories.Recall;

namespace Republic.Core.Memories;

public static class MemoriesRegistration
{
    public static IServiceCollection AddMemories(this IServiceCollection services)
    {
        services.AddSingleton<MemoryCards>();
        services.AddSingleton<MemoryVectors>();
        services.AddSingleton<MemoryMatch>();
        services.AddSingleton<MeantContradictions>();
        services.AddSingleton<MemoryRecall>();
        services.AddSingleton<MemoryForgetting>();
        services.AddSingleton<MemoryInterview>();
        services.AddSingleton<MemoryLearning>();
        services.AddScoped<MemoryEditor>();
        services.AddScoped<MemorySwitch>();
        return services;
    }
}
