using Microsoft.Extensions.DependencyInjection;

namespace Republic.Core.Trainer;

public static class TrainerRegistration
{
    /// <summary>The child processes that train and measure. Needs the model host's options and threads (<c>AddModelHost</c>).</summary>
    public static IServiceCollection AddTrainer(this IServiceCollection services)
    {
        services.AddSingleton<TrainingSupervisor>();
        return services.AddHostedService(provider => provider.GetRequiredService<TrainingSupervisor>());
    }
}
