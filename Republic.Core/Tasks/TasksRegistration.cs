using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Conversations;
using Republic.Core.Jobs;
using Republic.Core.Minions.Models;
using Republic.Core.Sharing;
using Republic.Core.Tasks.Attachments;
using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;
using Republic.Core.Tasks.Conversations;
using Republic.Core.Tasks.Details;
using Republic.Core.Tasks.Editing;
using Republic.Core.Tasks.HandIns;
using Republic.Core.Tasks.Probes;
using Republic.Core.Tasks.Sharing;
using Republic.Core.Tasks.Work;

namespace Republic.Core.Tasks;

public static class TasksRegistration
{
    public static IServiceCollection AddTasks(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<TaskOptions>()
            .Bind(configuration.GetSection("Tasks"))
            .Validate(o => o is { MaxFileBytes: > 0, MaxFiles: > 0, QuotaBytes: > 0 }, "Limits below Tasks are above 0.")
            .Validate(
                o => o is { StartsADay: > 0, MaxTokens: > 0, AtOncePerPerson: > 0 } && o.MaxTime > TimeSpan.Zero,
                "Limits of work below Tasks are above 0."
            )
            .ValidateOnStart();
        services.AddSingleton<TaskCards>();
        services.AddSingleton<TaskCounter>();
        services.AddSingleton<TaskChoices>();
        services.AddSingleton<TaskDetails>();
        services.AddSingleton<TaskShareCards>();
        services.AddSingleton<TaskAttachmentFiles>();
        services.AddSingleton<TaskAttachmentQuota>();
        services.AddSingleton<TaskAttachmentUpload>();
        Sweep.AddTo<TaskAttachmentSweep>(services);
        services.AddScoped<TaskChanges>();
        services.AddScoped<TaskParents>();
        services.AddScoped<TaskAssignment>();
        services.AddScoped<TaskMover>();
        services.AddScoped<TaskBatch>();
        services.AddScoped<TaskDependencies>();
        services.AddScoped<TaskEditor>();
        services.AddSingleton<CommentRate>();
        services.AddScoped<TaskComments>();
        services.AddScoped<TaskReview>();
        services.AddScoped<TaskAttachments>();
        services.AddScoped<TaskFilters>();
        services.AddSingleton<TaskSources>();
        services.AddSingleton<IConversationSubject, TaskSubject>();
        services.AddScoped<TaskConversations>();
        services.AddScoped<IShareKind<TaskShare>, TaskSharing>();
        services.AddScoped<ShareEditor<TaskShare>>();
        services.AddSingleton<GoodHandIns>();
        services.AddScoped<HandInDataset>();
        AddProbes(services);
        AddWork(services);
        return services;
    }

    private static void AddProbes(IServiceCollection services)
    {
        services.AddSingleton<ProbeAsker>();
        services.AddSingleton<ProbeQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<ProbeQueue>());
        services.AddSingleton<TaskAbility>();
        services.AddSingleton<ITaskAbility>(provider => provider.GetRequiredService<TaskAbility>());
    }

    private static void AddWork(IServiceCollection services)
    {
        services.AddSingleton<TaskSteps>();
        services.AddSingleton<TaskStarts>();
        services.AddSingleton<TaskAttempts>();
        services.AddSingleton<TaskFileTexts>();
        services.AddSingleton<TaskLoader>();
        services.AddSingleton<TaskRequests>();
        services.AddSingleton<TaskEnds>();
        services.AddSingleton<WaitingAttempts>();
        services.AddSingleton<ITurnResumer>(provider => provider.GetRequiredService<WaitingAttempts>());
        services.AddScoped<TaskWorkControl>();
        services.AddScoped<IJobStopper, TaskJobStopper>();
        services.AddTurnJob<TaskAttempt, TaskSink>(
            TaskSink.KindOfJob,
            perPerson: provider => provider.GetRequiredService<IOptions<TaskOptions>>().Value.AtOncePerPerson
        );
    }
}
