using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks;

public static class TasksRegistration
{
    public static IServiceCollection AddTasks(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<TaskOptions>()
            .Bind(configuration.GetSection("Tasks"))
            .Validate(o => o is { MaxFileBytes: > 0, MaxFiles: > 0, QuotaBytes: > 0 }, "Limits below Tasks are above 0.")
            .ValidateOnStart();
        services.AddSingleton<TaskCards>();
        services.AddSingleton<TaskAttachmentFiles>();
        services.AddSingleton<TaskAttachmentQuota>();
        services.AddSingleton<TaskAttachmentUpload>();
        services.AddSingleton<TaskAttachmentSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<TaskAttachmentSweep>());
        services.AddScoped<TaskChanges>();
        services.AddScoped<TaskParents>();
        services.AddScoped<TaskAssignment>();
        services.AddScoped<TaskMover>();
        services.AddScoped<TaskDependencies>();
        services.AddScoped<TaskEditor>();
        services.AddScoped<TaskComments>();
        services.AddScoped<TaskAttachments>();
        services.AddScoped<TaskFilters>();
        return services;
    }
}
